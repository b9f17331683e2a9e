"""What the company knows of its clients, as a dictionary to read letters by: compiled once a register's version.

Keys lie in arrays, not in objects: a hundred thousand accounts take some twenty megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mailbot.model.facts import Resource, Unit
from mailbot.model.surname import surname_stem
from mailbot.model.written_number import number_key

Keys = NDArray[np.bytes_]
Rows = NDArray[np.int32]
T = TypeVar("T", NDArray[np.bytes_], NDArray[np.int32])


@dataclass(frozen=True, slots=True)
class Index:
    """Keys in order, each with the row of the register it leads to; a key stands once for each of its rows."""

    keys: Keys
    rows: Rows

    def of(self, key: str) -> tuple[int, ...]:
        """The rows of a key, in the order of the register."""
        wanted = key.encode()
        if not wanted or len(wanted) > self.keys.itemsize:
            return ()
        first = int(np.searchsorted(self.keys, np.bytes_(wanted)))
        if first == len(self.keys) or self.keys[first] != wanted:
            return ()
        last = int(np.searchsorted(self.keys, np.bytes_(wanted), "right"))
        return tuple(int(row) for row in self.rows[first:last])

    def __contains__(self, key: str) -> bool:
        return bool(self.of(key))


@dataclass(frozen=True, slots=True)
class Dial:
    """A meter that hangs on its pipe, and the newest value that stands for it; None where there is none yet."""

    serial: str
    resource: Resource
    unit: Unit
    last: Decimal | None


@dataclass(frozen=True, slots=True)
class Register:
    """All accounts by row: `numbers` as the register writes them, `places` by `address_key`.

    `accounts`, `serials` by `number_key`, `phones` by `normal_phone`, `emails` in lower case, `addresses` by
    `address_key`, `surnames` by `surname_stem`. `dials` are those of the accounts that the letter in hand may mean:
    last values change daily and are looked up for each letter.
    """

    version: str
    numbers: Keys
    places: Keys
    accounts: Index
    serials: Index
    phones: Index
    emails: Index
    addresses: Index
    surnames: Index
    streets: tuple[str, ...]
    dials: Mapping[str, tuple[Dial, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(len(self.numbers))

    def number(self, row: int) -> str:
        """The account of a row as the register writes it."""
        return bytes(self.numbers[row]).decode()

    def place(self, row: int) -> str:
        """Street, house and flat of a row, as `address_key` has them."""
        return bytes(self.places[row]).decode()

    def has_house(self, street: str, house: str) -> bool:
        """Is there an account in that house of that street?"""
        wanted = f"{street}|{house}|".encode()
        keys = self.addresses.keys
        at = int(np.searchsorted(keys, np.bytes_(wanted))) if len(wanted) <= keys.itemsize else len(keys)
        return at < len(keys) and bytes(keys[at]).startswith(wanted)

    def named(self, index: Index, key: str) -> tuple[str, ...]:
        """The accounts that a key of one of the indexes leads to, each once."""
        return tuple(dict.fromkeys(self.number(row) for row in index.of(key)))


@dataclass(frozen=True, slots=True)
class Columns:
    """The register as it is read: of each account number, client's name, `address_key`, and whose it is; and what leads
    to an account (its serials) or to a client (telephones, e-mails), as pairs."""

    accounts: Iterable[tuple[str, str, str, int]]
    serials: Iterable[tuple[str, str]] = ()
    phones: Iterable[tuple[int, str]] = ()
    emails: Iterable[tuple[int, str]] = ()


def compiled(version: str, columns: Columns) -> Register:
    """The register ready to be asked."""
    held = list(columns.accounts)
    row_of = {number: row for row, (number, _, _, _) in enumerate(held)}
    of_client: dict[int, list[int]] = {}
    for row, one in enumerate(held):
        of_client.setdefault(one[3], []).append(row)
    places = [place for _, _, place, _ in held]
    streets = {place.partition("|")[0] for place in places}
    return Register(
        version,
        _array(number.encode() for number, _, _, _ in held),
        _array(place.encode() for place in places),
        _index((number_key(number), row) for row, (number, _, _, _) in enumerate(held)),
        _index(
            (number_key(serial), row_of[number]) for number, serial in columns.serials if number in row_of
        ),
        _index((phone, row) for client, phone in columns.phones for row in of_client.get(client, ())),
        _index((email, row) for client, email in columns.emails for row in of_client.get(client, ())),
        _index((place, row) for row, place in enumerate(places) if place),
        _index((stem, row) for row, (_, name, _, _) in enumerate(held) if (stem := _surname_of(name))),
        tuple(sorted(streets - {""})),
    )


def _surname_of(name: str) -> str:
    """The register writes the surname first; a single word may be a first name, which proves nothing."""
    first, _, rest = name.strip().partition(" ")
    return surname_stem(first) if rest and len(first) > 2 else ""


def _index(pairs: Iterable[tuple[str, int]]) -> Index:
    found = sorted((key.encode(), row) for key, row in pairs)
    rows = np.array([row for _, row in found], dtype=np.int32)
    return Index(_array(key for key, _ in found), _still(rows))


def _array(words: Iterable[bytes]) -> Keys:
    found = list(words)
    return _still(np.array(found or [b""], dtype=np.bytes_)[: len(found)])


def _still(array: T) -> T:
    array.setflags(write=False)
    return array


EMPTY = compiled("", Columns(()))
"""No register is in hand: nothing is known, and nothing is unknown either."""
