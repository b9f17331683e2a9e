"""`python -m benchmarks.bill_sending [ACCOUNTS]`: a town's bills made and put into the outbox, on SQLite.

The floor is the papers alone: `render_bill` over the same bills, read beforehand. What is above it is the reading of
the books, the mail, the gate and the commit. Memory is that of the whole process.
"""

from __future__ import annotations

import resource as machine
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.ledger.bills.month_closing import ChargeRunPlan, run_month, version_of
from mailbot.services.ledger.bills.month_sending import send_month
from mailbot.services.ledger.bills.press import BillRenderer
from mailbot.store import Store
from mailbot.store.bills import monthly_sending
from mailbot.store.ledger import charges
from tests.material.town import build

MONTHS = (Month(2026, 9), Month(2026, 10))
NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
PORTION = 20


def main(accounts: int) -> None:
    rules = _rules()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Settings(data_dir=Path(folder)).database, resource_folder("db"))
        store.migrate()
        build(store, accounts, Month(2025, 10), MONTHS[-1])
        version = version_of(rules)
        for month in MONTHS:
            run_month(store, ChargeRunPlan(month, rules.tariffs, version, "замер", NOW, month))
        begun = time.process_time()
        outcome = send_month(store, MONTHS[-1], rules, by="замер", clock=lambda: NOW)
        took = time.process_time() - begun
        peak = machine.getrusage(machine.RUSAGE_SELF).ru_maxrss / 1024
        floor, size = _floor(store, rules)
        made = sum(outcome.ways.values())
        print(
            f"floor: papers alone    {floor:7.2f} s CPU   {made / floor:5.1f} a second   {size:.0f} KB each"
        )
        print(
            f"bill send              {took:7.2f} s CPU   {made / took:5.1f} a second   × {took / floor:.2f} of the "
            f"floor   {made:,} bills; at most {peak:.0f} MB"
        )
        begun = time.process_time()
        send_month(store, MONTHS[-1], rules, by="замер", clock=lambda: NOW)
        print(f"the same again         {time.process_time() - begun:7.2f} s CPU")
        store.close()


def _rules() -> ActiveRules:
    """The shipped rules, as if the company had confirmed them."""
    rules = load_checked_rules(0, load_files(Settings()))
    channels = replace(rules.rulebook.channels, confirmed=True)
    rulebook = replace(rules.rulebook, channels=channels)
    return replace(rules, rulebook=rulebook, payee=replace(rules.payee, confirmed=True))


def _floor(store: Store, rules: ActiveRules) -> tuple[float, float]:
    """CPU seconds of the papers, and KB of one."""
    sending = store.ask(monthly_sending.sending, MONTHS[-1])
    assert sending is not None
    press = BillRenderer(rules, sending)
    numbers = store.ask(charges.charged_accounts, MONTHS[-1])
    took, size = 0.0, 0
    for at in range(0, len(numbers), PORTION):
        found = store.ask(press.bills, numbers[at : at + PORTION])
        begun = time.process_time()
        size += sum(len(press.paper(one)) for one in found)
        took += time.process_time() - begun
    return took, size / len(numbers) / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
