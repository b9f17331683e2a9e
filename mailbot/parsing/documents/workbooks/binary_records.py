"""The records of a binary workbook ([MS-XLS] 2.1.4), only to see how far apart its cells lie."""

from __future__ import annotations

import struct
from collections import Counter

from mailbot.parsing.documents.containers.compound_file import CompoundFile
from mailbot.parsing.documents.content.file_content import FileTooLargeError, UnreadableFileError
from mailbot.parsing.limits.file_limits import CELLS, RECORDS, RECTANGLE, REPEATED_BYTES

_BEGIN, _FILEPASS, _DIMENSIONS, _MANY_NUMBERS = 0x0809, 0x002F, 0x0200, 0x00BD
_SHARED, _TEXTS, _CONTINUED = 0x00FD, 0x00FC, 0x003C
_CELLS = frozenset({0x0006, 0x0206, 0x0406, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x00BE, 0x0201})
_PROMISED = 65_536 * 256
"""The size of a sheet of this kind: programs that do not count promise all of it."""


def measure(compound: CompoundFile) -> None:
    """Raise FileTooLargeError where the cells of a sheet are too many or lie too far apart."""
    for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if name in compound.streams:
            _measure(compound.read(name))


def _measure(stream: bytes) -> None:
    at = records = cells = last_row = last_column = texts = 0
    shown = Counter[int]()
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        data = stream[at + 4 : at + 4 + min(length, 16)]
        at += 4 + length
        records += 1
        if kind == _FILEPASS:
            raise UnreadableFileError
        if kind == _BEGIN:
            last_row = last_column = 0
        elif kind == _DIMENSIONS:
            _promise(data)
        elif kind in (_TEXTS, _CONTINUED):
            texts += length
        elif kind in _CELLS or kind == _MANY_NUMBERS:
            row, column = struct.unpack("<HH", data[:4].ljust(4, b"\0"))
            many = max(1, (length - 6) // 6) if kind == _MANY_NUMBERS else 1
            cells += many
            if kind == _SHARED and len(data) >= 10:
                shown.update(struct.unpack_from("<6xI", data))
            last_row, last_column = max(last_row, row + 1), max(last_column, column + many)
        if records > RECORDS or cells > CELLS or last_row * last_column > RECTANGLE:
            raise FileTooLargeError
    if texts * max(shown.values(), default=0) > REPEATED_BYTES:
        raise FileTooLargeError


def _promise(data: bytes) -> None:
    """BIFF8 counts rows in 32 bits, earlier kinds in 16; whichever a reader takes it for, room must suffice."""
    for form in ("<4xI2xH", "<2xH2xH"):
        if len(data) >= struct.calcsize(form):
            rows, columns = struct.unpack_from(form, data)
            if rows * columns > _PROMISED and (form == "<2xH2xH" or len(data) >= 14):
                raise FileTooLargeError
