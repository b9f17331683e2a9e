"""The ledger of the demo: a register with last months' readings and payments, and two months that are closed."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from mailbot.config import Settings
from mailbot.console.charges import show_charge
from mailbot.model.figures import money, quantity
from mailbot.model.ledger import Month
from mailbot.services.desk.settings import House, house
from mailbot.services.ledger.account_card import account_card
from mailbot.services.ledger.bill_run import Outcome, Plan, run_month, tariffs_version
from mailbot.services.ledger.payment_file import read_payments
from mailbot.services.ledger.payments import import_register as import_payments
from mailbot.services.ledger.reading_file import import_readings, read_readings
from mailbot.services.ledger.register_file import read_clients
from mailbot.store import Store, charging, ledger_register, meter_readings
from mailbot.workshop import clock, files

BY = "демо"
BEFORE, MONTH = Month(2026, 10), Month(2026, 11)
"""The month before the sample letters, and theirs."""

SHOWN = ("4710325", "4421190")
"""Accounts whose charge is shown line by line: readings that two letters gave, one of them refused; two dials."""


def fill_ledger(settings: Settings, store: Store, samples: Path) -> None:
    """Import the sample register with earlier readings and payments, and close the month before the letters."""
    rules = house(store, files(settings))
    now = clock()
    today = now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)).date()
    with store.write() as work:
        people = read_clients(samples / "register.csv", rules.tariffs.hot_water)
        work.do(ledger_register.import_register, people)
        table = read_readings(samples / "readings.csv")
        work.do(import_readings, table, rules.rulebook.ledger, BY, now, today)
    _close(store, rules, BEFORE)
    with store.write() as work:
        import_payments(work, read_payments(samples / "payments.csv", today), by=BY, now=now)


def show_ledger(console: Console, settings: Settings, store: Store) -> int:
    """Close the letters' month and show what came of their readings; how many faults there were."""
    outcome = _close(store, house(store, files(settings)), MONTH)
    table = Table(title="Показания писем в книге", title_justify="left", box=None)
    for heading in ("Счёт", "Прибор", "Показание", "Когда", "Начислено за месяц", "Сальдо"):
        table.add_column(
            heading, justify="right" if heading in ("Показание", "Начислено за месяц", "Сальдо") else "left"
        )
    numbers = store.ask(charging.charged_accounts, MONTH)
    taken = [one for one in store.ask(meter_readings.of_accounts, numbers) if one.source == "mail"]
    for one in taken:
        card = account_card(store, one.account, today=MONTH.last)
        value = "отозвано" if one.value is None else quantity(one.value)
        charged = money(card.last.total) if card.last else ""
        table.add_row(one.account, one.meter, value, f"{one.day:%d.%m.%Y}", charged, money(card.balance))
    console.print("", table)
    for number in SHOWN:
        card = account_card(store, number, today=MONTH.last)
        if card.last:
            show_charge(console, card.last)
    console.print(
        f"Показаний из писем в книге: {len(taken)}. За {MONTH} начислено счетам: {outcome.charged}, "
        f"всего {money(outcome.total)} ₽."
    )
    for number, why in outcome.faults:
        console.print(f"✗ {number}: {why}", style="red", markup=False)
    return len(outcome.faults) + (not taken)


def _close(store: Store, rules: House, month: Month) -> Outcome:
    version = tariffs_version("".join(one.text for one in rules.sources if one.name.endswith("tariffs.toml")))
    # the samples have their own calendar: their month is over, whatever day it is
    return run_month(store, Plan(month, rules.tariffs, version, BY, clock(), newest=month))
