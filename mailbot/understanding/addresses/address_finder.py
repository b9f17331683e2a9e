"""Postal addresses of the settlement: street and house, with flat and village where they are given."""

from __future__ import annotations

import re

from mailbot.understanding.addresses.address_parts import (
    DATED,
    FLAT_ALONE,
    FLAT_WORD,
    FORM,
    HOUSE_FIRST,
    REVERSED,
    TYPE_AFTER,
    TYPED,
    UNTYPED,
    VILLAGE_BEFORE,
    VILLAGE_HOUSE,
)
from mailbot.understanding.addresses.street_names import STREETS
from mailbot.understanding.names.name_parts import is_first_name
from mailbot.understanding.text.marked_spans import TextMatch

_OTHERS_FLAT = re.compile(r"(?:\bиз|сосед\w*|соседн\w*|над|под|рядом|в)\s*$", re.IGNORECASE)

# «у соседей на Мира 28 тепло»: not where the writer lives
_OTHERS_HOUSE = re.compile(
    r"(?:сосед\w*|напротив|друг(?:ом|их|ие)\s+дом\w*|знаком\w+|родствен\w+|у\s+них)(?:\s+(?:дом\w*|живут))?[\s,:(]*(?:на|по|из|с|в)?\s*$",
    re.IGNORECASE,
)
# «залив кв. 15 по ул. Строителей, 19»: whatever stands before the flat, it is of that house
_JOINS = re.compile(r"\s*,?\s*(?:по|на|в|дом\w?|д\.)?\s*(?:адресу:?\s*)?", re.IGNORECASE)
_NEIGHBOURS = 0.4

_ADJECTIVE = re.compile(r"(?:[ая]я|ого|ой)$")
_NOT_STREET = re.compile(
    r"^(?:гор(?:яч)?|хол|тепл|холодн|последн|предыдущ|прошл|нынешн|текущ|котор|кажд|очередн|нов(?:ый"
    r"|ое)|перв|втор|трет"
    r"|был|стал|кухн|ванн|квартир|дом|подъезд|этаж|корпус|сч[её]т|показани|номер|лицев|тел|стояк|комнат"
    r"|вод|ноябр|октябр"
    r"|декабр|сентябр|янв|феврал|март|апрел|июн|июл|август|уже|еще|только|около|сейчас|осталось|передаю"
    r"|отоплени|тепло"
    r"|гвс|хвс|лс$|кв$|прибор|сумм|примерно|температур|больше|меньше|всего|ошибк|минус|плюс|семь|часов"
    r"|как|или|для|под"
    r"|над|при|что|мне|нас|вас|они|все|ещ|пункт|стать|част|форм|общ|средн|норм|категор|правильн)"
)
# «п. Прикамский, Солнечная, 3, 12»: after a village and a house, a number that ends the line
_FLAT_AFTER_COMMA = re.compile(r"\s?,\s?\d{1,3}(?=[ \t]*(?:$|[\n;.)](?!\d)))")
# The company's own office (standard, chapter 2, section 1): no client's address unless a flat follows
_OFFICE = re.compile(r"солнечн\w+\s*,?\s*(?:д\.|дом)?\s*1\s?/\s?5\s*$", re.IGNORECASE)


_ORDERS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (FORM, ("дом",)),
    (REVERSED, ("улиц", "ул.")),
    (DATED, ("марта", "мая", "ноября", "января", "июля", "лет")),
    (TYPED, ()),
    (
        TYPE_AFTER,
        (
            *("ул", "проспект", "переулок", "пер.", "бульвар", "б-р", "проезд", "шоссе", "тракт", "аллея"),
            *("урам", "street", "st", "avenue"),
        ),
    ),
    (VILLAGE_HOUSE, ("дом", "д.")),
    (HOUSE_FIRST, ("по",)),
    (UNTYPED, ()),
)
"""The patterns in the order in which they are believed, each with words of which it holds one; none: it may do without."""


def find_addresses(text: str) -> tuple[TextMatch, ...]:
    """Addresses in order, each one string with village and flat; value is the text as written.

    `text` must already be free of phones and account numbers.
    """
    matches: list[TextMatch] = []
    taken = bytearray(len(text))
    if not re.search(r"\d", text):
        return ()
    folded = text.casefold()
    for pattern, needed in _ORDERS:
        if needed and not any(word in folded for word in needed):
            continue
        for match in pattern.finditer(text):
            if pattern in (UNTYPED, HOUSE_FIRST) and not _is_street(match):
                continue
            start, end = _bounds(text, match)
            if any(taken[start:end]):
                continue
            if _OFFICE.search(match.group()):
                continue
            words = " ".join(text[start:end].split())
            sure = 0.95 if match["flat"] or pattern in (TYPED, TYPE_AFTER) else 0.8
            if _OTHERS_HOUSE.search(text[max(0, start - 30) : start]):
                sure = _NEIGHBOURS
            matches.append(TextMatch(start, end, words, sure))
            taken[start:end] = b"\1" * (end - start)
    matches.sort(key=lambda mark: mark.start)
    return _with_flat_apart(text, matches)


def has_flat(address: str) -> bool:
    """Does the address name a flat («Мира 10 кв 15», «Зелёная 2-13»)?"""
    return bool(re.search(rf"{FLAT_WORD}\s*[№:–-]?\s*\d|\d[а-г]?\s?[-–—]\s?\d|\d,\d", address, re.IGNORECASE))


def _bounds(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = match.start()
    while text[start].isspace():
        start += 1
    village = VILLAGE_BEFORE.search(text, max(0, start - 60), start)
    if village is None:
        return start, match.end()
    flat = None if match["flat"] else _FLAT_AFTER_COMMA.match(text, match.end())
    return village.start(), flat.end() if flat else match.end()


def _is_street(match: re.Match[str]) -> bool:
    name = match["name"].lower().replace("ё", "е").split()[-1]
    known = name in STREETS or re.sub(r"(?:ой|ую)$", "ая", name) in STREETS
    if _NOT_STREET.match(name) and not known:
        return False
    if match.groupdict().get("hyphen"):
        return known and bool(match["flat"])  # «Мира-30-5», never «СТК-15-2»
    if known:
        return True
    if is_first_name(name):
        return False  # «Дворецкая Галина, 402-771» gives an account
    if name.isascii():
        return bool(match["flat"]) and " kv" in match.group().lower()
    written = match["name"].split()[-1]
    adjective = bool(_ADJECTIVE.search(name)) and len(name) > 5
    if match["flat"] or match.groupdict().get("word"):
        return adjective or (len(name) > 3 and written[0].isupper())
    return adjective and written[0].isupper()


def _with_flat_apart(text: str, found: list[TextMatch]) -> tuple[TextMatch, ...]:
    """«в доме Молодежная 3 … Сабина кв 1»: one house and one flat in a letter belong together."""
    if len(found) != 1 or has_flat(found[0].value):
        return tuple(found)
    address = found[0]
    flats = [
        match
        for match in FLAT_ALONE.finditer(text)
        if not address.start <= match.start() < address.end
        and (
            _JOINS.fullmatch(text[match.end() : address.start])
            or not _OTHERS_FLAT.search(text[max(0, match.start() - 12) : match.start()])
        )
    ]
    if len({match["number"] for match in flats}) != 1:
        return (address,)
    flat = flats[0]
    value = f"{address.value}, {' '.join(flat.group().split())}"
    return (TextMatch(address.start, address.end, value, 0.8, (flat.span(),)),)
