"""Facts that could be new against an earlier letter (clause 2.2.email.4, «новые доводы»)."""

from __future__ import annotations

import pytest

from mailbot.model import Rulebook
from mailbot.understanding import understand
from tests.understanding.letters import make_letter


def arguments(body: str, rulebook: Rulebook) -> set[str]:
    return {found.value for found in understand(make_letter(body), rulebook).arguments}


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ("срок до 25.11.2026", "date:2026-11-25"),
        ("с 19 ноября холодно", "date:---11-19"),
        ("за октябрь", "month:---10"),
        ("долг 412 908 руб. 55 коп.", "amount:412908"),
        ("пени 418 рублей", "amount:418"),
        ("8 тысяч", "amount:8000"),
        ("замерили 14 градусов", "temperature:14"),
        ("в палате +12", "temperature:12"),
        ("квартира 9", "flat:9"),
        ("кв. 9", "flat:9"),
        ("акт № 5", "document:акт"),
        ("есть определение суда", "document:определение"),
        ("справку прикладываю", "document:attached"),
        ("опять холодно", "recurrence"),
        ("прошло 10 дней", "deadline_passed"),
        ("обещали до пятницы", "deadline_passed"),
        ("расчёт неверный", "objection:document"),
        ("ваш ответ — отписка", "objection:answer"),
    ],
)
def test_argument(body: str, token: str, rulebook: Rulebook) -> None:
    assert any(found.startswith(token) for found in arguments(body, rulebook))


def test_the_same_fact_in_other_words_is_the_same_token(rulebook: Rulebook) -> None:
    assert arguments("пени 418 руб", rulebook) & arguments("ПЕНИ 418 РУБЛЕЙ!!!", rulebook)
    assert arguments("до 25.11.2026", rulebook) == arguments("до 25 ноября 2026", rulebook)


def test_a_louder_repeat_brings_no_argument(rulebook: Rulebook) -> None:
    first = arguments("Почему я плачу за подъезд? Тренина, Ленина 3-17", rulebook)
    second = arguments("Я ЖЕ СПРАШИВАЛА ПОЧЕМУ Я ДОЛЖНА ЗА ПОДЪЕЗД ПЛАТИТЬ!!! Тренина Ленина 3-17", rulebook)
    assert not {token for token in second - first if not token.startswith("address:")}


def test_a_reading_is_no_date(rulebook: Rulebook) -> None:
    assert not any(token.startswith("date:") for token in arguments("тепло 12.5 Гкал", rulebook))


def test_every_argument_shows_its_place(rulebook: Rulebook) -> None:
    letter = make_letter("Замерили 14 градусов, акт № 5")
    for found in understand(letter, rulebook).arguments:
        assert all(letter.quote(span) for span in found.spans)
