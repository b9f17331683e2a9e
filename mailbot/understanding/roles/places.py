"""The addresses that a part gives: street, house and flat put together, with the village where it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.understanding.address_patterns import BEHIND_STREET, BLOCK, FLAT_ALONE, HOUSE
from mailbot.understanding.roles.tagging import Named
from mailbot.understanding.roles.words import Page

_FAR = 45
"""Characters between a street and its house, a house and its flat, at most."""

_TYPE = (
    r"(?:ул(?:ица|ицы|ице|ицу)?|пр(?:осп(?:ект\w{0,2})?|-?к?т)?|пер(?:еул\w{0,4})?|площад\w|пл|аллея|тупик|квартал|кв-л|б(?:ульвар\w?|-р|ул)"
    r"|шоссе|мкрн?|м-?н|мр-н|микрорайон\w?|проезд\w?|наб(?:ережн\w{2})?|тракт\w?|street|st|ul|ulica|ulitsa)"
)
_TYPE_BEFORE = re.compile(rf"(?<![^\W\d_]){_TYPE}(?![^\W\d_])\.?[ \t]{{0,2}}$", re.IGNORECASE)
_TYPE_AFTER = re.compile(rf"[ \t]{{1,2}}{_TYPE}(?![^\W\d_])\.?", re.IGNORECASE)
_OTHERS_FLAT = re.compile(r"(?:\bиз|сосед\w{0,6}|над|под|рядом)\s*(?:кв\w{0,8}\.?)?\s*$", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:сосед\w{0,6}|напротив|друг(?:ом|их|ие)\s+дом\w{0,3}|знаком\w{1,4}|родствен\w{1,6}|у\s+них)"
    r"(?:\s+(?:дом\w{0,3}|живут))?[\s,:(]*(?:на|по|из|с|в)?\s*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(r"солнечн\w{2,3},? 1\s?/\s?5$", re.IGNORECASE)
"""The company's own office (standard, chapter 2, section 1): no client's address unless a flat follows."""

_AFTER_NUMBER = re.compile(r"(?:лет|марта|мая|июля|января|ноября|октября)(?![^\W\d_])", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"(?<![\d.,-])\d{1,2}[ -]?$")
"""«8 Марта», «40 лет Победы»: the number is the street's."""

_LIVES = re.compile(
    r"(?<![^\W\d_])(?:с|п|пос|д|дер|деревн\w|сел[оае]|пос[её]л\w{1,3}|из|жив\w{1,3}\s+в|рп|пгт)\.?\s{0,2}$",
    re.IGNORECASE,
)


_HOUSE_TAIL = re.compile(rf"{HOUSE}{BLOCK}", re.IGNORECASE)
_SAID_BEHIND = re.compile(r"[ ,]{1,3}(?:(?:дом\w{0,2}|д\.|под|номер\w{0,2}|№)[ ]?){0,3}$", re.IGNORECASE)
_NO_HOUSE = frozenset({"value", "date", "hour", "before", "phone", "sum"})
_NEIGHBOURS = 0.4
_WRITTEN = 0.95
"""What a number written right behind a street is worth as its house."""

_COMMA = 0.8
"""What it is worth as the flat behind a mere comma: «Школьная 20, 22» may be two houses."""

_NAMED_FLAT = re.compile(r"[^\W\d_]{2}")

_CLOSE = 12
"""Characters between two pieces of an address that are shown as one."""


@dataclass(frozen=True, slots=True)
class PlaceNumber:
    """A number that may be a house or a flat: its place, role and digits, and how sure the model of numbers is."""

    start: int
    end: int
    role: str
    digits: str
    probability: float


@dataclass(frozen=True, slots=True)
class Place:
    """An address as one string, and the stretches of the part that say it, in order."""

    start: int
    end: int
    value: str
    confidence: float
    more: tuple[tuple[int, int], ...]
    has_flat: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A house or a flat as it is to be shown."""

    start: int
    end: int
    shown: str
    probability: float


def places(page: Page, found: Sequence[Named], numbers: Sequence[PlaceNumber]) -> list[Place]:
    """Every street, or village without one, that has a house, in order; what is the neighbours' with little confidence."""
    text = page.text
    streets = [one for one in found if one.role == "street"]
    villages = [one for one in found if one.role == "village"]
    heads = streets or villages
    spans = [_span(page, one) for one in heads]
    houses = _houses(text, spans, numbers)
    flats = [
        _Piece(one.start, one.end, one.digits, one.probability)
        for one in numbers
        if one.role == "flat" and not any(h.start <= one.start < h.end for h, _ in houses.values())
    ]
    result = []
    for nth, (house, flat) in sorted(houses.items()):
        others = [(h.start, h.end) for h, _ in houses.values()] + [
            span for at, span in enumerate(spans) if at != nth
        ]
        flat = flat or _flat_of(text, house, others, flats, len(houses))
        village = _village_of(page, spans[nth], villages) if streets else None
        result.append(_place(page, heads[nth], spans[nth], house, flat, village))
    return [one for one in result if not _OFFICE.search(one.value)]


def _span(page: Page, one: Named) -> tuple[int, int]:
    """The street's name with the word for what it is («пер. Речной», «Липовый переулок»)."""
    start, end = page.words[one.first].start, page.words[one.last].end
    if _AFTER_NUMBER.match(page.text, start) and (
        number := _NUMBER_BEFORE.search(page.text, max(0, start - 6), start)
    ):
        start = number.start()
    if before := _TYPE_BEFORE.search(page.text, max(0, start - 20), start):
        start = before.start()
    elif after := _TYPE_AFTER.match(page.text, end):
        end = after.end()
    return start, end


def _houses(
    text: str, spans: Sequence[tuple[int, int]], numbers: Sequence[PlaceNumber]
) -> dict[int, tuple[_Piece, _Piece | None]]:
    """The house of each street, with the flat written behind it: by the form right behind, else the model's nearest."""
    found = {nth: pair for nth, span in enumerate(spans) if (pair := _behind(text, span[1], numbers))}
    taken = [(house.start, flat.end if flat else house.end) for house, flat in found.values()]
    free = [
        one
        for one in numbers
        if one.role == "house" and not any(start <= one.start < end for start, end in taken)
    ]
    left = [nth for nth in range(len(spans)) if nth not in found]
    pairs = _paired([spans[nth] for nth in left], [(one.start, one.end) for one in free], text)
    for at, which in pairs.items():
        found[left[at]] = (_as_piece(text, free[which]), None)
    return found


def _behind(text: str, at: int, numbers: Sequence[PlaceNumber]) -> tuple[_Piece, _Piece | None] | None:
    match = BEHIND_STREET.match(text, at)
    if match is not None:
        if _role_at(numbers, match.start("house")) in _NO_HOUSE and not match["flat"]:
            return None
        house = _Piece(
            match.start("house"), match.start("flat") if match["flat"] else match.end(), "", _WRITTEN
        )
        house = _Piece(house.start, house.end, " ".join(text[house.start : house.end].split()), _WRITTEN)
        if not match["flat"]:
            return house, None
        digits = re.search(r"\d+\w?$", match["flat"])
        shown = digits[0] if digits else ""
        sure = (
            _COMMA
            if match["flat"].strip(" ").startswith(",") and not _NAMED_FLAT.search(match["flat"])
            else _WRITTEN
        )
        return house, _Piece(match.end("flat") - len(shown), match.end("flat"), shown, sure)
    said = next((one for one in numbers if 0 <= one.start - at <= 20), None)
    if said is None or said.role in _NO_HOUSE or len(said.digits) > 3 or text[said.start].isdigit():
        return None
    if not _SAID_BEHIND.match(text[at : said.start]):
        return None
    return _Piece(said.start, said.end, said.digits, _WRITTEN), None


def _role_at(numbers: Sequence[PlaceNumber], at: int) -> str:
    return next((one.role for one in numbers if one.start <= at < one.end), "")


def _as_piece(text: str, house: PlaceNumber) -> _Piece:
    """The house with the letter or block that stands behind its digits."""
    if not text[house.start].isdigit():
        return _Piece(house.start, house.end, house.digits, house.probability)
    match = _HOUSE_TAIL.match(text, house.start)
    end = max(match.end(), house.end) if match else house.end
    return _Piece(house.start, end, " ".join(text[house.start : end].split()), house.probability)


def _paired(heads: Sequence[tuple[int, int]], houses: Sequence[tuple[int, int]], text: str) -> dict[int, int]:
    """Which house is of which street: the nearest pairs first, a house behind its street before one in front."""
    ways = sorted(
        (distance, nth, at)
        for nth, head in enumerate(heads)
        for at, house in enumerate(houses)
        if (distance := _distance(head, house, text)) is not None
    )
    pairs: dict[int, int] = {}
    for _, nth, at in ways:
        if nth not in pairs and at not in pairs.values():
            pairs[nth] = at
    return pairs


def _distance(head: tuple[int, int], house: tuple[int, int], text: str) -> int | None:
    """How far apart two pieces of an address are: characters, more over sentences and lines; None where too far."""
    behind = house[0] >= head[1]
    between = text[head[1] : house[0]] if behind else text[house[1] : head[0]]
    if len(between) > _FAR or (not behind and house[1] > head[0]):
        return None
    stops = sum(sign in ".!?;" for sign in between.strip(". "))
    return len(between) + (0 if behind else 6) + 15 * between.count("\n") + 12 * stops


def _flat_of(
    text: str, house: _Piece, others: Sequence[tuple[int, int]], flats: Sequence[_Piece], addresses: int
) -> _Piece | None:
    """The flat nearest behind the house or in front of it; in a letter of one address any that is not another's."""
    near = [
        (distance, nth)
        for nth, flat in enumerate(flats)
        if flat.start != house.start
        and (distance := _distance((house.start, house.end), (flat.start, flat.end), text)) is not None
        and not any(min(house.end, flat.end) <= start < max(house.start, flat.start) for start, _ in others)
    ]
    if near:
        return flats[min(near)[1]]
    if addresses != 1:
        return None
    named = [
        _Piece(match.start("number"), match.end("number"), match["number"], _WRITTEN)
        for match in FLAT_ALONE.finditer(text)
        if not house.start <= match.start() < house.end
    ]
    apart = [
        flat
        for flat in (*flats, *named)
        if not _OTHERS_FLAT.search(text, max(0, flat.start - 24), flat.start)
    ]
    return apart[0] if len({flat.shown for flat in apart}) == 1 else None


def _village_of(page: Page, street: tuple[int, int], villages: Sequence[Named]) -> Named | None:
    """The village on the street's line or beside it, else the only one in which somebody is said to live."""
    text = page.text
    spans = [(page.words[one.first].start, page.words[one.last].end) for one in villages]
    near = [
        (abs(span[0] - street[0]), nth)
        for nth, span in enumerate(spans)
        if text.count("\n", min(span[0], street[0]), max(span[0], street[0])) <= 1
        and abs(span[0] - street[0]) <= 2 * _FAR
    ]
    if near:
        return villages[min(near)[1]]
    lived = [
        one
        for one, span in zip(villages, spans, strict=True)
        if _LIVES.search(text, max(0, span[0] - 14), span[0])
    ]
    return lived[0] if len({page.words[one.first].known[:4] for one in lived}) == 1 else None


def _place(
    page: Page, head: Named, span: tuple[int, int], house: _Piece, flat: _Piece | None, village: Named | None
) -> Place:
    text = page.text
    stretches = [span, (house.start, house.end)]
    value = f"{' '.join(text[span[0] : span[1]].split())}, {house.shown}"
    sure = min(head.probability, house.probability)
    if flat is not None:
        stretches.append((flat.start, flat.end))
        value += f"-{flat.shown}"
        sure = min(sure, flat.probability)
    if village is not None:
        start, end = page.words[village.first].start, page.words[village.last].end
        stretches.append((start, end))
        value = f"{' '.join(text[start:end].split())}, {value}"
    first = min(start for start, _ in stretches)
    if _OTHERS.search(text, max(0, first - 30), first):
        sure = min(sure, _NEIGHBOURS)
    joined = _joined(stretches)
    quoted = any(start <= span[0] < end for start, end in page.quoted)
    return Place(*joined[0], value, round(sure, 2), tuple(joined[1:]), flat is not None, quoted)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches a few characters apart as one («Мира, 12-5»)."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start - found[-1][1] <= _CLOSE:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
