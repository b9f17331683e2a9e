"""How money, months and the reasons of a charge are written to a client: no abbreviation, the decimal comma."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mailbot.composing import wording
from mailbot.model import Resource
from mailbot.model.charges import ChargeLine, Component, LineKind
from mailbot.model.reasons import month, plain

__all__ = ["amount", "day", "money", "month", "plain", "title"]

_COMPONENTS = {
    Component.HEAT: "тепло на её нагрев",
    Component.COLD_WATER: "сама вода",
    Component.HEAT_CARRIER: "теплоноситель (вода из тепловой сети)",
    Component.HOT_WATER: "",
}
_KINDS = {
    LineKind.CHARGE: "",
    LineKind.ABSENCE: "перерасчёт за время отсутствия",
    LineKind.QUALITY: "перерасчёт за перерывы и качество",
    LineKind.TAKEN_BACK: "возврат начисленного без показаний",
    LineKind.CORRECTION: "перерасчёт прошлого месяца",
    LineKind.PENALTY: "пеня за просрочку оплаты",
}


def money(sum_: Decimal) -> str:
    """«1 234,56 ₽», with blanks that do not break; below zero «−1 234,56 ₽»."""
    return (
        f"{sum_:,.2f} ₽".replace(",", "\u00a0").replace(".", ",").replace("-", "−").replace(" ₽", "\u00a0₽")
    )


def day(one: date) -> str:
    return f"{one:%d.%m.%Y}"


def amount(value: Decimal) -> str:
    """A volume or a price without idle zeros: «0,85», «2345,6»."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",").replace("-", "−")


def title(line: ChargeLine) -> str:
    """What a line is for: «Отопление», «Горячая вода: тепло на её нагрев», «Отопление: перерасчёт прошлого месяца»."""
    kind = _KINDS[line.kind]
    if line.resource is None:
        return kind.capitalize()
    of_water = line.component is not None and line.resource is Resource.HOT_WATER
    part = _COMPONENTS[line.component] if of_water and line.component else ""
    head = wording.RESOURCES[line.resource].capitalize()
    rest = ", ".join(one for one in (part, kind) if one)
    return f"{head}: {rest}" if rest else head
