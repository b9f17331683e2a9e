"""A ready answer that the gate keeps back is proposed to a person, with the reason; nobody writes it anew."""

from __future__ import annotations

import pytest

from mailbot.model import CaseState
from mailbot.store import CaseSummary
from mailbot.store.cases import summaries
from tests.web.conftest import Desk

PAYING = (
    "From: k.serova@mail.ru\nSubject: вопрос {n}\n\n"
    "Здравствуйте! Подскажите, как оплатить квитанцию? Серова Ксения, Мира 9-4, л/с 450777\n"
)
READINGS = (
    "From: k.serova@mail.ru\nSubject: показания {n}\n\nл/с 450123, горячая вода {value} м3, Иванова Анна\n"
)
COMPLAINT = (
    "From: k.serova@mail.ru\nSubject: жалоба {n}\n\n"
    "Третий день еле тёплые батареи, прошу принять меры. Серова Ксения, Мира 9-4, л/с 450777\n"
)
CAP = 4


def kept_back(desk: Desk, letter: str) -> CaseSummary:
    """The letter after as many of the sender's readings as the cap of an hour lets answers through."""
    for n in range(CAP):
        desk.receive(READINGS.format(n=n, value=148 + n))
    return desk.receive(letter.format(n=CAP, value=148 + CAP))


def page(desk: Desk, case: CaseSummary) -> str:
    return desk.client().get(f"/case/{case.number}").text


@pytest.mark.parametrize(
    ("letter", "said"),
    [(PAYING, "расчетный счет"), (READINGS, "450123")],
    ids=["a question with a ready answer", "readings that were taken"],
)
def test_an_answer_over_the_cap_stands_in_the_field_with_the_reason(
    bare: Desk, letter: str, said: str
) -> None:
    case = kept_back(bare, letter)
    assert (case.state, case.delivery) == (CaseState.AWAITING_REVIEW, "held")
    shown = page(bare, case)
    field = shown.partition('id="answer-text"')[2].partition("</textarea>")[0]
    why = shown.partition("Почему у вас")[2].partition("</div>")[0]
    assert said in field
    assert "предложено: подготовлено по правилам" in shown
    assert "готового ответа нет" not in shown
    assert "ответ не ушёл сам. На k.serova@mail.ru за час" in why
    assert "(предел 4)" in why


def test_the_answer_kept_back_is_sent_with_the_proposal_and_closes(bare: Desk) -> None:
    case = kept_back(bare, PAYING)
    shown = page(bare, case)
    field = shown.partition('id="answer-text"')[2].partition(">")[2].partition("</textarea>")[0]
    sent = bare.client().post(f"/case/{case.number}/send", data={"text": field, "means": "answered"})
    assert sent.status_code == 302
    assert bare.store.ask(summaries.case_of, case.number or "").state is CaseState.ANSWERED


def test_an_acknowledgement_over_the_cap_is_offered_as_a_phrase_and_answers_nothing(bare: Desk) -> None:
    case = kept_back(bare, COMPLAINT)
    shown = page(bare, case)
    assert "(предел 4)" in shown.partition("Почему у вас")[2].partition("</div>")[0]
    assert "Подтвердить получение: номер и срок" in shown
    assert "предложено: подготовлено по правилам" not in shown
