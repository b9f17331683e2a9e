"""How much room a workbook in Office Open XML takes when it is laid out, measured before anything lays it out."""

from __future__ import annotations

import re

from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    ParsingBudget,
    UnreadableFileError,
)
from mailbot.parsing.documents.text_documents.xml_events import Attributes, walk
from mailbot.parsing.limits.file_limits import CELLS, RECTANGLE, REPEATED_CHARACTERS

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PROMISES = ("count", "uniqueCount")
_MAX_PROMISED = 4 * CELLS


class SheetSizeCounter:
    """Counts cells, rectangles and shared texts over all parts of a workbook; the shared texts come first."""

    def __init__(self, allowance: ParsingBudget) -> None:
        self._allowance = allowance
        self._shared: list[int] = []
        self._cells = self._characters = 0
        self._row = self._column = self._last_row = self._last_column = 0
        self._index: list[str] | None = None
        self._is_shared = self._in_shared = False

    def part(self, content: bytes) -> None:
        """Raises FileTooLargeError where cells lie too far apart or are too many, UnreadableFileError for ruins."""
        self._row = self._column = self._last_row = self._last_column = 0
        walk(content, self._allowance, self._started, self._ended, self._said)

    def _started(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._row, self._column = _number(attributes.get("r"), self._row + 1), 0
        elif name == "c":
            self._cell(attributes)
        elif name == "v" and self._is_shared:
            self._index = []
        elif name == "si":
            self._shared.append(0)
            self._in_shared = True
        elif any(_number(attributes.get(key), 0) > _MAX_PROMISED for key in _PROMISES):
            raise FileTooLargeError  # room is made for as many as are promised

    def _cell(self, attributes: Attributes) -> None:
        self._cells += 1
        self._is_shared = attributes.get("t") == "s"
        self._column, self._row = _place(attributes.get("r"), self._column + 1, self._row)
        self._last_row = max(self._last_row, self._row)
        self._last_column = max(self._last_column, self._column)
        if self._cells > CELLS or self._last_row * self._last_column > RECTANGLE:
            raise FileTooLargeError

    def _said(self, text: str) -> None:
        if self._in_shared:
            self._shared[-1] += len(text)
        elif self._index is not None:
            self._index.append(text)

    def _ended(self, name: str) -> None:
        if name == "si":
            self._in_shared = False
        elif name == "v" and self._index is not None:
            index = "".join(self._index).strip()
            self._index = None
            if index.isdecimal() and len(index) < 10 and int(index) < len(self._shared):
                self._characters += self._shared[int(index)]
            if self._characters > REPEATED_CHARACTERS:
                raise FileTooLargeError


def _number(written: str | None, otherwise: int) -> int:
    if written is None:
        return otherwise
    if not (written.isascii() and written.isdecimal()):
        raise UnreadableFileError
    if len(written) > 9:
        raise FileTooLargeError
    return int(written)


def _place(reference: str | None, next_column: int, row: int) -> tuple[int, int]:
    if reference is None:
        return next_column, row
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise UnreadableFileError
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(match[2])
