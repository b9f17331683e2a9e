"""Columns of a page that was laid out with blanks: stretches of lines with a common empty corridor are tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_ANY_GAP = re.compile(r"(?<=\S) +(?=\S)")
_WIDE = 2
"""Blanks that part two columns."""

_EVEN = 3
"""Gaps from which on a line of equal ones is justified text, no row."""


def rows(page: str) -> Iterator[tuple[str, ...]]:
    """The lines of a page, each as its cells; a line of prose is one cell."""
    lines = [line.rstrip() for line in page.expandtabs(4).split("\n") if line.strip()]
    for tabular, group in groupby(lines, key=_is_tabular):
        stretch = list(group)
        yield from _table(stretch) if tabular else ((_joined(line),) for line in stretch)


def _is_tabular(line: str) -> bool:
    if not _GAP.search(line.strip()):
        return False
    gaps = {len(gap) for gap in _ANY_GAP.findall(line.strip())}
    count = len(_ANY_GAP.findall(line.strip()))
    return not (count >= _EVEN and max(gaps) - min(gaps) <= 1 and max(gaps) <= 4)


def _joined(line: str) -> str:
    return re.sub(r" +", " ", line.strip())


def _table(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Cells between the corridors that all lines leave free; a line that has none of them by its own gaps."""
    width = max(map(len, lines))
    free = [all(at >= len(line) or line[at] == " " for line in lines) for at in range(width)]
    edges = [0, *_ends(free), width]
    columns = [(start, end) for start, end in pairwise(edges) if end > start]
    for line in lines:
        cells = tuple(_joined(line[start:end]) for start, end in columns)
        if len(lines) == 1 or sum(map(bool, cells)) < 2 <= len(_GAP.findall(line)) + 1:
            cells = tuple(_joined(cell) for cell in _GAP.split(line.strip()))
        yield cells


def _ends(free: list[bool]) -> Iterator[int]:
    """Where each corridor ends and the next column begins; the left margin is none."""
    run, begun = 0, False
    for at, empty in enumerate(free):
        if empty:
            run += 1
            continue
        if run >= _WIDE and begun:
            yield at
        begun, run = True, 0
