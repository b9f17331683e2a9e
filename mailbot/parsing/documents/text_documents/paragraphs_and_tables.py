"""Paragraphs and tables of a text document, in the order in which they stand, as lines and rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice

from mailbot.parsing.documents.content.file_content import FileTooLargeError, WordCollector
from mailbot.parsing.limits.file_limits import COLUMNS
from mailbot.parsing.limits.letter_limits import TEXT_CHARACTERS

Block = str | tuple[str, ...]
"""A line, or the cells of a row."""

_MAX_REPEATED_LENGTH = 100


@dataclass(slots=True)
class _Cell:
    blocks: list[Block] = field(default_factory=list)
    span: int = 1
    repeated: bool = False

    def is_flat(self) -> bool:
        return all(isinstance(block, str) for block in self.blocks)

    def text(self) -> str:
        return " ".join(block for block in self.blocks if isinstance(block, str))

    def columns(self) -> tuple[str, ...]:
        """The text and the empty columns that the cell covers; a value that repeats stands in each."""
        text = self.text()
        beside = text if self.repeated and len(text) <= _MAX_REPEATED_LENGTH else ""
        return (text, *[beside] * (self.span - 1))


@dataclass(slots=True)
class DocumentLayout:
    """Takes the events of a document. Text outside of every cell goes straight to `words`."""

    words: WordCollector
    _paragraphs: list[list[str]] = field(default_factory=list)
    _rows: list[list[_Cell]] = field(default_factory=list)
    _cells: list[_Cell] = field(default_factory=list)
    _held: int = 0

    def begin_paragraph(self) -> None:
        self._paragraphs.append([])

    def say(self, text: str) -> None:
        """Words of the open paragraph, or of one of their own. Raises FileTooLargeError over the cap of text."""
        if not self._paragraphs:
            self._put(text)
            return
        self._held += len(text)
        if self._held > 4 * TEXT_CHARACTERS:
            raise FileTooLargeError
        self._paragraphs[-1].append(text)

    def end_paragraph(self) -> None:
        if self._paragraphs:
            for line in "".join(self._paragraphs.pop()).split("\n"):
                self._put(line)

    def begin_row(self) -> None:
        self._rows.append([])

    def begin_cell(self, span: int = 1, *, repeated: bool = False) -> None:
        """`span` is how many columns the cell takes up; `repeated`, whether its text stands in each of them."""
        self._cells.append(_Cell(span=max(1, min(span, COLUMNS)), repeated=repeated))

    def widen_cell(self, span: int) -> None:
        if self._cells:
            self._cells[-1].span = max(1, min(span, COLUMNS))

    def end_cell(self) -> None:
        if self._cells and self._rows:
            self._rows[-1].append(self._cells.pop())

    def end_row(self) -> None:
        """A table that only places other tables gives their rows, not one endless row of its own."""
        if not self._rows:
            return
        row = self._rows.pop()
        if all(cell.is_flat() for cell in row):
            columns = (text for cell in row for text in cell.columns())
            self._put_row(tuple(islice(columns, COLUMNS + 1)))
        else:
            for block in (block for cell in row for block in cell.blocks):
                self._put(block) if isinstance(block, str) else self._put_row(block)

    def close(self) -> None:
        """What a truncated document left open."""
        while self._paragraphs:
            self.end_paragraph()
        while self._rows or self._cells:
            while self._cells and self._rows:
                self.end_cell()
            self._cells.clear()
            self.end_row()

    def _put(self, line: str) -> None:
        if not line.strip():
            return
        if self._cells:
            self._cells[-1].blocks.append(line.strip())
        else:
            self.words.line(line)

    def _put_row(self, cells: tuple[str, ...]) -> None:
        if self._cells:
            self._cells[-1].blocks.append(cells)
        else:
            self.words.row(cells)
