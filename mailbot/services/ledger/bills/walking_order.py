"""The order in which bills are carried out: street by street, house by house, flat by flat, as numbers go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.model.written_forms.address import address_key

_NUMBER = re.compile(r"(\d+)(.*)", re.DOTALL)
_LAST = 10**9
"""Behind every number: what has none comes last."""

Rank = tuple[int, str]


@dataclass(frozen=True, slots=True)
class DeliveryStop:
    """Where a bill is put into a box. `house` is the address without the flat, as the register writes it."""

    account: str
    address: str
    house: str


@dataclass(frozen=True, slots=True)
class _Place:
    street: str
    house: Rank
    flat: Rank


def sort_by_route(addresses: Iterable[tuple[str, str]]) -> tuple[DeliveryStop, ...]:
    """The stops of these (account, address): house 2 before house 10, flat 9 before flat 12.

    Addresses that cannot be taken apart come last, by their letters: a person sorts them.
    """
    placed = [
        (_place(address), DeliveryStop(number, address, _house(address))) for number, address in addresses
    ]
    placed.sort(
        key=lambda stop: (stop[0].street, stop[0].house, stop[0].flat, stop[1].address, stop[1].account)
    )
    return tuple(stop for _, stop in placed)


def count_by_house(stops: Iterable[DeliveryStop]) -> tuple[tuple[str, int], ...]:
    """(house, how many bills), in the order of the walk; however its address was written, a house stands once."""
    counts: dict[str, tuple[str, int]] = {}
    for stop in stops:
        key = address_key(stop.address).rpartition("|")[0] or stop.house
        name, count = counts.get(key, (stop.house, 0))
        counts[key] = (name, count + 1)
    return tuple(counts.values())


def _place(address: str) -> _Place:
    street, house, flat = (address_key(address) or "\uffff||").split("|")
    return _Place(street, _rank(house), _rank(flat))


def _rank(written: str) -> Rank:
    match = _NUMBER.match(written)
    return (int(match[1]), match[2]) if match else (_LAST, written)


def _house(address: str) -> str:
    """The address up to the flat; whole where no flat is told."""
    flat = address_key(address).rpartition("|")[2]
    if not flat:
        return address
    room = r"(?:(?:кв(?:артира)?|оф(?:ис)?|пом(?:ещение)?|ком(?:ната)?)\b\.?)?"
    ending = re.compile(rf"[\s,–—-]*{room}\s*[№:–-]?\s*{re.escape(flat)}[\s,.;]*$", re.IGNORECASE)
    return ending.sub("", address)
