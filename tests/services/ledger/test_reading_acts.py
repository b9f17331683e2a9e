"""A reading entered, corrected or withdrawn by a person: with a reason, asked about where doubtful, never lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.desk.readings.reading_entry import (
    NewReading,
    NewValue,
    SavedReading,
    add_reading,
    correct_reading,
    withdraw_reading,
)
from mailbot.services.desk.readings.value_doubts import DoubtfulReading
from mailbot.services.ledger.accounts.client_card import PageTime
from mailbot.store import Store
from mailbot.store.ledger import charges, meter_readings
from mailbot.store.ledger.meter_readings import LedgerReading
from mailbot.store.staff import audit_log
from tests.services.ledger.town import NOVEMBER, OCTOBER, TARIFFS, close, flat, read, settle

NUMBER = "440215"
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WHEN = PageTime(NOW, ZoneInfo("Asia/Yekaterinburg"), TARIFFS.terms)
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def book(store: Store) -> None:
    """A flat whose dial of hot water stood at 100 in September, 104 in October; October is closed."""
    settle(store, flat(NUMBER), flat("7", "88"))
    read(store, NUMBER, "100", date(2026, 9, 20), entered=datetime(2026, 9, 20, tzinfo=UTC))
    read(store, NUMBER, "104", date(2026, 10, 20), entered=datetime(2026, 10, 20, tzinfo=UTC))
    close(store, OCTOBER)


def add(store: Store, value: str, day: date = DAY, *, reason: str = "", sure: bool = False) -> SavedReading:
    form = NewReading("5501", value, day, "phone", reason, sure)
    return add_reading(store, TARIFFS, NUMBER, form, by="anna", when=WHEN)


def correct(
    store: Store, row_id: int, value: str, reason: str = "описка", *, sure: bool = False, number: str = NUMBER
) -> SavedReading:
    return correct_reading(
        store, TARIFFS, number, row_id, NewValue(value, reason, sure), by="anna", when=WHEN
    )


def rows(store: Store) -> tuple[LedgerReading, ...]:
    return store.ask(meter_readings.of_accounts, [NUMBER])


def standing(store: Store) -> list[tuple[str, str]]:
    found = store.ask(meter_readings.standing, [NUMBER])[NUMBER]
    return [(str(one.month), str(one.value)) for one in found]


def row_of(store: Store, month: Month) -> int:
    return next(one.id for one in rows(store) if one.month == month and not one.replaced)


def log(store: Store) -> list[tuple[str, str, str, str]]:
    return [(one.by, one.what, one.about, one.detail) for one in store.ask(audit_log.load_log, 10)]


def test_a_reading_told_by_telephone_counts_for_its_month_with_who_took_it(store: Store) -> None:
    assert add(store, "108,5") == SavedReading(NOVEMBER, closed=False)
    assert standing(store)[-1] == ("2026-11", "108.5")
    newest = rows(store)[-1]
    assert (newest.source, newest.by, newest.entered_at) == ("phone", "anna", NOW)
    assert log(store)[0] == ("anna", "reading_add", NUMBER, "5501: 108.5 за 20.11.2026")


def test_a_reading_after_the_window_counts_for_the_next_month(store: Store) -> None:
    late = PageTime(datetime(2026, 11, 28, 6, tzinfo=UTC), WHEN.zone, WHEN.terms)
    form = NewReading("5501", "108", date(2026, 11, 27), "office")
    assert add_reading(store, TARIFFS, NUMBER, form, by="anna", when=late).month == Month(2026, 12)


def test_a_reading_of_a_closed_month_waits_for_the_next_charge(store: Store) -> None:
    assert add(store, "105", date(2026, 10, 24)) == SavedReading(OCTOBER, closed=True)


@pytest.mark.parametrize(
    ("value", "told"),
    [("103", "меньше предыдущего"), ("0", "ноль"), ("9000", "подозрительно большой")],
)
def test_a_doubtful_reading_is_asked_about_and_taken_with_a_reason(
    store: Store, value: str, told: str
) -> None:
    with pytest.raises(DoubtfulReading, match=told):
        add(store, value)
    with pytest.raises(DoubtfulReading, match="Напишите, почему"):
        add(store, value, sure=True)
    assert standing(store)[-1] == ("2026-10", "104"), "nothing was kept"
    add(store, value, sure=True, reason="проверил слесарь")
    assert standing(store)[-1] == ("2026-11", value)
    assert rows(store)[-1].reason == "проверил слесарь"


def test_a_value_above_the_next_reading_is_doubtful(store: Store) -> None:
    with pytest.raises(DoubtfulReading, match=r"больше"):
        correct(store, row_of(store, Month(2026, 9)), "104.5")


@pytest.mark.parametrize(
    ("value", "day", "told"),
    [
        ("100000", DAY, "целых цифр 5"),
        ("108", date(2026, 11, 24), "ещё не наступило"),
        ("108", date(2023, 12, 31), "установлен 01.01.2024"),
        ("сто", DAY, "не показание"),
        ("-5", DAY, "не показание"),
        ("1e5", DAY, "не показание"),
        ("NaN", DAY, "не показание"),
        ("", DAY, "не показание"),
    ],
)
def test_what_cannot_be_is_refused_whatever_the_reason(
    store: Store, value: str, day: date, told: str
) -> None:
    with pytest.raises(RequestRefused, match=told):
        add(store, value, day, reason="уверен", sure=True)
    assert len(rows(store)) == 2


def test_a_second_reading_of_the_same_day_is_a_correction(store: Store) -> None:
    add(store, "108")
    with pytest.raises(RequestRefused, match="уже есть показание 108"):
        add(store, "109")


def test_a_meter_of_another_account_is_refused(store: Store) -> None:
    with pytest.raises(RequestRefused, match="счётчика у этого счёта нет"):
        add_reading(store, TARIFFS, NUMBER, NewReading("88", "5", DAY, "phone"), by="anna", when=WHEN)
    with pytest.raises(RequestRefused, match="Лицевого счёта 0 в реестре нет"):
        add_reading(store, TARIFFS, "0", NewReading("88", "5", DAY, "phone"), by="anna", when=WHEN)


def test_a_correction_keeps_both_and_says_that_the_next_charge_takes_it(store: Store) -> None:
    assert correct(store, row_of(store, OCTOBER), "106", "  по  фото ") == SavedReading(OCTOBER, closed=True)
    assert standing(store) == [("2026-09", "100"), ("2026-10", "106")]
    old, new = rows(store)[-2:]
    assert (old.value, old.replaced) == (Decimal(104), True)
    assert (new.value, new.replaces, new.reason, new.by) == (Decimal(106), old.id, "по фото", "anna")
    assert log(store)[0] == (
        "anna", "reading_correct", NUMBER, "5501 за 20.10.2026: было 104, стало 106; по фото",
    )  # fmt: skip
    close(store, NOVEMBER)
    (charge,) = store.ask(charges.charges, [NUMBER], NOVEMBER)[NUMBER]
    assert any("перерасчёт за 2026-10" in line.because for line in charge.lines)


def test_a_correction_without_a_reason_or_without_a_change_is_refused(store: Store) -> None:
    row_id = row_of(store, OCTOBER)
    with pytest.raises(RequestRefused, match="причину"):
        correct(store, row_id, "106", "  ")
    with pytest.raises(RequestRefused, match="то же"):
        correct(store, row_id, "104,0")
    with pytest.raises(RequestRefused, match="длиннее 300"):
        correct(store, row_id, "106", "а" * 301)
    assert len(rows(store)) == 2


def test_who_comes_second_is_refused_and_told_why(store: Store) -> None:
    row_id = row_of(store, OCTOBER)
    correct(store, row_id, "106")
    with pytest.raises(RequestRefused, match="уже исправлено"):
        correct(store, row_id, "107")
    with pytest.raises(RequestRefused, match="уже исправлено"):
        withdraw_reading(store, NUMBER, row_id, "чужое", by="boris", when=WHEN)
    assert standing(store)[-1] == ("2026-10", "106")


def test_a_withdrawn_reading_counts_no_longer_and_can_be_set_right_later(store: Store) -> None:
    row_id = row_of(store, OCTOBER)
    with pytest.raises(RequestRefused, match="причину"):
        withdraw_reading(store, NUMBER, row_id, "", by="anna", when=WHEN)
    withdraw_reading(store, NUMBER, row_id, "чужой счётчик", by="anna", when=WHEN)
    assert standing(store) == [("2026-09", "100")]
    with pytest.raises(RequestRefused, match="уже отозвано"):
        withdraw_reading(store, NUMBER, row_of(store, OCTOBER), "ещё раз", by="anna", when=WHEN)
    correct(store, row_of(store, OCTOBER), "103", "свой, прочитали заново")
    assert standing(store) == [("2026-09", "100"), ("2026-10", "103")]


def test_a_row_of_another_account_is_not_reached_from_here(store: Store) -> None:
    row_id = row_of(store, OCTOBER)
    with pytest.raises(RequestRefused, match="у этого счёта нет"):
        correct(store, row_id, "106", number="7")
    assert len(rows(store)) == 2
