"""How money, months and the reasons of a charge are written to a client: no abbreviation, the decimal comma."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mailbot.model.ledger.charges import ChargeLine, PriceComponent
from mailbot.wording.amounts import format_money as plain_money
from mailbot.wording.amounts import format_quantity as amount
from mailbot.wording.charge_reasons import KINDS, format_month, format_reason
from mailbot.wording.resources import capitalized

__all__ = ["amount", "format_day", "format_money", "format_month", "format_reason", "line_title"]

_COMPONENTS = {
    PriceComponent.HEAT: "тепло на её нагрев",
    PriceComponent.COLD_WATER: "сама вода",
    PriceComponent.HEAT_CARRIER: "теплоноситель (вода из тепловой сети)",
    PriceComponent.HOT_WATER: "",
}


def format_money(sum_: Decimal) -> str:
    """«1 234,56 ₽», with blanks that do not break; below zero «−1 234,56 ₽»."""
    return f"{plain_money(sum_)}\u00a0₽"


def format_day(one: date) -> str:
    return f"{one:%d.%m.%Y}"


def line_title(line: ChargeLine) -> str:
    """What a line is for: «Отопление», «Горячая вода: тепло на её нагрев», «Отопление: перерасчёт прошлого месяца»."""
    kind = KINDS[line.kind]
    if line.resource is None:
        return kind.capitalize()
    part = _COMPONENTS[line.component] if line.of_component and line.component else ""
    head = capitalized(line.resource)
    rest = ", ".join(detail for detail in (part, kind) if detail)
    return f"{head}: {rest}" if rest else head
