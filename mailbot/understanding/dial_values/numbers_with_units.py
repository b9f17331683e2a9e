"""Numbers a dial could show, each with the unit written beside it, as they stand in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from mailbot.model import Unit

_ENERGY = (
    (r"гкал\b|гигакал\w*|г\.?\s?кал\b|gkal\b|gcal\b", Unit.GCAL),
    (r"гдж\b|гига\s?дж\w*|gj\b|gdzh\b", Unit.GJ),
    (r"мвт\W{0,2}ч\w*|мегават\w*(?:\W?час\w*)?|мвт\b|mwh\b|mvt\W?ch\b", Unit.MWH),
    (r"квт\W{0,2}ч\w*|киловат\w*(?:\W?час\w*)?|квт\b|kwh\b|kvt\W?ch\b", Unit.KWH),
)
_CUBES = (
    r"м\s?(?:3|³|\^3)(?!\d)|куб(?:\.?\s?м(?:етр\w*|\.)?|ометр\w*|ических\s+метр\w*|ик\w*|а|[оа][вф]|ы|\.)?(?![а-яё])"
    r"|m3\b|kub\w*"
)
_AFTER = re.compile(
    r"[\s(]{0,2}(?:" + "|".join(f"({pattern})" for pattern, _ in (*_ENERGY, (_CUBES, Unit.M3))) + ")",
    re.IGNORECASE,
)
_UNITS = (*(unit for _, unit in _ENERGY), Unit.M3)
# «Гкал: 12,345»: the unit first, and no number before it that it could belong to
_BEFORE = re.compile(
    r"(?<![\w\d.,])(?<!\d\s)(?:" + "|".join(f"({pattern})" for pattern, _ in _ENERGY) + r")[\s:=–-]{1,4}$",
    re.IGNORECASE,
)
# A dial read by eye: letter О for nought, spaces between thousands, comma or point, leading noughts
_DIGIT = "[0-9ОоOo]"
_SPACE = "[ \u00a0\u202f]"
_NUMBER = re.compile(
    r"(?:(?<![\w.,\\/])|(?<=\d/)|(?<=гвс)|(?<=\bгв)|(?<=хвс)|(?<=тепло)|(?<=отопление)|(?<=\d[гх])|(?<=\b[гх]))"
    rf"(?:(?P<foreign>\d{{1,3}}(?:(?:\.\d{{3}})+,\d+|(?:,\d{{3}})+\.\d+)(?!\d))"
    rf"|(?P<whole>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|0\d{{3,5}}{_SPACE}\d{{3}}(?![\d.,])|[Зз]?{_DIGIT}*\d{_DIGIT}*)"
    rf"(?P<rest>[.,]{_DIGIT}+|,\s\d{{1,3}}(?!\d))?)(?![0-9])",
    re.IGNORECASE,
)
# «134, 5»: one number torn apart, where nothing says that the second is a number of its own
_ENDS = re.compile(r"\s*(?:$|[.;!?)\n]|,(?!\s?\d))")
_LISTED = re.compile(r"\d,\s$")
_DIGIT_LOOKALIKES = str.maketrans("ОоOoЗз", "000033")
_GAP = re.compile(rf"{_SPACE}")
_RANGE = re.compile(r"\s?[-–—]\s?")
MAX_WHOLE_DIGITS = 9  # more digits than any dial has
DOUBTFUL = 0.5  # two ways to read the number: below every threshold, so that a person looks


@dataclass(frozen=True, slots=True)
class NumberWithUnit:
    """A number at `start`..`end` (its unit included in `stop`), Decimal ≥ 0 as written.

    `trust` is the most that may be trusted in it: less than 1 where it can be read in two ways.
    """

    start: int
    end: int
    stop: int
    number: Decimal
    unit: Unit | None
    written: str
    trust: float = 1.0


def find_values(text: str) -> tuple[NumberWithUnit, ...]:
    """All numbers of `text` that stand free of letters and of other numbers, in order."""
    values: list[NumberWithUnit] = []
    position = 0
    while match := _NUMBER.search(text, position):
        value = _read(text, match)
        position = max(value.end, match.start() + 1)
        if len(value.written.split(".")[0]) <= MAX_WHOLE_DIGITS and not _runs_into_letters(text, value):
            values.append(value)
    return _without_ranges(text, values)


def unit_of(words: str) -> Unit | None:
    """The unit that `words` begin with (a column of a table, its heading)."""
    match = _AFTER.match(words.strip())
    return _unit(match) if match else None


def _read(text: str, match: re.Match[str]) -> NumberWithUnit:
    start, end = match.span()
    if match["foreign"]:
        head, _, tail = re.sub(r"[.,](?=.*[.,])", "", match["foreign"]).replace(",", ".").partition(".")
        plain = f"{head}.{tail}"
        return _with_unit(text, start, end, plain, 0.55)
    whole, rest = match["whole"], match["rest"] or ""
    if rest.startswith(",") and rest[1].isspace():
        listed = bool(_LISTED.search(text[max(0, start - 3) : start]))
        if not listed and (_AFTER.match(text, end) or _ENDS.match(text, end)):
            return _with_unit(text, start, end, whole + "." + rest[1:].strip(), DOUBTFUL)
        end, rest = end - len(rest), ""
    groups = _GAP.split(whole)
    trust = DOUBTFUL if whole[0] in "Зз" else 1.0
    if len(groups) > 2 and not (rest or _AFTER.match(text, end)):
        trust = DOUBTFUL
    if len(groups) == 2 and not (rest or _AFTER.match(text, end)):
        trust = DOUBTFUL
        if groups[0].startswith("0") and len(groups[0]) > 3:
            return _with_unit(text, start, end, ".".join(groups), trust)  # black and red digits
        if len(groups[0]) == 3:  # «118 209» are rather two dials, «12 345» rather one
            return NumberWithUnit(start, start + 3, start + 3, Decimal(groups[0]), None, groups[0], trust)
    elif _is_second_dial(text, start):
        trust = DOUBTFUL
    if whole.startswith("00") and len(whole) > 6 and not rest:
        trust = DOUBTFUL  # eight digits of a dial without the point: 123.456 or 123456
    return _with_unit(text, start, end, "".join(groups) + rest, trust)


def _is_second_dial(text: str, start: int) -> bool:
    """The «209» of «118 209»."""
    return bool(re.search(rf"(?<![\d.,])\d{{3}}{_SPACE}$", text[max(0, start - 5) : start])) and bool(
        re.match(r"\d{3}(?![\d.,])", text[start : start + 4])
    )


def _with_unit(text: str, start: int, end: int, plain: str, trust: float) -> NumberWithUnit:
    unit, stop = None, end
    if match := _AFTER.match(text, end):
        unit, stop = _unit(match), match.end()
    elif match := _BEFORE.search(text[max(0, start - 16) : start]):
        unit = _unit(match)
    written = re.sub(r"\s", "", plain.translate(_DIGIT_LOOKALIKES)).replace(",", ".")
    digits = written if len(written) < 40 else "0"
    return NumberWithUnit(start, end, stop, Decimal(digits), unit, written, trust)


def _unit(match: re.Match[str]) -> Unit:
    return _UNITS[(match.lastindex or 1) - 1]


def _runs_into_letters(text: str, value: NumberWithUnit) -> bool:
    following = text[value.end : value.end + 1]
    return value.stop == value.end and (following.isalpha() or following == "_")


def _without_ranges(text: str, values: list[NumberWithUnit]) -> tuple[NumberWithUnit, ...]:
    """«118-123», «118-123=5»: the right one may be the new value, or a range; «118/209» two of something."""
    kept: list[NumberWithUnit] = []
    for value in values:
        between = text[kept[-1].stop : value.start] if kept else ""
        if kept and _RANGE.fullmatch(between):
            kept[-1] = replace(value, trust=0.45)
        elif kept and between == "/":
            kept[-1] = replace(kept[-1], trust=min(kept[-1].trust, DOUBTFUL))
            kept.append(replace(value, trust=min(value.trust, DOUBTFUL)))
        elif not (kept and between.strip() == "=" and kept[-1].trust == 0.45):
            kept.append(value)
    return tuple(kept)
