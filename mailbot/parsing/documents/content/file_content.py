"""What reading a file gives: lines of words, rows of cells, and what was left unread."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mailbot.model import AttachmentText
from mailbot.parsing.limits.file_limits import COLUMNS, ELEMENTS, FILES, PDF_BYTES, UNPACKED_BYTES
from mailbot.parsing.limits.letter_limits import TEXT_CHARACTERS

_BLANKS = re.compile(r"\s+")


class UnreadableFileError(Exception):
    """The file is encrypted, damaged, or no file of its kind: a person looks."""


class FileTooLargeError(UnreadableFileError):
    """The file is over a cap: a person looks, and the letter says that it was cut."""


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that came with a letter or in another file."""

    name: str
    media_type: str
    content: bytes
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class ExtractedText:
    """The words of a file, as far as they were read, and what is known of them. Cells of a row part by tabs."""

    words: str
    text: AttachmentText
    cut: bool = False


@dataclass(slots=True)
class ParsingBudget:
    """What all files of one letter together may still cost; one is passed through every file within a file."""

    files: int = FILES
    unpacked: int = UNPACKED_BYTES
    pdf: int = PDF_BYTES
    elements: int = ELEMENTS

    def spend_file(self) -> None:
        """Count a file. Raises FileTooLargeError where too many were opened."""
        self.files -= 1
        if self.files < 0:
            raise FileTooLargeError

    def spend(self, unpacked: int) -> None:
        """Count bytes taken out of a packed file. Raises FileTooLargeError where there were too many."""
        self.unpacked -= unpacked
        if self.unpacked < 0:
            raise FileTooLargeError

    def spend_pdf(self, described: int) -> None:
        """Count bytes of a page description. Raises FileTooLargeError where there were too many."""
        self.pdf -= described
        if self.pdf < 0:
            raise FileTooLargeError


@dataclass(slots=True)
class WordCollector:
    """Collects the words of one file. Raises FileTooLargeError at the cap; what came before it is kept."""

    allowance: ParsingBudget
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    unread: bool = False
    picture: bool = False
    cut: bool = False

    def line(self, text: str) -> None:
        """Add a line; blank ones are dropped."""
        if text.strip():
            self._add(text.strip("\n\r "))

    def row(self, cells: Iterable[str]) -> None:
        """Add a row of a table: cells part by tabs, empty ones keep their place, empty rows are dropped."""
        row = [_BLANKS.sub(" ", cell).strip() for cell in cells]
        while row and not row[-1]:
            row.pop()
        if len(row) > COLUMNS:
            self.cut = True
            row = row[:COLUMNS]
        if any(row):
            self._add("\t".join(row))

    def include(self, opened: ExtractedText) -> None:
        """Add what a file within this file gave."""
        self.line(opened.words)
        self.cut = self.cut or opened.cut
        self.unread = self.unread or opened.text is AttachmentText.UNREAD
        self.picture = self.picture or opened.text is AttachmentText.PICTURE

    def _add(self, text: str) -> None:
        left = TEXT_CHARACTERS - self.length
        self.pieces.append(text[:left])
        self.length += len(text) + 1
        if len(text) > left:
            self.cut = True
            raise FileTooLargeError

    def opened(self) -> ExtractedText:
        """All words, and what is known of them: unread wherever anything was left out, whatever was read."""
        words = "\n".join(self.pieces)
        if self.cut or self.unread:
            return ExtractedText(words, AttachmentText.UNREAD, self.cut)
        if self.picture:
            return ExtractedText(words, AttachmentText.PICTURE)
        return ExtractedText(words, AttachmentText.READ if words.strip() else AttachmentText.EMPTY)
