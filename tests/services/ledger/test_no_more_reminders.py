"""«Не присылайте напоминания»: by letter for the owner of the address at once, else before a person; by link for anybody."""

from __future__ import annotations

import pytest

from mailbot.model import CaseState
from mailbot.store.cases import summaries
from mailbot.store.mail import reminder_opt_outs
from tests.services.conftest import House
from tests.services.ledger.neighbours import ANNA, OWN, PASS, letter, settled, words_of

EVIL_PASS = "Authentication-Results: mail.ru; dmarc=pass header.from=other.example\n"


@pytest.fixture
def town(house: House) -> House:
    return settled(house)


def refused(town: House) -> list[str]:
    return [email for email, _, _ in town.store.ask(reminder_opt_outs.refusals)]


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("Re: Показания счётчиков за ноябрь 2026: примем до 25.11.2026", "Не присылайте напоминания"),
        ("Не присылайте напоминания", ""),
        ("Вопрос", "Здравствуйте! Прошу больше не присылать мне напоминания. Спасибо."),
        ("Вопрос", "Отключите, пожалуйста, напоминания о показаниях"),
        ("Вопрос", "Не нужно присылать напоминания"),
        ("отписка", "Хочу отписаться от ваших напоминаний"),
        ("Вопрос", "Напоминания больше не присылайте"),
    ],
)
def test_the_owner_is_heard_at_once(town: House, subject: str, text: str) -> None:
    case = town.receive(letter(text, subject=subject))
    assert (case.state, case.template) == (CaseState.ANSWERED, "reminders_stopped")
    assert refused(town) == [ANNA]
    assert "Квитанции будут приходить как раньше" in words_of(town, case)


@pytest.mark.parametrize(
    "content",
    [
        letter("Не присылайте напоминания", headers=""),
        letter(f"Не присылайте напоминания, л/с {OWN}", sender="evil@other.example", headers=EVIL_PASS),
        letter("Не присылайте напоминания", headers=f"{PASS}Reply-To: evil@other.example\n"),
    ],
    ids=["spoofed", "a stranger", "Reply-To elsewhere"],
)
def test_whoever_is_not_proven_goes_before_a_person(town: House, content: str) -> None:
    case = town.receive(content)
    assert (case.state, refused(town)) == (CaseState.AWAITING_REVIEW, [])
    judged = town.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    assert "просят не присылать напоминания, но решает сотрудник" in "; ".join(judged.decision.doubts)


@pytest.mark.parametrize(
    "text",
    [
        "Не присылайте напоминания, я давно всё оплатил!",
        "Почему вы присылаете напоминания? Я показания передаю каждый месяц",
        "Не присылайте бумажную квитанцию, л/с 450123",
        "Напоминаю, что батареи холодные, л/с 450123",
        "Присылайте, пожалуйста, напоминания о показаниях",
    ],
)
def test_a_dispute_or_another_wish_stops_nothing(town: House, text: str) -> None:
    town.receive(letter(text))
    assert refused(town) == []


def test_readings_beside_the_wish_are_not_lost(town: House) -> None:
    case = town.receive(
        letter("Не присылайте напоминания. Л/с 450123, отопление 14,2 Гкал", subject="Показания")
    )
    judged = town.store.ask(summaries.judged, case.number or "")
    assert judged is not None
    assert judged.facts.readings


def test_an_automatic_letter_stops_nothing(town: House) -> None:
    text = letter("Не присылайте напоминания", headers=f"{PASS}Auto-Submitted: auto-replied\n")
    town.receive(text)
    assert refused(town) == []
