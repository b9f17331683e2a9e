"""Terms that letters set: what is demanded of us, of whom else, and what is only a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import DayKind, PeriodFromReceipt, Rulebook, TimeLimit
from mailbot.understanding.correspondents.time_limits import find_time_limit
from tests.understanding.letters import make_letter

RECEIVED = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)  # a Tuesday, 10:00 by the company's clock
HOURS, WORKING, CALENDAR, MONTHS = DayKind.HOURS, DayKind.WORKING, DayKind.CALENDAR, DayKind.MONTHS


def limit(words: str, rulebook: Rulebook) -> TimeLimit | None:
    found = find_time_limit(replace(make_letter(words), received_at=RECEIVED), rulebook)
    return None if found is None else found.value


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("Прошу представить сведения до 20.11.2026.", date(2026, 11, 20), None),
        ("Прошу ответить не позднее 25 ноября.", date(2026, 11, 25), None),
        ("Предлагаю в срок до 1 декабря 2026 г. сообщить об исполнении.", date(2026, 12, 1), None),
        ("Сведения представить к 03.12.26", date(2026, 12, 3), None),
        ("Ответ просим дать до «5» декабря 2026 года", date(2026, 12, 5), None),
        ("Срок предоставления информации: до 27.11.2026", date(2026, 11, 27), None),
        ("Просим направить отчёт до 15 января.", date(2027, 1, 15), None),
        ("Просим сообщить до 14:00 20.11.2026.", date(2026, 11, 20), time(14)),
        ("Информацию представить 20.11.2026 просим до 12 час.", date(2026, 11, 17), time(12)),
        ("Прошу доложить до 16:00.", date(2026, 11, 17), time(16)),
        ("Прошу ответить до конца рабочего дня.", date(2026, 11, 17), None),
        ("ПРОСИМ ПРЕДСТАВИТЬ ДО 20.11.2026", date(2026, 11, 20), None),
        (
            "Просим сообщить до 30.11.2026, а сведения о топливе представить до 23.11.2026.",
            date(2026, 11, 23),
            None,
        ),
    ],
)
def test_a_day(words: str, day: date, at: time | None, rulebook: Rulebook) -> None:
    found = limit(words, rulebook)
    assert found is not None
    assert (found.day, found.at, found.allowance) == (day, at, None)


@pytest.mark.parametrize(
    ("words", "amount", "unit"),
    [
        ("Просим в течение 3 часов сообщить о результатах.", 3, HOURS),
        ("Прошу в трёхдневный срок представить объяснения.", 3, CALENDAR),
        ("Прошу дать ответ в течение 5 (пяти) рабочих дней.", 5, WORKING),
        ("Сведения: 10 календарных дней со дня получения.", 10, CALENDAR),
        ("Прошу рассмотреть и ответить в месячный срок.", 1, MONTHS),
        ("Ответ ждём в 10-дневный срок.", 10, CALENDAR),
        ("Представить документы в течение семи дней.", 7, CALENDAR),
        ("Прошу ответить в течение суток.", 24, HOURS),
        ("Просим ответить в течение часа.", 1, HOURS),
        ("Прошу представить не позднее 3 рабочих дней.", 3, WORKING),
        ("Просим исполнить в недельный срок.", 7, CALENDAR),
        ("Прошу направить в течение двух недель.", 14, CALENDAR),
        ("Прошу незамедлительно сообщить.", 2, HOURS),
        ("Срок исполнения — 30 дней.", 30, CALENDAR),
    ],
)
def test_an_allowance(words: str, amount: int, unit: DayKind, rulebook: Rulebook) -> None:
    found = limit(words, rulebook)
    assert found is not None
    assert found.allowance == PeriodFromReceipt(amount, unit)


@pytest.mark.parametrize(
    "words",
    [
        "Ответ заявителю дан до 10.11.2026.",
        "Договор действует до 31.12.2026.",
        "19 ноября с 10:00 до 14:00 будут проводиться работы.",
        "Постановление может быть обжаловано в течение 10 дней.",
        "Обращение будет рассмотрено в течение 30 дней.",
        "Температура поднималась до 18.5 градусов, потом остыла.",
        "Заявитель обязан погасить долг до 01.12.2026.",
        "Батареи холодные с 1 ноября.",
        "Отопления нет 3 дня.",
    ],
)
def test_a_day_that_asks_nothing_of_us(words: str, rulebook: Rulebook) -> None:
    assert limit(words, rulebook) is None


def test_at_once_is_less_than_a_day_that_is_named(rulebook: Rulebook) -> None:
    found = limit("Незамедлительно принять меры и до 20.11.2026 сообщить.", rulebook)
    assert found is not None
    assert found.day == date(2026, 11, 20)


@given(st.dates(date(2026, 10, 1), date(2027, 12, 31)))
def test_any_day_is_read_in_every_notation(rulebook: Rulebook, day: date) -> None:
    months = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
    for written in (f"{day:%d.%m.%Y}", f"{day:%d.%m.%y}", f"{day.day} {months[day.month - 1]} {day.year} г."):
        found = limit(f"Прошу представить сведения в срок до {written}", rulebook)
        assert found is not None, written
        assert found.day == day, written


@given(st.text(alphabet="до 1234567890.:-срокчасдней в течение\n№исх", max_size=200))
def test_no_text_breaks_it(rulebook: Rulebook, words: str) -> None:
    limit(f"Прошу {words}", rulebook)
