"""Word documents (.docx, ISO/IEC 29500-1 clause 17): headers, the text with its tables and boxes, notes, footers."""

from __future__ import annotations

import re

from mailbot.parsing.documents.containers.safe_zip import ZipPackage
from mailbot.parsing.documents.content.file_content import UnreadableFileError, WordCollector
from mailbot.parsing.documents.text_documents.paragraphs_and_tables import DocumentLayout
from mailbot.parsing.documents.text_documents.xml_events import Attributes, walk
from mailbot.parsing.limits.file_limits import PICTURE_BYTES

_MAIN = re.compile(r"(?:.*/)?document\d*\.xml", re.IGNORECASE)
_PARTS = (
    re.compile(r"word/header\d*\.xml", re.IGNORECASE),
    _MAIN,
    re.compile(r"word/(?:foot|end)notes\.xml", re.IGNORECASE),
    re.compile(r"word/footer\d*\.xml", re.IGNORECASE),
)
_SPOKEN = {"t"}
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_FOREIGN = {"altChunk", "subDoc"}
"""Text that stands in another file of the package."""


def read(package: ZipPackage, words: WordCollector) -> None:
    """The words of a document in reading order; letterheads carry contacts, so headers and footers count."""
    if not any(_MAIN.fullmatch(name) for name in package.names):
        raise UnreadableFileError
    seen: set[tuple[str, ...]] = set()
    for pattern in _PARTS:
        for name in sorted(filter(pattern.fullmatch, package.names)):
            content = package.read(name)
            if pattern is _MAIN:
                _part(content, words)
            else:
                _once(content, words, seen)
    look_beside(package, words)


def _once(content: bytes, words: WordCollector, seen: set[tuple[str, ...]]) -> None:
    """Headers of first, odd and even pages mostly say the same."""
    alone = WordCollector(words.allowance)
    _part(content, alone)
    key = tuple(alone.pieces)
    if key not in seen:
        seen.add(key)
        words.include(alone.opened())


def _part(content: bytes, words: WordCollector) -> None:
    part = _Part(words)
    try:
        walk(content, words.allowance, part.start, part.end, part.say)
    finally:
        part.layout.close()


def look_beside(package: ZipPackage, words: WordCollector) -> None:
    """What a package holds beside its text: pictures as large as a photo, and objects of other programs."""
    for name in package.names:
        low = name.lower()
        if "embeddings/" in low or low.startswith("object "):
            words.unread = True
        elif ("media/" in low or low.startswith("pictures/")) and package.size(name) >= PICTURE_BYTES:
            words.picture = True


class _Part:
    """The events of one part of the document."""

    def __init__(self, words: WordCollector) -> None:
        self.layout = DocumentLayout(words)
        self._words = words
        self._speaking = False
        self._skipped = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in ("Fallback", "pPr", "sectPr", "rPr", "tblPr"):
            self._skipped += 1  # a text box stands twice: in Choice, and in Fallback for old programs
        elif name == "p":
            self.layout.begin_paragraph()
        elif name == "tr":
            self.layout.begin_row()
        elif name == "tc":
            self.layout.begin_cell()
        elif name == "gridSpan" and attributes.get("val", "").isdecimal():
            self.layout.widen_cell(int(attributes["val"][:4]))
        elif name in _BREAKS:
            self.layout.say(_BREAKS[name])
        elif name in _FOREIGN:
            self._words.unread = True
        self._speaking = name in _SPOKEN and not self._skipped

    def end(self, name: str) -> None:
        self._speaking = False
        if self._skipped:
            self._skipped -= 1
        elif name == "p":
            self.layout.end_paragraph()
        elif name == "tc":
            self.layout.end_cell()
        elif name == "tr":
            self.layout.end_row()

    def say(self, text: str) -> None:
        if self._speaking:
            self.layout.say(text)
