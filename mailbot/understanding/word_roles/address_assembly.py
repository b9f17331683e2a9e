"""The addresses that a part gives: street, house and flat put together, with the village where it is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.understanding.word_roles.house_numbers import (
    FAR,
    PlaceNumber,
    PlaceNumberSpan,
    flat_of,
    houses_of,
)
from mailbot.understanding.word_roles.tag_search import NamedSpan
from mailbot.understanding.word_roles.word_sequence import WordPage

_TYPE = (
    r"(?:ул(?:ица|ицы|ице|ицу)?|пр(?:осп(?:ект\w{0,2})?|-?к?т)?|пер(?:еул\w{0,4})?|площад\w|пл|аллея|тупик|квартал|кв-л|б(?:ульвар\w?|-р|ул)"
    r"|шоссе|мкрн?|м-?н|мр-н|микрорайон\w?|проезд\w?|наб(?:ережн\w{2})?|тракт\w?|street|st|ul|ulica|ulitsa)"
)
_TYPE_BEFORE = re.compile(rf"(?<![^\W\d_]){_TYPE}(?![^\W\d_])\.?[ \t]{{0,2}}$", re.IGNORECASE)
_TYPE_AFTER = re.compile(rf"[ \t]{{1,2}}{_TYPE}(?![^\W\d_])\.?", re.IGNORECASE)
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


_MAX_HEADS = 40
"""Streets of a part that are looked at, of more the first and the last: a list of streets is nobody's address."""

_NEIGHBOURS = 0.4
_MAX_DISTANCE = 12
"""Characters between two pieces of an address that are shown as one."""


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address as one string, and the stretches of the part that say it, in order."""

    start: int
    end: int
    value: str
    confidence: float
    more: tuple[tuple[int, int], ...]
    quoted: bool


def places(page: WordPage, found: Sequence[NamedSpan], numbers: Sequence[PlaceNumber]) -> list[FoundAddress]:
    """Every street, or village without one, that has a house, in order; what is the neighbours' with little confidence."""
    text = page.text
    streets = [span for span in found if span.role == "street"]
    villages = [span for span in found if span.role == "village"]
    heads = streets or villages
    heads = heads if len(heads) <= _MAX_HEADS else [*heads[: _MAX_HEADS // 2], *heads[-_MAX_HEADS // 2 :]]
    spans = [_span(page, head) for head in heads]
    houses = houses_of(text, spans, numbers)
    flats = [
        PlaceNumberSpan(number.start, number.end, number.digits, number.probability)
        for number in numbers
        if number.role == "flat" and not any(h.start <= number.start < h.end for h, _ in houses.values())
    ]
    result = []
    for nth, (house, flat) in sorted(houses.items()):
        others = [(h.start, h.end) for h, _ in houses.values()] + [
            span for at, span in enumerate(spans) if at != nth
        ]
        flat = flat or flat_of(text, house, others, flats, len(houses))
        village = _village_of(page, spans[nth], villages) if streets else None
        result.append(_place(page, heads[nth], spans[nth], house, flat, village))
    return [address for address in result if not _OFFICE.search(address.value)]


def _span(page: WordPage, one: NamedSpan) -> tuple[int, int]:
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


def _village_of(page: WordPage, street: tuple[int, int], villages: Sequence[NamedSpan]) -> NamedSpan | None:
    """The village on the street's line or beside it, else the only one in which somebody is said to live."""
    text = page.text
    spans = [(page.words[village.first].start, page.words[village.last].end) for village in villages]
    near = [
        (abs(span[0] - street[0]), nth)
        for nth, span in enumerate(spans)
        if text.count("\n", min(span[0], street[0]), max(span[0], street[0])) <= 1
        and abs(span[0] - street[0]) <= 2 * FAR
    ]
    if near:
        return villages[min(near)[1]]
    lived = [
        village
        for village, span in zip(villages, spans, strict=True)
        if _LIVES.search(text, max(0, span[0] - 14), span[0])
    ]
    return lived[0] if len({page.words[span.first].known[:4] for span in lived}) == 1 else None


def _place(
    page: WordPage,
    head: NamedSpan,
    span: tuple[int, int],
    house: PlaceNumberSpan,
    flat: PlaceNumberSpan | None,
    village: NamedSpan | None,
) -> FoundAddress:
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
    return FoundAddress(*joined[0], value, round(sure, 2), tuple(joined[1:]), quoted)


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches a few characters apart as one («Мира, 12-5»)."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if joined and start - joined[-1][1] <= _MAX_DISTANCE:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
