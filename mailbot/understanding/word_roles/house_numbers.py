"""House and flat of a street: which numbers of a part belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.understanding.addresses.address_parts import BEHIND_STREET, BLOCK, FLAT_ALONE, HOUSE

FAR = 45
"""Characters between a street and its house, a house and its flat, at most."""

_OTHERS_FLAT = re.compile(r"(?:\bиз|сосед\w{0,6}|над|под|рядом)\s*(?:кв\w{0,8}\.?)?\s*$", re.IGNORECASE)
_HOUSE_TAIL = re.compile(rf"{HOUSE}{BLOCK}", re.IGNORECASE)
_SAID_BEHIND = re.compile(r"[ ,]{1,3}(?:(?:дом\w{0,2}|д\.|под|номер\w{0,2}|№)[ ]?){0,3}$", re.IGNORECASE)
_NO_HOUSE = frozenset({"value", "date", "hour", "before", "phone", "sum"})
_WRITTEN = 0.95
"""What a number written right behind a street is worth as its house."""

_COMMA = 0.8
"""What it is worth as the flat behind a mere comma: «Школьная 20, 22» may be two houses."""

_NAMED_FLAT = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class PlaceNumber:
    """A number that may be a house or a flat: its place, role and digits, and how sure the model of numbers is."""

    start: int
    end: int
    role: str
    digits: str
    probability: float


@dataclass(frozen=True, slots=True)
class PlaceNumberSpan:
    """A house or a flat as it is to be shown."""

    start: int
    end: int
    shown: str
    probability: float


def houses_of(
    text: str, spans: Sequence[tuple[int, int]], numbers: Sequence[PlaceNumber]
) -> dict[int, tuple[PlaceNumberSpan, PlaceNumberSpan | None]]:
    """The house of each street, with the flat written behind it: by the form right behind, else the model's nearest."""
    found = {nth: pair for nth, span in enumerate(spans) if (pair := _behind(text, span[1], numbers))}
    taken = [(house.start, flat.end if flat else house.end) for house, flat in found.values()]
    free = [
        number
        for number in numbers
        if number.role == "house" and not any(start <= number.start < end for start, end in taken)
    ]
    left = [nth for nth in range(len(spans)) if nth not in found]
    pairs = _paired([spans[nth] for nth in left], [(number.start, number.end) for number in free], text)
    for at, which in pairs.items():
        found[left[at]] = (_as_piece(text, free[which]), None)
    return found


def _behind(
    text: str, at: int, numbers: Sequence[PlaceNumber]
) -> tuple[PlaceNumberSpan, PlaceNumberSpan | None] | None:
    match = BEHIND_STREET.match(text, at)
    if match is not None:
        if _role_at(numbers, match.start("house")) in _NO_HOUSE and not match["flat"]:
            return None
        house = PlaceNumberSpan(
            match.start("house"), match.start("flat") if match["flat"] else match.end(), "", _WRITTEN
        )
        house = PlaceNumberSpan(
            house.start, house.end, " ".join(text[house.start : house.end].split()), _WRITTEN
        )
        if not match["flat"]:
            return house, None
        digits = re.search(r"\d+\w?$", match["flat"])
        shown = digits[0] if digits else ""
        sure = (
            _COMMA
            if match["flat"].strip(" ").startswith(",") and not _NAMED_FLAT.search(match["flat"])
            else _WRITTEN
        )
        return house, PlaceNumberSpan(match.end("flat") - len(shown), match.end("flat"), shown, sure)
    said = next((number for number in numbers if 0 <= number.start - at <= 20), None)
    if said is None or said.role in _NO_HOUSE or len(said.digits) > 3 or text[said.start].isdigit():
        return None
    if not _SAID_BEHIND.match(text[at : said.start]):
        return None
    return PlaceNumberSpan(said.start, said.end, said.digits, _WRITTEN), None


def _role_at(numbers: Sequence[PlaceNumber], at: int) -> str:
    return next((number.role for number in numbers if number.start <= at < number.end), "")


def _as_piece(text: str, house: PlaceNumber) -> PlaceNumberSpan:
    """The house with the letter or block that stands behind its digits."""
    if not text[house.start].isdigit():
        return PlaceNumberSpan(house.start, house.end, house.digits, house.probability)
    match = _HOUSE_TAIL.match(text, house.start)
    end = max(match.end(), house.end) if match else house.end
    return PlaceNumberSpan(house.start, end, " ".join(text[house.start : end].split()), house.probability)


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
    if len(between) > FAR or (not behind and house[1] > head[0]):
        return None
    stops = sum(sign in ".!?;" for sign in between.strip(". "))
    return len(between) + (0 if behind else 6) + 15 * between.count("\n") + 12 * stops


def flat_of(
    text: str,
    house: PlaceNumberSpan,
    others: Sequence[tuple[int, int]],
    flats: Sequence[PlaceNumberSpan],
    addresses: int,
) -> PlaceNumberSpan | None:
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
        PlaceNumberSpan(match.start("number"), match.end("number"), match["number"], _WRITTEN)
        for match in FLAT_ALONE.finditer(text)
        if not house.start <= match.start() < house.end
    ]
    apart = [
        flat
        for flat in (*flats, *named)
        if not _OTHERS_FLAT.search(text, max(0, flat.start - 24), flat.start)
    ]
    return apart[0] if len({flat.shown for flat in apart}) == 1 else None
