"""A letter whose plain text and HTML differ is read in both; whatever one of them says, the machine does not finish alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from mailbot.composing import MailTemplates
from mailbot.model import Action, LetterKind, Priority, RawLetter, Rulebook
from mailbot.services.trial.explanation import Explanation, explain

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
READINGS = "Здравствуйте! Лицевой счёт 4710325, горячая вода 350. Ложкина Елена"

Halves = Callable[..., Explanation]


@pytest.fixture(scope="module")
def halves(rulebook: Rulebook, templates: MailTemplates) -> Halves:
    def of(plain: str, html: str, sender: str = "petr.s77@mail.ru") -> Explanation:
        head = (
            f"From: {sender}\nTo: 8666@bk.ru\nSubject: \nMessage-ID: <1@letters.example>\nMIME-Version: 1.0\n"
        )
        parts = "".join(
            f"--B\nContent-Type: text/{kind}; charset=utf-8\n\n{text}\n"
            for kind, text in (("plain", plain), ("html", html))
        )
        content = f"{head}Content-Type: multipart/alternative; boundary=B\n\n{parts}--B--\n"
        return explain(RawLetter(content.encode(), NOW), rulebook, templates, (), NOW)

    return of


def test_equal_halves_are_finished_as_ever(halves: Halves) -> None:
    result = halves(READINGS, f"<p>{READINGS}</p><p>Отправлено из мобильной Почты Mail</p>")
    assert result.decision.action is Action.READING_ACCEPTED


@pytest.mark.parametrize(
    "more",
    [
        "Почему холодные батареи?",
        "Прошу акт за октябрь.",
        "Соседи сверху опять слили стояк.",
        "Вторую неделю мёрзнем, Мира 7-10",
        "горячая вода 360",
        "360",
    ],
)
def test_words_in_the_html_alone_wait_for_a_person_who_sees_them(more: str, halves: Halves) -> None:
    result = halves(READINGS, f"<div>{READINGS}</div><div>{more}</div>")
    assert result.decision.action is Action.REVIEW
    assert result.letter.beyond == more
    assert more in result.letter.body


def test_a_complaint_instead_of_the_readings_is_a_complaint(halves: Halves) -> None:
    result = halves(READINGS, "<div>Батареи холодные вторую неделю! Мира 7 кв 10</div>")
    assert result.decision.action is Action.REVIEW
    assert result.facts.has(LetterKind.COMPLAINT)


def test_an_emergency_in_the_html_alone_alarms(halves: Halves) -> None:
    result = halves(READINGS, f"<div>{READINGS}</div><div>СРОЧНО! В подвале прорвало трубу, Мира 7</div>")
    assert result.decision.priority is Priority.EMERGENCY


def test_contacts_in_the_html_alone_are_contacts(halves: Halves) -> None:
    plain = "Когда включат отопление?"
    assert halves(plain, plain, "qwe123@gmail.com").decision.action is Action.NO_REPLY
    result = halves(plain, f"{plain} Мира 7 кв 10, Гончаров", "qwe123@gmail.com")
    assert result.decision.action is Action.REVIEW
    assert [found.value for found in result.facts.contacts.addresses] == ["Мира, 7-10"]


@pytest.mark.parametrize(
    "plain", ["Вы все козлы и уроды", "Когда включат отопление?", "фывпр олдж ячсмит ьбюфы"]
)
@pytest.mark.parametrize("more", ["Ледяной стояк", "ну вот", "жду"])
def test_no_clause_silences_a_letter_of_two_halves(plain: str, more: str, halves: Halves) -> None:
    assert halves(plain, plain, "qwe123@gmail.com").decision.action is Action.NO_REPLY
    assert halves(plain, f"{plain}<p>{more}</p>", "qwe123@gmail.com").decision.action is Action.REVIEW


def test_a_question_quoted_in_the_html_alone_waits_for_a_person(halves: Halves) -> None:
    result = halves(READINGS, f"{READINGS}<blockquote>Нет отопления, когда дадите?</blockquote>")
    assert result.decision.action is Action.REVIEW
    assert any("когда дадите" in doubt for doubt in result.decision.doubts)


def test_a_notice_of_absence_with_an_account_in_its_html_is_not_ignored(halves: Halves) -> None:
    notice = "Я в отпуске до 30 ноября, на письма отвечу позже."
    assert halves(notice, notice).decision.action is Action.IGNORE
    assert halves(notice, f"{notice}<p>Прошу перерасчёт, л/с 4710325</p>").decision.action is Action.REVIEW
