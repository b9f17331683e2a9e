"""Places of the register in a letter: street, house and flat, through case endings, abbreviations and slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mailbot.model.ledger.register import Register
from mailbot.model.written_forms.address import address_key
from mailbot.understanding.numbers.number_tokens import find_atoms
from mailbot.understanding.register_lookup.slips import edit_distance, max_edit_distance
from mailbot.understanding.text.folding import fold

MAX_HOUSES = 60
"""Numbers of a part that are asked whether they are a house: a longer list is a table, and no address."""

_B = r"\s{0,20}"  # blanks; more of them where a numeral in words has become digits
_HOUSE = re.compile(
    r"(?<![\w/:-])(?<!\d[.,])(?P<house>\d{1,3}(?:/\d{1,3})?(?:\s?-?[а-е](?![а-я]))?)"
    rf"(?:{_B},?{_B}(?:корпус|корп|к)\b\.?\s?(?P<block>\d{{1,2}}))?"
    rf"(?:{_B},?{_B}(?:квартира|квартире|квартиры|кв-ра|кв|[-–—/,])(?![а-я])\.?\s?№?{_B}(?P<flat>\d{{1,4}}[а-г]?))?(?![\w:]|[.,]\d)"
)
_BEFORE = re.compile(
    rf"(?P<words>(?:\d{{1,2}}{_B})?[а-я][а-я-]+(?:\s[а-я][а-я-]+)?(?P<cut>\.)?)[\s,.]{{0,20}}(?:\bд(?:ом\w{{0,2}})?\b\.?\s?№?{_B})?$"
)
_ENDING = re.compile(r"(?<=[а-я]{4})(?:ая|ой|ую|яя|ей|юю|ои|ай)$")
_LOOKED = 60
"""Characters before a house in which its street is looked for."""


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """Characters `start`..`end` name a place of the register; `exact` where they do so without a slip."""

    start: int
    end: int
    street: str
    house: str
    flat: str
    exact: bool = True

    @property
    def key(self) -> str:
        """As `address_key` has it."""
        return f"{self.street}|{self.house}|{self.flat}"


def find_places(text: str, register: Register) -> Iterator[RegisterPlace]:
    """Every place of a text whose street and house the register knows, in order."""
    if not register.streets:
        return
    folded = fold(in_digits(text))
    for nth, match in enumerate(_HOUSE.finditer(folded)):
        if nth == MAX_HOUSES:
            return
        before = _BEFORE.search(folded, max(0, match.start() - _LOOKED), match.start())
        if before is None:
            continue
        house = re.sub(r"[\s-]", "", match["house"]) + (f"к{match['block']}" if match["block"] else "")
        street_match = _street(before["words"], bool(before["cut"]), house, register)
        if street_match is not None:
            street, width, exact = street_match
            start = before.end("words") - width
            yield RegisterPlace(
                start, _to_the_end(match.end(), text), street, house, match["flat"] or "", exact
            )


def _to_the_end(end: int, text: str) -> int:
    """The end of the numeral in words whose digits end there."""
    return next((atom.end for atom in find_atoms(fold(text)) if atom.start < end <= atom.end), end)


def in_digits(text: str) -> str:
    """The text with every numeral in words as digits, blanks behind them: «дом восемь» is «дом 8     »."""
    pieces, at = [], 0
    for atom in find_atoms(fold(text)):
        if atom.words and len(atom.digits) <= atom.end - atom.start:
            pieces += [text[at : atom.start], atom.digits.ljust(atom.end - atom.start)]
            at = atom.end
    return "".join((*pieces, text[at:]))


def place_of(address: str, register: Register) -> RegisterPlace | None:
    """The place of an address that was found in a letter; None where the register has no such house."""
    street, _, rest = address_key(address).partition("|")
    house, _, flat = rest.partition("|")
    if not street or not house:
        return None
    known = nearest_street(street, register.streets)
    if known is None or not register.has_house(known, house):
        return None
    return RegisterPlace(0, len(address), known, house, flat, known == street)


def _street(words: str, cut: bool, house: str, register: Register) -> tuple[str, int, bool] | None:
    """The street, how many characters of the words name it, and whether exactly; the longer name first."""
    pieces = list(re.finditer(r"[^\s.]+", words))
    for first in range(max(0, len(pieces) - 3), len(pieces)):
        name = _ENDING.sub("", " ".join(piece[0] for piece in pieces[first:]))
        street = _abbreviated(name, register.streets) if cut else None
        street = street or nearest_street(name, register.streets)
        if street is not None and register.has_house(street, house):
            return street, len(words) - pieces[first].start(), street == name
    return None


def _abbreviated(name: str, streets: tuple[str, ...]) -> str | None:
    """«строит.» is the one street that begins so."""
    beginning_alike = [street for street in streets if street.startswith(name)] if len(name) >= 3 else []
    return beginning_alike[0] if len(beginning_alike) == 1 else None


@lru_cache(maxsize=4_096)
def nearest_street(name: str, streets: tuple[str, ...]) -> str | None:
    """The street of that name, else the only one that few slips lead to; None where none or several do."""
    if name in streets:
        return name
    most = max_edit_distance(name)
    near = [
        (edit_distance(name, street, most), street) for street in streets if most and street[0] == name[0]
    ]
    near = sorted(candidate for candidate in near if candidate[0] <= most)
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]
