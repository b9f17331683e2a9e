"""A month is closed once: nothing twice, nothing missing, and the past is never rewritten."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, LineKind
from mailbot.services.ledger.bills.month_closing import PORTION, ChargeRunPlan, run_month, try_month
from mailbot.services.ledger.tables.charges_table import write_charges
from mailbot.store import Store
from mailbot.store.ledger import charges, meter_readings
from tests.services.ledger.town import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    TARIFFS,
    VERSION,
    close,
    flat,
    read,
    settle,
    without_meters,
)

D = Decimal


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 9, tzinfo=UTC)


def charged(store: Store, number: str = "440215") -> tuple[Charge, ...]:
    return store.ask(charges.charges, (number,)).get(number, ())


def test_hot_water_by_meter_and_heating_by_the_norm(store: Store) -> None:
    """Heating 0.0235 × 54.3 = 1.276050 × 2610.40 = 3 331.00; water 6.5 × 41.20 = 267.80; its heat
    6.5 × 0.0545 = 0.354250 × 2610.40 = 924.73; together 4 523.53."""
    settle(store, flat("440215"))
    read(store, "440215", "112", date(2026, 9, 24), entered=at(9, 24))
    read(store, "440215", "118.5", date(2026, 10, 20), entered=at(10, 20))
    outcome = close(store, OCTOBER)
    (one,) = charged(store)
    assert [line.sum for line in one.lines] == [D("3331.00"), D("267.80"), D("924.73")]
    assert one.total == outcome.total == D("4523.53")
    assert (outcome.charged, outcome.finished, outcome.faults) == (1, True, [])


def test_a_month_run_twice_is_the_same_bytes(store: Store, tmp_path: Path) -> None:
    settle(store, flat("440215"), flat("440216"))
    read(store, "440215", "112", date(2026, 9, 24), entered=at(9, 24))
    close(store, OCTOBER)
    write_charges(store, OCTOBER, tmp_path / "first.csv")
    again = close(store, OCTOBER, at=at(11, 20))
    write_charges(store, OCTOBER, tmp_path / "second.csv")
    assert (again.charged, again.before) == (0, 2)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()


def test_a_trial_keeps_nothing_and_tells_what_the_run_will_charge(store: Store) -> None:
    settle(store, *(flat(str(440_000 + nth)) for nth in range(PORTION + 7)))
    tried = try_month(store, ChargeRunPlan(OCTOBER, TARIFFS, VERSION, "Зуева", at(11, 2), OCTOBER))
    assert store.ask(charges.count, OCTOBER) == (0, PORTION + 7)
    assert store.ask(charges.runs) == ()
    done = close(store, OCTOBER)
    assert (tried.charged, tried.total) == (done.charged, done.total) == (PORTION + 7, done.total)


def test_one_account_is_charged_and_the_rest_later(store: Store) -> None:
    settle(store, flat("440215"), flat("440216"))
    first = close(store, OCTOBER, "440216")
    assert (first.charged, first.finished) == (1, False)
    with pytest.raises(RequestRefused, match="Расчёт за 2026-10 не закончен"):
        close(store, NOVEMBER)
    rest = close(store, OCTOBER)
    assert (rest.charged, rest.before, rest.finished) == (1, 1, True)


def test_a_month_whose_readings_still_come_in_is_not_closed(store: Store) -> None:
    settle(store, flat("440215"))
    with pytest.raises(RequestRefused, match=r"ещё принимаем, закрывать рано.*2026-09"):
        close(store, OCTOBER, at=at(10, 25))
    assert close(store, OCTOBER, at=at(10, 26)).finished


def test_an_earlier_month_is_not_closed_after_a_later_one(store: Store) -> None:
    settle(store, flat("440215"))
    close(store, OCTOBER)
    with pytest.raises(RequestRefused, match="2026-09 уже не закрыть: закрыт 2026-10"):
        close(store, SEPTEMBER)


def test_tariffs_that_change_in_the_middle_of_a_run_are_refused(store: Store) -> None:
    settle(store, flat("440215"), flat("440216"))
    close(store, OCTOBER, "440215")
    with pytest.raises(RequestRefused, match="Тарифы изменились с начала расчёта"):
        run_month(store, ChargeRunPlan(OCTOBER, TARIFFS, "другие", "Зуева", at(11, 3), OCTOBER))


def test_what_came_after_the_run_began_counts_for_the_next_month(store: Store) -> None:
    """The run begins on 2 November with one account; a reading comes before it goes on."""
    settle(store, flat("440215"), flat("440216"))
    read(store, "440216", "112", date(2026, 9, 24), entered=at(9, 24))
    close(store, OCTOBER, "440215")
    read(store, "440216", "118.5", date(2026, 10, 20), entered=at(11, 3))
    close(store, OCTOBER, at=at(11, 4))
    (october,) = charged(store, "440216")
    assert {line.basis for line in october.lines} == {"norm"}
    close(store, NOVEMBER)
    kinds = {line.kind for line in charged(store, "440216")[-1].lines if line.month == OCTOBER}
    assert kinds == {LineKind.CORRECTION}


def test_a_correction_stands_in_the_next_month_and_the_closed_one_stays(store: Store) -> None:
    """October was 112 → 118.5 (6.5 m³); 117.5 is right: one cubic metre and its heat less,
    1 × 41.20 + 0.0545 × 2610.40 = 41.20 + 142.27 = 183.47 (0.299750 Гкал × 2610.40 = 782.47; 924.73 − 782.47 = 142.26)."""
    settle(store, flat("440215"))
    read(store, "440215", "112", date(2026, 9, 24), entered=at(9, 24))
    read(store, "440215", "118.5", date(2026, 10, 20), entered=at(10, 20))
    close(store, OCTOBER)
    before = charged(store)
    (row,) = (one for one in store.ask(meter_readings.of_accounts, ["440215"]) if one.value == D("118.5"))
    with store.write() as transaction:
        meter_readings.replace_reading(
            transaction, row.id, D("117.5"), "Зуева", "опечатка клиента", at(11, 10)
        )
    read(store, "440215", "123", date(2026, 11, 20), entered=at(11, 20))
    close(store, NOVEMBER)
    october, november = charged(store)
    assert (october,) == before
    corrected = [line for line in november.lines if line.kind is LineKind.CORRECTION]
    assert [(line.month, line.volume, line.sum) for line in corrected] == [
        (OCTOBER, D("-1.000"), D("-41.20")),
        (OCTOBER, D("-0.054500"), D("-142.26")),
    ]
    own = next(line for line in november.lines if line.kind is LineKind.CHARGE and line.unit == "м3")
    assert own.volume == D("5.500"), "117.5 → 123"


def test_an_account_without_a_tariff_stops_no_other(store: Store) -> None:
    far = flat("440216")
    settle(store, flat("440215"), replace(far, account=replace(far.account, service_area="Дальний")))
    outcome = close(store, OCTOBER)
    assert (outcome.charged, outcome.finished) == (1, False)
    ((number, why),) = outcome.faults
    assert number == "440216"
    assert "Дальний" in why


def test_a_closed_month_cannot_be_changed_in_the_database(store: Store) -> None:
    settle(store, flat("440215"))
    close(store, OCTOBER)
    for statement in (
        "UPDATE charge SET total = '1'",
        "DELETE FROM charge_line",
        "UPDATE charge_line SET sum = '1'",
        "DELETE FROM charge",
    ):
        with pytest.raises(DBAPIError, match="append-only"), store.write() as transaction:
            Connection.execute(transaction, text(statement))


def test_several_that_charge_at_once_share_the_work(store: Store) -> None:
    count = 3 * PORTION
    settle(store, *(without_meters(flat(str(440_000 + nth))) for nth in range(count)))
    outcomes, faults = [], []

    def work() -> None:
        try:
            outcomes.append(close(store, OCTOBER))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sum(one.charged for one in outcomes) == count
    assert store.ask(charges.count, OCTOBER) == (count, count)


def test_a_debt_unpaid_for_a_hundred_days_grows_by_its_penalty_month_by_month(store: Store) -> None:
    """4 523.53 of… the norm: October's charge is due on 15.11.; by 31.12. are 46 days, of them 16 cost."""
    settle(store, without_meters(flat("440215")))
    for month in (OCTOBER, NOVEMBER):
        close(store, month)
    (october, november) = charged(store)
    assert not november.issued.penalty, "by 30.11. it is 15 days late: free"
    december = Month(2026, 12)
    close(store, december, at=datetime(2027, 1, 2, tzinfo=UTC))
    cost = october.total * D("9.5") / 100 / 300 * 16
    assert charged(store)[-1].issued.penalty == cost.quantize(D("0.01"), "ROUND_HALF_UP")


def test_every_line_explains_itself(store: Store) -> None:
    settle(store, flat("440215"))
    close(store, OCTOBER)
    assert all(line.because and line.source for line in charged(store)[0].lines)


def test_a_meter_silent_for_two_years_takes_back_every_month_that_was_estimated(store: Store) -> None:
    """24 months by the norm stand between two readings: none of them is paid beside the metered volume."""
    settle(store, flat("440215"))
    read(store, "440215", "112", date(2026, 9, 24), entered=at(9, 24))
    read(store, "440215", "118", date(2026, 10, 20), entered=at(10, 20))
    month, silent = OCTOBER, []
    close(store, month)
    for _ in range(24):
        month = month.following
        silent.append(month)
        close(store, month)
    month = month.following
    read(store, "440215", "166", month.first, entered=datetime(month.year, month.number, 1, tzinfo=UTC))
    close(store, month)
    newest = charged(store)[-1]
    taken = {line.month for line in newest.lines if line.kind is LineKind.TAKEN_BACK}
    assert taken == set(silent)
    water = [line for one in charged(store) for line in one.lines if line.unit == "м3"]
    assert sum(line.volume for line in water) == D("54.000"), "112 → 166"
