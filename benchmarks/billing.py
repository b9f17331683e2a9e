"""`python -m benchmarks.billing [ACCOUNTS] [MONTHS] [CLOSED]`: a town's month charged, on SQLite.

The floor is the pure arithmetic: `charge_month` over the same books, read beforehand. CLOSED months before it are
charged first (by the same run), so that averages, debts and penalties have a past.
"""

from __future__ import annotations

import resource as machine
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mailbot.billing.month_charge import charge_month
from mailbot.billing.tariff_file import FILE, load_tariffs
from mailbot.billing.tariffs import Tariffs
from mailbot.config import Settings, load_sources, resource_folder
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.ledger.bills.month_closing import (
    ChargeRunPlan,
    ChargeRunResult,
    run_month,
    tariffs_version,
)
from mailbot.store import Store
from mailbot.store.accounts import billing_inputs
from mailbot.store.ledger import charges
from tests.material.town import build

LAST = Month(2026, 12)


def main(accounts: int, months: int, closed: int) -> None:
    shipped = next(one for one in load_sources("rules") if one.name == FILE)
    source = replace(shipped, text=shipped.text.replace("since = 2026-01-01", "since = 2020-01-01"))
    tariffs, version = load_tariffs(source), tariffs_version(source.text)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Settings(data_dir=Path(folder)).database, resource_folder("db"))
        store.migrate()
        begun = time.process_time()
        count = build(store, accounts, LAST.back(months - 1), LAST)
        print(f"{accounts:,} accounts, {count:,} readings; built in {time.process_time() - begun:.1f} s CPU")
        for back in range(closed, 0, -1):
            _charge(store, LAST.back(back), tariffs, version)
        floor = _floor(store, tariffs, version)
        print(f"floor: arithmetic alone            {floor:7.2f} s CPU")
        took, outcome = _charge(store, LAST, tariffs, version)
        peak = machine.getrusage(machine.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"bill run, {closed} months closed before   {took:7.2f} s CPU   × {took / floor:.1f} of the floor"
            f"   {outcome.charged:,} charged, {outcome.total:,} roubles; at most {peak:.0f} MB"
        )
        took, outcome = _charge(store, LAST, tariffs, version)
        print(f"the same again                     {took:7.2f} s CPU   {outcome.charged} charged")
        store.close()


def _charge(store: Store, month: Month, tariffs: Tariffs, version: str) -> tuple[float, ChargeRunResult]:
    begun = time.process_time()
    now = datetime(month.following.year, month.following.number, 1, tzinfo=UTC)
    outcome = run_month(store, ChargeRunPlan(month, tariffs, version, "замер", now, month))
    return time.process_time() - begun, outcome


def _floor(store: Store, tariffs: Tariffs, version: str) -> float:
    """CPU seconds of `charge_month` over all accounts; what the database costs is not in it."""
    now = datetime(LAST.following.year, LAST.following.number, 1, tzinfo=UTC)
    run = store.ask(charges.load_planned_run, LAST, version, "замер", now)
    took, after = 0.0, ""
    while numbers := store.ask(charges.uncharged, LAST, after, 100):
        found = store.ask(billing_inputs.books, numbers, run)
        begun = time.process_time()
        for book in found:
            charge_month(book, LAST, tariffs)
        took += time.process_time() - begun
        after = numbers[-1]
    return took


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [10_000, 36, 2][len(given) :]))
