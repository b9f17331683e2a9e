"""The register that a company would have for a marked letter: most of its numbers, not all, among a crowd of others'.

A model that learns beside it learns to use a register and to do without: of each three letters one has none, and of the
rest a third of what is marked is left out. Chance is fixed by the letter, so that training gives the same bytes again.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from random import Random

from mailbot.model import Resource, Unit
from mailbot.model.ledger.register import EMPTY, Register, RegisterColumns, RegisterMeter, build_register
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.services.training.material.marked_letters import MarkedLetter

WITHOUT, LEFT_OUT = 1 / 3, 1 / 3
DECOYS = 12
BY_CHANCE = 0.03
"""How often a number that is none is yet an account of somebody else's."""

_RESOURCES = {str(resource): resource for resource in Resource}
_UNITS = {str(unit): unit for unit in Unit}
"""As the marks name them; «?» where the letter does not say."""

_LONG = re.compile(r"(?<!\d)\d{5,8}(?!\d)")


def marked_register(letter: MarkedLetter) -> Register:
    """What `understand` would have in hand over the letter."""
    chance = Random(zlib.crc32(letter.place.rpartition("/")[2].encode()))
    if chance.random() < WITHOUT:
        return EMPTY
    kept = {
        role: [value for value in _marked(letter, role) if chance.random() >= LEFT_OUT]
        for role in ("account", "serial", "phone")
    }
    strangers = [number for number in _LONG.findall(letter.body) if chance.random() < BY_CHANCE]
    decoys = [_decoy(account, chance) for account in (kept["account"] or ["4402150"]) for _ in range(DECOYS)]
    numbers = list(dict.fromkeys((*kept["account"], *strangers, *decoys)))
    columns = RegisterColumns(
        ((number, "", "", row) for row, number in enumerate(numbers)),
        ((numbers[at % len(numbers)], serial) for at, serial in enumerate(kept["serial"])),
        ((0, normalize_phone(phone)) for phone in kept["phone"]),
    )
    register = build_register("", columns)
    own = (kept["account"] or numbers)[:1]
    dials = tuple(_dials(letter, chance))
    return replace(register, dials={own[0]: dials})


def _marked(letter: MarkedLetter, role: str) -> Iterator[str]:
    for text, marks in ((letter.subject, letter.in_subject), (letter.body, letter.in_body)):
        for mark in marks:
            if mark.role == role:
                yield mark.digits or text[mark.start : mark.end]


def _decoy(number: str, chance: Random) -> str:
    """Somebody else's number of the same shape."""
    return "".join(chance.choice("0123456789") if sign.isdecimal() else sign for sign in number)


def _dials(letter: MarkedLetter, chance: Random) -> Iterator[RegisterMeter]:
    """A dial for most values, that showed last what the letter says was before, else a little less; and a stranger's."""
    before = [value for figure in _marked(letter, "before") if (value := _value(figure)) is not None]
    for mark in letter.in_body:
        if mark.role != "value" or chance.random() < LEFT_OUT:
            continue
        value = _value(mark.digits or letter.body[mark.start : mark.end])
        if value is not None:
            resource = _RESOURCES.get(mark.resource, Resource.HEATING)
            yield RegisterMeter("", resource, _UNITS.get(mark.unit, Unit.M3), _last(value, before, chance))
    yield RegisterMeter("", Resource.HOT_WATER, Unit.M3, Decimal(chance.randrange(20, 2_000)))


def _last(value: Decimal, before: list[Decimal], chance: Random) -> Decimal:
    fitting = [dial for dial in before if value * Decimal("0.7") <= dial < value]
    if fitting:
        return fitting[0]
    places = Decimal(1).scaleb(int(value.as_tuple().exponent))
    grown = max(value * Decimal(chance.randrange(5, 40)) / 1000, places * chance.randrange(1, 8))
    return max(Decimal(0), value - grown).quantize(places)


def _value(written: str) -> Decimal | None:
    try:
        number = Decimal("".join(written.split()).replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 12 else None
