"""What a table calls the thing that a row's reading was taken of: «СОШ № 1», «мастерская», under a heading that says so.

Such a cell names something and wants nothing, whatever its words. A remark has a column of its own, and is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from mailbot.understanding.completeness.closed_list_proof import WORD
from mailbot.understanding.tables.cells import TextTableCell, TextTableRow, rows
from mailbot.understanding.text.morphology import is_finite_verb

_OBJECT = re.compile(
    r"(?i)\s*(?:учрежден|объект|наименован|назван|адрес|улиц|мест|помещен|здани|корпус|строени|потребител|абонент"
    r"|прибор|сч[её]тчик|вычислител|ресурс|услуг|вид|тип|№|n\b)"
)
_COLUMNS = re.compile(
    r"(?i)показан|текущ|накоп|стало|конец|нараст|значени|пред|ед(?:\.|\b|иниц)|расход|ресурс|прибор|договор|дата"
)
_MAX_WORDS = 6
_MIN_COLUMNS = 3


def object_cells(
    text: str, values: Iterable[tuple[int, int]], grave: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    """Where (start, end) a part names objects: cells of rows that hold one of `values`, and the headings over them.

    A cell with a verb, or one that is `grave`, says more than a name: «бойлерная, стоит с мая».
    """
    taken = tuple(values)
    heading: TextTableRow | None = None
    told = False
    for row in rows(text) if taken else ():
        if _is_heading(row):
            heading, told = row, False
        elif heading is not None and any(row.start <= start and end <= row.end for start, end in taken):
            if not told:
                yield heading.start, heading.end
                told = True
            yield from _named(row, heading, grave)


def _is_heading(row: TextTableRow) -> bool:
    named = [cell for cell in row.cells if _OBJECT.match(cell.text) or _COLUMNS.search(cell.text)]
    whole = [cell for cell in row.cells if cell.text.strip()]
    return len(whole) >= _MIN_COLUMNS and len(named) * 2 >= len(whole) and bool(_OBJECT.match(named[0].text))


def _named(
    row: TextTableRow, heading: TextTableRow, grave: Callable[[str], bool]
) -> Iterator[tuple[int, int]]:
    if len(heading.cells) != len(row.cells):
        return
    for head, cell in zip(heading.cells, row.cells, strict=True):
        if _OBJECT.match(head.text) and _is_name(cell, grave):
            yield cell.start, cell.start + len(cell.text)


def _is_name(cell: TextTableCell, grave: Callable[[str], bool]) -> bool:
    words = [match.group() for match in WORD.finditer(cell.text)]
    return (
        len(words) <= _MAX_WORDS
        and not grave(cell.text)
        and not any(is_finite_verb(word.lower()) for word in words)
    )
