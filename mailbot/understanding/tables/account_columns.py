"""Accounts in a table: a heading cell names the column, or a cell of its own stands before the number."""

from __future__ import annotations

import re

from mailbot.understanding.tables.cells import TextTableCell, TextTableRow, rows
from mailbot.understanding.text.marked_spans import TextMatch

_HEADING = re.compile(
    r"\s*(?:№\s*|номер\s+)?(?:лиц(?:ев\w*|\.)?\s*(?:сч(?:[её]т\w*|\.)?)?|л\s?[/.]\s?с(?:ч[её]т\w*|ч?\.)?|лс"
    r"|сч[её]т\s+абонента|аб(?:онент\w*|\.)\s*(?:№|номер)|код\s+(?:абонента|плательщика))"
    r"[\s№:.()а-яё/]{0,24}",
    re.IGNORECASE,
)
# spreadsheets turn whole numbers into «440215.0»
_NUMBER = re.compile(r"\s*№?\s*(?P<number>\d{4,12})(?:\.0)?\s*")


def find_account_columns(text: str) -> tuple[TextMatch, ...]:
    """Accounts of every row below a heading that names their column, in the order of the text."""
    matches: list[TextMatch] = []
    column: int | None = None
    last = -2
    for row in rows(text):
        follows = row.start <= last + 2
        named = _named(row)
        if named is not None:
            column, last = named, row.end
        elif column is not None and follows and column < len(row.cells):
            last = row.end
            if mark := _account(row.cells[column]):
                matches.append(mark)
        else:
            column = None
    return tuple(matches)


def _named(row: TextTableRow) -> int | None:
    """The column of accounts where the row is a heading: no cell of it holds a number."""
    if any(re.search(r"\d{3,}", cell.text) for cell in row.cells):
        return None
    return next((at for at, cell in enumerate(row.cells) if _HEADING.fullmatch(cell.text)), None)


def _account(cell: TextTableCell) -> TextMatch | None:
    match = _NUMBER.fullmatch(cell.text)
    if match is None:
        return None
    start, end = match.span("number")
    return TextMatch(cell.start + start, cell.start + end, match["number"], 0.95)
