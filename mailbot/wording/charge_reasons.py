"""A line of a charge and its reason as a client reads them: months by name, decimal commas, the Rules by their full number."""

from __future__ import annotations

import re

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import LineKind, VolumeBasis
from mailbot.wording import months

KINDS = {
    LineKind.CHARGE: "",
    LineKind.ABSENCE: "перерасчёт за время отсутствия",
    LineKind.QUALITY: "перерасчёт за перерывы и качество",
    LineKind.TAKEN_BACK: "возврат начисленного без показаний",
    LineKind.CORRECTION: "перерасчёт прошлого месяца",
    LineKind.PENALTY: "пеня за просрочку оплаты",
}
"""What a line of a charge is, where it is not simply the month's own."""

BASES = {
    VolumeBasis.METER: "по прибору",
    VolumeBasis.AVERAGE: "по среднему",
    VolumeBasis.NORM: "по нормативу",
}

_DECIMAL = re.compile(r"(?<![\d.])(\d+)\.(\d+)(?![\d.]\d|\d)")
_MONTH = re.compile(r"(?<![\d-])(20\d\d)-(0[1-9]|1[0-2])(?![\d-])")
_RULES = re.compile(r"\bПП 354,? п\. ?([\d()]+)((?:, [\d()]+)*)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def format_month(one: Month) -> str:
    """«октябрь 2026»."""
    return f"{months.NOMINATIVE[one.number - 1]} {one.year}"


def single_line(text: str) -> str:
    """The text without line breaks, control characters and direction marks, single-spaced."""
    return " ".join(_CONTROL.sub(" ", text).split())


def format_reason(because: str) -> str:
    """The reason of a line as a client reads it: decimal commas, months by name, the Rules by their full number."""
    text = _MONTH.sub(lambda match: format_month(Month(int(match[1]), int(match[2]))), single_line(because))
    text = _DECIMAL.sub(r"\1,\2", text)
    return _RULES.sub(
        lambda match: f"Правила № 354, {'пункты' if match[2] else 'пункт'} {match[1]}{match[2]}", text
    )
