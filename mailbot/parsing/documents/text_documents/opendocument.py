"""OpenDocument texts and sheets (.odt, .ods; ISO/IEC 26300): LibreOffice and «МойОфис» write them."""

from __future__ import annotations

from datetime import datetime

from mailbot.parsing.documents.containers.safe_zip import ZipPackage
from mailbot.parsing.documents.content.cell_values import format_cell
from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.documents.text_documents.docx import look_beside
from mailbot.parsing.documents.text_documents.paragraphs_and_tables import DocumentLayout
from mailbot.parsing.documents.text_documents.xml_events import Attributes, walk
from mailbot.parsing.limits.file_limits import CELLS

_BREAKS = {"line-break": "\n", "tab": "\t"}
_UNSEEN = {"tracked-changes", "annotation", "automatic-styles", "scripts", "font-face-decls", "forms"}


def read(package: ZipPackage, words: WordCollector) -> None:
    """The words of a text or a workbook: master pages (headers, footers) first."""
    if "content.xml" not in package.members or _is_encrypted(package):
        raise UnreadableFileError
    for name in ("styles.xml", "content.xml"):
        if name in package.members:
            part = _Part(words)
            try:
                walk(package.read(name), words.allowance, part.start, part.end, part.say)
            finally:
                part.layout.close()
    look_beside(package, words)


def _is_encrypted(package: ZipPackage) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in package.members and b"encryption-data" in package.read(manifest)


class _Part:
    """The events of one part. Numbers and dates come from their values: what is shown may be rounded."""

    def __init__(self, words: WordCollector) -> None:
        self.layout = DocumentLayout(words)
        self._skipped = 0
        self._inside = 0
        self._value = ""
        self._cells = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped or name in _UNSEEN:
            self._skipped += 1
        elif name in ("p", "h"):
            self._inside += 1
            self.layout.begin_paragraph()
        elif name == "table-row":
            self.layout.begin_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._begin_cell(attributes)
        elif name in _BREAKS:
            self.layout.say(_BREAKS[name])
        elif name == "s":
            self.layout.say(" ")

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name in ("p", "h"):
            self._inside -= 1
            self.layout.end_paragraph()
        elif name == "table-row":
            self.layout.end_row()
        elif name in ("table-cell", "covered-table-cell"):
            self._value = ""
            self.layout.end_cell()

    def say(self, text: str) -> None:
        if self._inside and not self._skipped and not self._value:
            self.layout.say(text)

    def _begin_cell(self, attributes: Attributes) -> None:
        """Empty cells repeated to the edge of the sheet are one wide cell, which the row then drops."""
        self._cells += 1
        if self._cells > CELLS:
            raise FileTooLargeError
        repeated = attributes.get("number-columns-repeated", "1")
        self.layout.begin_cell(int(repeated[:6]) if repeated.isdecimal() else 1, repeated=True)
        self._value = ""
        if value := _value(attributes):
            self.layout.say(value)
            self._value = value


def _value(attributes: Attributes) -> str:
    kind = attributes.get("value-type", "")
    try:
        if kind in ("float", "percentage", "currency"):
            return format_cell(float(attributes["value"]))
        if kind == "date":
            return format_cell(datetime.fromisoformat(attributes["date-value"]))
    except (KeyError, ValueError, OverflowError):
        pass
    return ""
