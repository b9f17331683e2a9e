"""Workbooks (.xlsx, .xlsm, .xls): every visible sheet as rows, read by python-calamine within limits.

The library is native code that lays out the whole rectangle between the first and the last cell of a sheet:
one cell at XFD1048576 would end the process. So every sheet is measured before it gets there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailbot.parsing.documents.containers.compound_file import CompoundFile
from mailbot.parsing.documents.containers.safe_zip import ZipPackage, repack
from mailbot.parsing.documents.content.cell_values import format_cell
from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    UnreadableFileError,
    WordCollector,
)
from mailbot.parsing.documents.content.in_memory_files import MemoryFile
from mailbot.parsing.documents.text_documents.docx import look_beside
from mailbot.parsing.documents.workbooks.binary_records import measure as measure_binary
from mailbot.parsing.documents.workbooks.workbook_size import SheetSizeCounter
from mailbot.parsing.limits.file_limits import SHEETS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_NEEDED = re.compile(
    r"(?:\[Content_Types\]|_rels/\.rels|xl/(?:_rels/)?workbook|xl/sharedStrings|xl/styles|xl/worksheets/(?:_rels/)?[^/]+)"
    r"(?:\.xml|\.xml\.rels|)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:Лист|Sheet|Worksheet|TDSheet|Table)\s*\d*", re.IGNORECASE)


def read(package: ZipPackage, words: WordCollector) -> None:
    """The rows of a workbook in Office Open XML (ISO/IEC 29500-1 clause 18)."""
    members = {name: package.read(name) for name in package.names if _NEEDED.fullmatch(name)}
    measure = SheetSizeCounter(words.allowance)
    for name in sorted(members, key=lambda name: "sharedstrings" not in name.lower()):
        measure.part(members[name])
    _rows_of(repack(members), words)
    look_beside(package, words)
    drawn = any(name.lower().startswith(("xl/drawings/drawing", "xl/charts/")) for name in package.names)
    if drawn and not words.pieces:
        words.unread = True  # text boxes on an empty sheet


def read_binary(content: bytes, compound: CompoundFile, words: WordCollector) -> None:
    """The rows of a binary workbook ([MS-XLS])."""
    measure_binary(compound)
    words.allowance.spend(len(content))
    _rows_of(MemoryFile(content), words)


def _rows_of(file: MemoryFile, words: WordCollector) -> None:
    try:
        _all_sheets(file, words)
    except Exception:
        raise
    except BaseException as error:  # a panic of the native library is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableFileError from error


def _all_sheets(file: MemoryFile, words: WordCollector) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(file)
        for number, sheet in enumerate(workbook.sheets_metadata):
            if number >= SHEETS:
                raise FileTooLargeError
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet:
                _sheet(workbook.get_sheet_by_name(sheet.name), words)
            elif sheet.typ is SheetTypeEnum.WorkSheet:
                words.unread = words.unread or _holds_words(workbook, sheet.name)
    except CalamineError as error:
        raise UnreadableFileError from error


def _holds_words(workbook: CalamineWorkbook, name: str) -> bool:
    """A hidden sheet is nothing the writer shows us; but one that holds words keeps the file from being known."""
    return workbook.get_sheet_by_name(name).height > 0


def _sheet(sheet: CalamineSheet, words: WordCollector) -> None:
    rows = [[format_cell(cell) for cell in row] for row in sheet.iter_rows()]
    used = [any(row[at].strip() for row in rows) for at in range(max(map(len, rows), default=0))]
    if not any(used):
        return
    if not _NO_NAME.fullmatch(sheet.name.strip()):
        words.line(sheet.name)
    for row in rows:
        words.row(cell for cell, wanted in zip(row, used, strict=False) if wanted)
