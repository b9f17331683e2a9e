"""Does the newest charge hold what the question is about? Else an answer out of it would miss the point."""

from __future__ import annotations

import re

from mailbot.model import AccountState
from mailbot.model.ledger.charges import Charge, LineKind, PriceComponent, VolumeBasis

_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма[йея]",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MONTH = tuple(re.compile(rf"(?<!\w){name}") for name in _MONTHS)
_GROWN = re.compile(r"вырос|увеличил|изменил")


def names_other_month(text: str, states: tuple[AccountState, ...]) -> bool:
    """Does the folded text name a month that is not the newest charged one?"""
    named = {number for number, pattern in enumerate(_MONTH, start=1) if pattern.search(text)}
    return any(named - ({state.last.month.number} if state.last else set()) for state in states)


def charge_answers(text: str, states: tuple[AccountState, ...]) -> bool:
    """Holds for every account: there is a charge, with a penalty, an estimate, a component or a rise where it is asked of."""
    return all(
        state.last is not None
        and _has(text, state.last)
        and (state.before is not None or not _GROWN.search(text))
        for state in states
    )


def _has(text: str, charge: Charge) -> bool:
    lines = charge.lines
    wanted = (
        (r"(?<!\w)пен(?:и|я|ю|ей|ям|ь)\b", any(line.kind is LineKind.PENALTY for line in lines)),
        (r"норматив|по норме", any(line.basis is VolumeBasis.NORM for line in lines)),
        (r"по средн|среднемесячн", any(line.basis is VolumeBasis.AVERAGE for line in lines)),
        (r"теплоносител", any(line.component is PriceComponent.HEAT_CARRIER for line in lines)),
    )
    return all(there for pattern, there in wanted if re.search(pattern, text))
