"""What the company knows of its clients, as a dictionary to read letters by: compiled once a register's version.

Keys lie in arrays, not in objects: a hundred thousand accounts take some twenty megabytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mailbot.model.resource import Resource, Unit
from mailbot.model.written_forms.number import number_key
from mailbot.model.written_forms.surname import surname_stem

Keys = NDArray[np.bytes_]
Rows = NDArray[np.int32]
T = TypeVar("T", NDArray[np.bytes_], NDArray[np.int32])


@dataclass(frozen=True, slots=True)
class RegisterIndex:
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
class RegisterMeter:
    """A meter that hangs on its pipe, and the newest value that stands for it; None where there is none yet."""

    serial: str
    resource: Resource
    unit: Unit
    last: Decimal | None


@dataclass(frozen=True, slots=True)
class Register:
    """All accounts by row: `numbers` as the register writes them, `places` by `address_key`.

    `accounts`, `serials` by `number_key`, `phones` by `normal_phone`, `emails` in lower case, `addresses` by
    `address_key`, `surnames` by `surname_stem`. `dials` and `clients` (their names) are those of the accounts that
    the letter in hand may mean: last values change daily, names are long, and both are looked up for each letter.
    """

    version: str
    numbers: Keys
    places: Keys
    accounts: RegisterIndex
    serials: RegisterIndex
    phones: RegisterIndex
    emails: RegisterIndex
    addresses: RegisterIndex
    surnames: RegisterIndex
    streets: tuple[str, ...]
    dials: Mapping[str, tuple[RegisterMeter, ...]] = field(default_factory=dict)
    clients: Mapping[str, str] = field(default_factory=dict)

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

    def named(self, index: RegisterIndex, key: str) -> tuple[str, ...]:
        """The accounts that a key of one of the indexes leads to, each once."""
        return tuple(dict.fromkeys(self.number(row) for row in index.of(key)))


@dataclass(frozen=True, slots=True)
class RegisterColumns:
    """The register as it is read: of each account number, client's name, `address_key`, and whose it is; and what leads
    to an account (its serials) or to a client (telephones, e-mails), as pairs."""

    accounts: Iterable[tuple[str, str, str, int]]
    serials: Iterable[tuple[str, str]] = ()
    phones: Iterable[tuple[int, str]] = ()
    emails: Iterable[tuple[int, str]] = ()


def build_register(version: str, columns: RegisterColumns) -> Register:
    """The register ready to be asked."""
    numbers, names, places, owners = _by_column(columns.accounts)
    row_of = dict(zip(numbers, range(len(numbers)), strict=True))
    of_client: dict[int, list[int]] = {}
    for row, owner in enumerate(owners):
        of_client.setdefault(owner, []).append(row)
    serials = [(number_key(serial), row_of[number]) for number, serial in columns.serials if number in row_of]
    stems = {first: surname_stem(first) for name in names if (first := _surname_of(name))}
    rows = range(len(numbers))
    return Register(
        version,
        _array(numbers),
        _array(places),
        _index([number_key(number) for number in numbers], rows),
        _index(*_by_column(serials, 2)),
        _index(*_of_clients(columns.phones, of_client)),
        _index(*_of_clients(columns.emails, of_client)),
        _index([place for place in places if place], [row for row in rows if places[row]]),
        _index(*_by_column([(stems[first], row) for row in rows if (first := _surname_of(names[row]))], 2)),
        tuple(sorted({place.partition("|")[0] for place in places} - {""})),
    )


def _by_column(rows: Iterable[tuple[Any, ...]], count: int = 4) -> tuple[list[Any], ...]:
    """The columns of a table as lists, so many of them; each empty where the table is."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return tuple(columns) if columns else tuple([] for _ in range(count))


def _of_clients(
    pairs: Iterable[tuple[int, str]], of_client: Mapping[int, list[int]]
) -> tuple[list[str], list[int]]:
    """Keys that lead to a client lead to each of their accounts."""
    pairs_of_rows = [(key, row) for client, key in pairs for row in of_client.get(client, ())]
    return [key for key, _ in pairs_of_rows], [row for _, row in pairs_of_rows]


def _surname_of(name: str) -> str:
    """The register writes the surname first; a single word may be a first name, which proves nothing."""
    first, _, rest = name.partition(" ")
    return first if rest and len(first) > 2 else ""


def _index(keys: Sequence[str], rows: Sequence[int]) -> RegisterIndex:
    order = sorted(range(len(keys)), key=keys.__getitem__)
    return RegisterIndex(
        _array([keys[at] for at in order]), _still(np.array([rows[at] for at in order], dtype=np.int32))
    )


def _array(words: Sequence[str]) -> Keys:
    encoded = [word.encode() for word in words]
    return _still(np.array(encoded or [b""], dtype=np.bytes_)[: len(encoded)])


def _still(array: T) -> T:
    array.setflags(write=False)
    return array


EMPTY = build_register("", RegisterColumns(()))
"""No register is in hand: nothing is known, and nothing is unknown either."""
