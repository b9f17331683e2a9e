"""Numbers a dial could show, each with the unit written after it, as they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from mailbot.model import Unit

_UNITS: tuple[tuple[re.Pattern[str], Unit], ...] = tuple(
    (re.compile(rf"[\s(]{{0,2}}(?:{pattern})", re.IGNORECASE), unit)
    for pattern, unit in (
        (r"гкал\b|гигакал\w*|г\.?\s?кал\b|gkal\b|gcal\b", Unit.GCAL),
        (r"гдж\b|гига\s?дж\w*|gj\b|gdzh\b", Unit.GJ),
        (r"мвт\W{0,2}ч\w*|мегават\w*(?:\W?час\w*)?|мвт\b|mwh\b|mvt\W?ch\b", Unit.MWH),
        (r"квт\W{0,2}ч\w*|киловат\w*(?:\W?час\w*)?|квт\b|kwh\b|kvt\W?ch\b", Unit.KWH),
        (r"м\s?(?:3|³|\^3)(?!\d)|куб(?:\.?\s?м(?:етр\w*|\.)?|ометр\w*|ических\s+метр\w*|ик\w*|а|ов|ы|\.)?(?![а-яё])"
         r"|m3\b|kub\w*", Unit.M3),
    )
)  # fmt: skip
# A dial read by eye: letter О for nought, spaces between thousands, comma or point, leading noughts
_DIGIT = "[0-9ОоOo]"
_NUMBER = re.compile(
    r"(?:(?<![\w.,/\\])(?<!\d[-–])|(?<=гвс)|(?<=\bгв)|(?<=хвс)|(?<=тепло)|(?<=отопление)|(?<=\d[гх])|(?<=\b[гх]))"
    rf"(?P<whole>\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?!\d)|{_DIGIT}*\d{_DIGIT}*)"
    rf"(?P<rest>\s?[.,]\s?(?=\d{{3}}\b)\d{{3}}|[.,]{_DIGIT}+)?(?![0-9])",
    re.IGNORECASE,
)
_NOUGHTS = str.maketrans("ОоOo", "0000")
MAX_WHOLE_DIGITS = 9  # more digits than any dial has


@dataclass(frozen=True, slots=True)
class Value:
    """A number at `start`..`end` (its unit included in `stop`), Decimal ≥ 0 as written."""

    start: int
    end: int
    stop: int
    number: Decimal
    unit: Unit | None
    written: str


def find_values(text: str) -> tuple[Value, ...]:
    """All numbers of `text` that stand free of letters and of other numbers, in order."""
    values: list[Value] = []
    position = 0
    while match := _NUMBER.search(text, position):
        start, end = match.span()
        unit, stop = _unit(text, end)
        written = match.group()
        groups = re.split(r"[ \u00a0\u202f]", match["whole"])
        if len(groups) > 1 and not (match["rest"] or unit or len(groups) > 2):
            end = start + len(groups[0])  # «гвс 118 209» are two dials, «8 914,337» is one
            written, unit, stop = groups[0], None, end
        position = max(end, start + 1)
        value = _value(written)
        if value is not None and not _runs_into_letters(text, end, unit):
            values.append(Value(start, end, stop, value, unit, written))
    return tuple(values)


def _unit(text: str, end: int) -> tuple[Unit | None, int]:
    for pattern, unit in _UNITS:
        if match := pattern.match(text, end):
            return unit, match.end()
    return None, end


def _value(written: str) -> Decimal | None:
    plain = re.sub(r"[\s\u00a0\u202f]", "", written.translate(_NOUGHTS)).replace(",", ".")
    if len(plain.split(".")[0]) > MAX_WHOLE_DIGITS:
        return None
    return Decimal(plain)


def _runs_into_letters(text: str, end: int, unit: Unit | None) -> bool:
    following = text[end : end + 1]
    return unit is None and (following.isalpha() or following == "_")
