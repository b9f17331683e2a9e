"""Rows of tables that name an account or a meter of the register: what stands in the cells says what the columns are.

No heading is asked: an account is one that the register holds, and the column of new values is the one in which the dials
of its rows show a little more than they showed last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from mailbot.model import Reading, Resource, Span
from mailbot.model.ledger.register import Register, RegisterMeter
from mailbot.model.written_forms.number import number_key
from mailbot.understanding.dial_values.confidence import GUESSED
from mailbot.understanding.dial_values.plausible_next_value import shows_next
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.register_lookup.account_notations import AccountNotation, account_of
from mailbot.understanding.tables.cells import TextTableCell, TextTableRow, rows

MIN_ACCOUNTS = 2
"""Cells of one column that are accounts of the register: then the column is one of accounts."""

_MIN_DIGITS = 4
_NUMBER = re.compile(
    r"\s*(?:[^\d\n]{1,12}[=:]\s?)?"
    r"(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d{1,6})?|\d{1,9}(?:[.,]\d{1,6})?)"
    r"\s?(?:[^\W\d_][\w³/·*.-]{0,7})?\s?\*{0,3}\s*"
)
_CODE = re.compile(r"[\w/.-]+$")


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the register's: `dials` are those that its values may belong to; `metered`: it names the meter itself."""

    account: str
    dials: tuple[RegisterMeter, ...]
    metered: bool
    values: Mapping[int, _Value]
    """By the number of the column."""


def account_cells(part: ReadPart, register: Register) -> Iterator[AccountNotation]:
    """The accounts in a column of accounts, which need no other word to be one."""
    for block in _blocks(part):
        cells = [(at, cell) for row in block for at, cell in enumerate(row.cells)]
        for _, column in groupby(sorted(cells, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            notations = [notation for _, cell in column if (notation := _account_in(cell, register))]
            if len({notation.account for notation in notations}) >= MIN_ACCOUNTS:
                yield from notations


def readings_of_rows(read: Iterable[ReadPart], register: Register) -> tuple[Reading, ...]:
    """The values of all tables of a letter; none where any table leaves open which of its columns they stand in."""
    of_rows: list[Reading] = []
    if not register.dials:
        return ()
    for part in read:
        for block in _blocks(part):
            lines = [line for row in block if (line := _line(row, register)) and line.values]
            readings = _readings(lines, part.part)
            if readings is None:
                return ()
            of_rows += readings
    return tuple(of_rows)


def _blocks(part: ReadPart) -> Iterator[list[TextTableRow]]:
    """Rows of as many cells, one below the other, in the writer's own words."""
    block: list[TextTableRow] = []
    for row in rows(part.text):
        if part.seen.is_quoted(row.start):
            continue
        if block and (len(row.cells) != len(block[-1].cells) or row.start > block[-1].end + 2):
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _account_in(cell: TextTableCell, register: Register) -> AccountNotation | None:
    written = cell.text.strip().removesuffix(".0")
    long = sum(sign.isdecimal() for sign in written) >= _MIN_DIGITS
    account = account_of(written, register) if long else None
    start = cell.start + len(cell.text) - len(cell.text.lstrip())
    return None if account is None else AccountNotation(start, start + len(written), account, labelled=True)


def _line(row: TextTableRow, register: Register) -> _Line | None:
    named = {at: notation for at, cell in enumerate(row.cells) if (notation := _account_in(cell, register))}
    meters = {at: many for at, cell in enumerate(row.cells) if (many := _meter_in(cell, register))}
    values = _behind(max((*named, *meters), default=0), row)
    accounts = {notation.account for notation in named.values()}
    dials = {
        (account, dial.serial): (account, dial)
        for many in meters.values()
        for account, dial in many
        if not accounts or account in accounts
    }
    if len(dials) == 1:
        account, dial = next(iter(dials.values()))
        return _Line(account, (dial,), metered=True, values=values)
    if len(accounts) == 1:
        account = accounts.pop()
        return _Line(account, register.dials.get(account, ()), metered=False, values=values)
    return None


def _behind(key: int, row: TextTableRow) -> dict[int, _Value]:
    """The numbers behind the account and the serial; what stands before them is the number of a row or a room."""
    numbers = {at: value for at, cell in enumerate(row.cells) if (value := _value_in(cell))}
    return {at: value for at, value in numbers.items() if at > key} or {
        at: value for at, value in numbers.items() if at < key
    }


def _meter_in(cell: TextTableCell, register: Register) -> list[tuple[str, RegisterMeter]]:
    """The dials whose serial is the cell, or its last word («ТЭСМА 5518»)."""
    last = _CODE.search(cell.text.strip())
    keys = {number_key(cell.text.strip()), number_key(last[0])} if last else set()
    return [
        (account, dial)
        for key in sorted(keys)
        if len(key) >= _MIN_DIGITS
        for account in register.named(register.serials, key)
        for dial in register.dials.get(account, ())
        if number_key(dial.serial) == key
    ]


def _value_in(cell: TextTableCell) -> _Value | None:
    match = _NUMBER.fullmatch(cell.text)
    if match is None:
        return None
    start, end = match.span("number")
    written = re.sub(r"\s", "", match["number"]).replace(",", ".")
    return _Value(cell.start + start, cell.start + end, Decimal(written))


def _readings(lines: Sequence[_Line], part: str) -> list[Reading] | None:
    """The values of a table's rows; None where it is not certain which they are."""
    fits = _fits(lines)
    newest = {resource: max(found, key=lambda at: found[at]) for resource, found in fits.items() if found}
    chosen = set(newest.values())
    if any(_outgrown(lines, column, chosen) for column in chosen):
        return None
    readings = []
    for line in lines:
        for column in sorted(chosen & line.values.keys()):
            shown = [dial for dial in line.dials if newest.get(dial.resource) == column]
            many = max((fits[dial.resource][column] for dial in shown), default=None)
            dials = [
                dial
                for dial in shown
                if fits[dial.resource][column] == many and shows_next(line.values[column].value, dial)
            ]
            if shown and len(dials) != 1:
                return None
            readings += [_reading(line, dial, line.values[column], part) for dial in dials]
    return readings


def _fits(lines: Sequence[_Line]) -> dict[Resource, dict[int, tuple[int, Decimal]]]:
    """For every resource and column in how many rows it shows what a dial of it shows next, and the sum of these values:
    the newest column is the one with most of them; of several the one of larger values."""
    found: dict[Resource, dict[int, tuple[int, Decimal]]] = {}
    for line in lines:
        for at, value in line.values.items():
            for resource in {dial.resource for dial in line.dials if shows_next(value.value, dial)}:
                columns = found.setdefault(resource, {})
                count, total = columns.get(at, (0, Decimal(0)))
                columns[at] = count + 1, total + value.value
    return found


def _outgrown(lines: Sequence[_Line], column: int, chosen: set[int]) -> bool:
    """Is there a column whose values are mostly larger, which may be the new ones?"""
    others = {at for line in lines for at in line.values} - chosen
    both = {
        at: [
            line.values[at].value > line.values[column].value
            for line in lines
            if column in line.values and at in line.values
        ]
        for at in others
    }
    return any(larger and sum(larger) * 2 >= len(larger) for larger in both.values())


def _reading(line: _Line, dial: RegisterMeter, value: _Value, part: str) -> Reading:
    return Reading(
        value=value.value,
        account=line.account,
        meter=dial.serial if line.metered else None,
        resource=dial.resource,
        unit=dial.unit,
        spans=(Span(part, value.start, value.end),),
        confidence=GUESSED,
    )
