"""Rows and cells of a table as letters and sheets show it: tabs, bars, semicolons, or wide blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.understanding.tables.blank_aligned_columns import (
    TableHeading,
    cells_of,
    continues_table,
    head_of,
    with_units,
)

_WIDE_CELL = re.compile(r"[^\s\0]+(?: [^\s\0]+)*")
_RULER = re.compile(r"[\s|+:=-]*")
_MAX_CELLS = 60


@dataclass(frozen=True, slots=True)
class TextTableCell:
    """The text of a cell, which begins at `start` of the part."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class TextTableRow:
    """Characters `start`..`end` of the part and the two or more cells they hold."""

    start: int
    end: int
    cells: tuple[TextTableCell, ...]


_FRAMED = re.compile(r"^([ \t]*)\|(.*)\|([ \t]*)$", re.MULTILINE)
_MARKED = re.compile(r"\t|\||;[^;]*;")
_MAX_BETWEEN = 4  # lines without cells that a table of blanks survives: a title, a rule


def rows(text: str) -> Iterator[TextTableRow]:
    """Every line of `text` that has cells, rulers («|---|---|») left out."""
    lines = text.split("\n")
    start, at = 0, 0
    while at < len(lines):
        line = lines[at]
        if line and not _RULER.fullmatch(line):
            if _MARKED.search(line):
                if 2 <= len(cells := _cells(start, line)) <= _MAX_CELLS:
                    yield TextTableRow(start, start + len(line), cells)
            elif (head := head_of(line)) and (taken := _table_of_blanks(lines, at, start, head)):
                yield from taken[0]
                start += sum(len(line) + 1 for line in lines[at : taken[1]])
                at = taken[1]
                continue
            elif len(cells := _wide_cells(start, line)) >= 3:
                yield TextTableRow(start, start + len(line), cells[:_MAX_CELLS])
        start += len(line) + 1
        at += 1


def _table_of_blanks(
    lines: list[str], at: int, start: int, head: TableHeading
) -> tuple[list[TextTableRow], int] | None:
    """The rows under a heading whose columns only blanks tell apart, and the line behind them."""
    end = start + len(lines[at])
    units = with_units(head, lines[at + 1]) if at + 1 < len(lines) else None
    behind = at + (2 if units else 1)
    table_rows = [
        TextTableRow(start, end, tuple(TextTableCell(start, text) for text in (units or head).texts))
    ]
    position = end + 1 + (len(lines[at + 1]) + 1 if units else 0)
    since = 0
    for number in range(behind, len(lines)):
        line = lines[number]
        pieces = None if _MARKED.search(line) else cells_of(line, units or head)
        if pieces is not None:
            cells = tuple(
                TextTableCell(position + piece.start, line[piece.start : piece.end]) for piece in pieces
            )
            table_rows.append(TextTableRow(position, position + len(line), cells))
            behind, since = number + 1, 0
        elif head_of(line) or since >= _MAX_BETWEEN or not continues_table(line, head):
            break
        else:
            since += bool(line.strip())
        position += len(line) + 1
    return (table_rows, behind) if len(table_rows) > 1 else None


def without_frame(text: str) -> str:
    """The text with a blank for the bars left and right of every row of bars; same length."""
    return _FRAMED.sub(lambda row: row.expand(r"\1 \2 \3") if "|" in row[2] else row[0], text)


def _wide_cells(start: int, line: str) -> tuple[TextTableCell, ...]:
    if not re.search(r"[ \0]{2}", line.strip(" \0")):
        return ()
    return tuple(TextTableCell(start + match.start(), match.group()) for match in _WIDE_CELL.finditer(line))


def _cells(start: int, line: str) -> tuple[TextTableCell, ...]:
    """Cells between tabs, bars or semicolons; an empty cell keeps its place."""
    mark = "\t" if "\t" in line else "|" if "|" in line else ";"
    cells = []
    position = 0
    for piece in without_frame(line).split(mark):
        cells.append(TextTableCell(start + position, piece))
        position += len(piece) + 1
    return tuple(cells)
