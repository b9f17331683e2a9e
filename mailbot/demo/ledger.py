"""The ledger of the demo: a register with last months' readings and payments, two months closed, one of them billed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from mailbot.command_setup import clock, load_files
from mailbot.config import Settings, resource_folder
from mailbot.console.charges import show_charge
from mailbot.model.bill.sending import FAILED_STATES, BillState
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.sources import ReadingSource
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_current_rules
from mailbot.services.ledger.accounts.account_summary import account_card
from mailbot.services.ledger.bills.month_closing import ChargeRunPlan, ChargeRunResult, run_month, version_of
from mailbot.services.ledger.bills.month_sending import send_month
from mailbot.services.ledger.payments import import_register as import_payments
from mailbot.services.ledger.tables.payments_table import read_payments
from mailbot.services.ledger.tables.readings_table import import_readings, read_readings
from mailbot.services.ledger.tables.register_table import read_clients
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.bills import sending_status
from mailbot.store.ledger import charges, meter_readings
from mailbot.wording.account_titles import BILL_STATES_OF_MANY
from mailbot.wording.amounts import format_money, format_quantity

DEMO_ACTOR = "демо"
BEFORE, MONTH = Month(2026, 10), Month(2026, 11)
"""The month before the sample letters, and theirs."""

SHOWN_ACCOUNTS = ("4710325", "4421190")
"""Accounts whose charge is shown line by line: readings that two letters gave, one of them refused; two dials."""


RULE_OVERRIDES = {
    "alarm.toml": (("people = []", 'people = ["dispatcher@demo.example"]'),),
    "bank.toml": (("confirmed = false", "confirmed = true"),),
    "channels.toml": (("confirmed = false", "confirmed = true"),),
    "limits.toml": (
        ("per_minute = 10 ", "per_minute = 6000 "),
        ("all_per_minute = 20 ", "all_per_minute = 6000 "),
        ("ramp = [10, 25, 50]", "ramp = [100]"),
        ("quiet_from = 21:00:00", "quiet_from = 00:00:00"),
        ("quiet_until = 08:00:00", "quiet_until = 00:00:00"),
    ),
}
"""What the demo's rules say otherwise: its letters go to nobody, so examples may stand in them, and nothing waits."""


def demo_rules(folder: Path) -> Path:
    """Write the rules that the demo changes into a folder of its own, which replaces those of the package."""
    folder.mkdir()
    for name, changes in RULE_OVERRIDES.items():
        text = (resource_folder("rules") / name).read_text(encoding="utf-8")
        for was, becomes in changes:
            if was not in text:
                raise ValueError(f"rules/{name} no longer holds «{was}»")
            text = text.replace(was, becomes)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def fill_ledger(settings: Settings, store: Store, samples: Path) -> None:
    """Import the sample register with earlier readings and payments, and close the month before the letters."""
    rules = load_current_rules(store, load_files(settings))
    now = clock()
    today = now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)).date()
    with store.write() as transaction:
        people = read_clients(samples / "register.csv", rules.tariffs.hot_water)
        register_import.import_register(transaction, people)
        table = read_readings(samples / "readings.csv")
        import_readings(transaction, table, rules.rulebook.ledger, DEMO_ACTOR, now, today)
    _close(store, rules, BEFORE)
    with store.write() as transaction:
        import_payments(transaction, read_payments(samples / "payments.csv", today), by=DEMO_ACTOR, now=now)


def bill_month(settings: Settings, store: Store) -> None:
    """Close the month of the sample letters and put its bills into the outbox."""
    rules = load_current_rules(store, load_files(settings))
    _close(store, rules, MONTH)
    send_month(store, MONTH, rules, by=DEMO_ACTOR, clock=clock)


def show_ledger(console: Console, store: Store) -> int:
    """What came of the letters' readings and of the month's bills; how many faults there were."""
    table = Table(title="Показания писем в книге", title_justify="left", box=None)
    for heading in ("Счёт", "Прибор", "Показание", "Когда", "Начислено за месяц", "Сальдо"):
        table.add_column(
            heading, justify="right" if heading in ("Показание", "Начислено за месяц", "Сальдо") else "left"
        )
    numbers = store.ask(charges.charged_accounts, MONTH)
    taken = [
        reading
        for reading in store.ask(meter_readings.of_accounts, numbers)
        if reading.source is ReadingSource.MAIL
    ]
    for reading in taken:
        card = account_card(store, reading.account, today=MONTH.last)
        value = "отозвано" if reading.value is None else format_quantity(reading.value)
        total = format_money(card.last.total) if card.last else ""
        table.add_row(
            reading.account,
            reading.meter,
            value,
            f"{reading.day:%d.%m.%Y}",
            total,
            format_money(card.balance),
        )
    console.print("", table)
    for number in SHOWN_ACCOUNTS:
        card = account_card(store, number, today=MONTH.last)
        if card.last:
            show_charge(console, card.last)
    charged, every = store.ask(charges.count, MONTH)
    console.print(
        f"Показаний из писем в книге: {len(taken)}. За {MONTH} начислено счетам: {charged} из {every}."
    )
    states = Counter(store.ask(sending_status.tally, MONTH))
    outcome = "; ".join(
        f"{BILL_STATES_OF_MANY[state]} — {count}" for state, count in sorted(states.items()) if count
    )
    console.print(f"Квитанции за {MONTH}: {outcome}.")
    waiting = states[BillState.QUEUED] + sum(states[state] for state in FAILED_STATES)
    return (every - charged) + waiting + (not taken) + (not states[BillState.SENT])


def _close(store: Store, rules: ActiveRules, month: Month) -> ChargeRunResult:
    # the samples have their own calendar: their month is over, whatever day it is
    return run_month(
        store, ChargeRunPlan(month, rules.tariffs, version_of(rules), DEMO_ACTOR, clock(), newest=month)
    )
