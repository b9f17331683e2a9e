"""How money, months and the reasons of a charge are written to a client: no abbreviation, the decimal comma."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from mailbot.composing import wording
from mailbot.model import Resource
from mailbot.model.charges import ChargeLine, Component, LineKind
from mailbot.model.ledger import Month

_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
    "декабрь",
)  # fmt: skip
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

_DECIMAL = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.]\d|\d)")
_MONTH = re.compile(r"(?<![\d-])(20\d\d)-(0[1-9]|1[0-2])(?![\d-])")
_RULES = re.compile(r"\bПП 354,? п\. ?([\d()]+)((?:, [\d()]+)*)")


def money(sum_: Decimal) -> str:
    """«1 234,56 ₽», with blanks that do not break; below zero «−1 234,56 ₽»."""
    return (
        f"{sum_:,.2f} ₽".replace(",", "\u00a0").replace(".", ",").replace("-", "−").replace(" ₽", "\u00a0₽")
    )


def month(one: Month) -> str:
    """«октябрь 2026»."""
    return f"{_MONTHS[one.number - 1]} {one.year}"


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


def plain(because: str) -> str:
    """The reason of a line as a client reads it: decimal commas, months by name, the Rules by their full number."""
    text = _MONTH.sub(lambda found: month(Month(int(found[1]), int(found[2]))), wording.one_line(because))
    text = _DECIMAL.sub(r"\1,\2", text)
    return _RULES.sub(
        lambda found: f"Правила № 354, {'пункты' if found[2] else 'пункт'} {found[1]}{found[2]}", text
    )
