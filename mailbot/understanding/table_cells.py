"""Rows and cells of a table as letters and sheets show it: tabs, bars, semicolons, or wide blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WIDE_CELL = re.compile(r"[^\s\0]+(?: [^\s\0]+)*")
_RULER = re.compile(r"[\s|+:=-]*")
_MOST_CELLS = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a cell, which begins at `start` of the part."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Characters `start`..`end` of the part and the two or more cells they hold."""

    start: int
    end: int
    cells: tuple[Cell, ...]


def rows(text: str) -> Iterator[Row]:
    """Every line of `text` that has cells, rulers («|---|---|») left out."""
    start = 0
    for line in text.split("\n"):
        cells = _cells(start, line) if line and not _RULER.fullmatch(line) else ()
        if 2 <= len(cells) <= _MOST_CELLS:
            yield Row(start, start + len(line), cells)
        start += len(line) + 1


def _cells(start: int, line: str) -> tuple[Cell, ...]:
    """Cells between tabs, bars or semicolons; an empty cell keeps its place."""
    if not ("\t" in line or "|" in line or line.count(";") > 1):
        found = tuple(Cell(start + match.start(), match.group()) for match in _WIDE_CELL.finditer(line))
        return found if len(found) >= 3 and re.search(r"[ \0]{2}", line.strip(" \0")) else ()
    mark = "\t" if "\t" in line else "|" if "|" in line else ";"
    cells = []
    position = 0
    for piece in line.split(mark):
        cells.append(Cell(start + position, piece))
        position += len(piece) + 1
    bounded = mark == "|" and line.strip().startswith("|") and len(cells) > 2
    return tuple(cells[1:-1] if bounded else cells)
