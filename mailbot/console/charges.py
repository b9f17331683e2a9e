"""Charges as a terminal shows them: each line with what it rests on, and a run's outcome."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from mailbot.model.ledger.charges import Charge
from mailbot.services.ledger.bills.charge_words import line_title
from mailbot.services.ledger.bills.month_closing import ChargeRunResult
from mailbot.wording.amounts import format_money, format_quantity

MAX_FAULTS = 20


def show_charge(out: Console, charge: Charge) -> None:
    """One charge: a row a line."""
    title = f"Счёт {charge.account.number}, {charge.month}: {format_money(charge.total)} ₽"
    table = Table(title=title, title_justify="left", box=None)
    for heading in ("За что", "Месяц", "Объём", "Цена", "Сумма", "Почему"):
        table.add_column(
            heading, overflow="fold", justify="right" if heading in ("Объём", "Цена", "Сумма") else "left"
        )
    for line in charge.lines:
        volume = f"{format_quantity(line.volume)} {line.unit}" if line.unit else ""
        price = format_money(line.price) if line.price is not None else ""
        month = "" if line.month == charge.month else str(line.month)
        table.add_row(line_title(line), month, volume, price, format_money(line.sum), line.because)
    out.print(table)


def show_outcome(out: Console, outcome: ChargeRunResult, *, tried: bool) -> None:
    """What a run did, or would do; then what could not be charged."""
    for charge in outcome.shown:
        show_charge(out, charge)
    verb = "было бы начислено" if tried else "начислено"
    out.print(f"За {outcome.month} {verb} счетам: {outcome.charged}, всего {format_money(outcome.total)} ₽.")
    if outcome.penalties:
        out.print(f"В том числе пени: {format_money(outcome.penalties)} ₽.")
    if outcome.corrections:
        out.print(f"С исправлением прошлых месяцев: {outcome.corrections}.")
    if outcome.before:
        out.print(f"Начислено раньше и не тронуто: {outcome.before}.")
    for number, why in outcome.faults[:MAX_FAULTS]:
        out.print(f"✗ {number}: {why}", style="red", markup=False, soft_wrap=True)
    if len(outcome.faults) > MAX_FAULTS:
        out.print(f"…и ещё {len(outcome.faults) - MAX_FAULTS}.")
    if outcome.finished:
        out.print(f"Месяц {outcome.month} закрыт: дальнейшие исправления войдут в следующий.")
