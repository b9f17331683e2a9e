"""Charges as a terminal shows them: each line with what it rests on, and a run's outcome."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console
from rich.table import Table

from mailbot.model.charges import Charge, ChargeLine, Component, LineKind
from mailbot.services.ledger.bill_run import Outcome

COMPONENTS = {
    Component.HEAT: "тепловая энергия",
    Component.COLD_WATER: "холодная вода для ГВС",
    Component.HEAT_CARRIER: "теплоноситель",
    Component.HOT_WATER: "горячая вода",
}
KINDS = {
    LineKind.CHARGE: "начислено",
    LineKind.ABSENCE: "перерасчёт за отсутствие",
    LineKind.QUALITY: "перерасчёт за качество",
    LineKind.TAKEN_BACK: "снято начисленное по расчёту",
    LineKind.CORRECTION: "исправление прошлого месяца",
    LineKind.PENALTY: "пеня",
}
MOST_FAULTS = 20


def money(sum_: Decimal) -> str:
    """«1 234,56»: as Russian bills write it."""
    return f"{sum_:,.2f}".replace(",", "\u00a0").replace(".", ",")


def quantity(value: Decimal) -> str:
    """A volume or a price without idle zeros, with a comma."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def what(line: ChargeLine) -> str:
    """What a line is for, in words."""
    kind = KINDS[line.kind]
    return f"{COMPONENTS[line.component]}: {kind}" if line.component else kind


def show_charge(out: Console, charge: Charge) -> None:
    """One charge: a row a line."""
    title = f"Счёт {charge.account.number}, {charge.month}: {money(charge.total)} ₽"
    table = Table(title=title, title_justify="left", box=None)
    for heading in ("За что", "Месяц", "Объём", "Цена", "Сумма", "Почему"):
        table.add_column(
            heading, overflow="fold", justify="right" if heading in ("Объём", "Цена", "Сумма") else "left"
        )
    for line in charge.lines:
        volume = f"{quantity(line.volume)} {line.unit}" if line.unit else ""
        price = quantity(line.price) if line.price is not None else ""
        table.add_row(what(line), str(line.month), volume, price, money(line.sum), line.because)
    out.print(table)


def show_outcome(out: Console, outcome: Outcome, *, tried: bool) -> None:
    """What a run did, or would do; then what could not be charged."""
    for charge in outcome.shown:
        show_charge(out, charge)
    verb = "было бы начислено" if tried else "начислено"
    out.print(f"За {outcome.month} {verb} счетам: {outcome.charged}, всего {money(outcome.total)} ₽.")
    if outcome.penalties:
        out.print(f"В том числе пени: {money(outcome.penalties)} ₽.")
    if outcome.corrections:
        out.print(f"С исправлением прошлых месяцев: {outcome.corrections}.")
    if outcome.before:
        out.print(f"Начислено раньше и не тронуто: {outcome.before}.")
    for number, why in outcome.faults[:MOST_FAULTS]:
        out.print(f"✗ {number}: {why}", style="red", markup=False, soft_wrap=True)
    if len(outcome.faults) > MOST_FAULTS:
        out.print(f"…и ещё {len(outcome.faults) - MOST_FAULTS}.")
    if outcome.finished:
        out.print(f"Месяц {outcome.month} закрыт: дальнейшие исправления войдут в следующий.")
