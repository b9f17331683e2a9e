"""The property list inside TNEF attributes ([MS-OXTNEF] 2.1.3.4, types in [MS-OXCDATA] 2.11.1)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.parsing.documents.content.file_content import FileTooLargeError
from mailbot.parsing.limits.file_limits import PROPERTIES

_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x0A: 4, 0x0B: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x14: 8, 0x40: 8, 0x48: 16}
"""Bytes of a value with its padding to four."""

_TEXT, _UNICODE, _OBJECT, _BINARY = 0x1E, 0x1F, 0x0D, 0x0102
_MULTIVALUE_FLAG = 0x1000
_NAMED = 0x8000
_GUID = 16


@dataclass(frozen=True, slots=True)
class MapiProperty:
    """A property by its tag; of many values the last."""

    tag: int
    kind: int
    data: bytes

    @property
    def is_unicode(self) -> bool:
        return self.kind == _UNICODE


def properties(data: bytes) -> Iterator[MapiProperty]:
    """The properties in order; they end where the bytes do, or where a type is not known."""
    try:
        yield from _properties(data)
    except struct.error:
        return


def _properties(data: bytes) -> Iterator[MapiProperty]:
    (count,) = struct.unpack_from("<I", data)
    at = 4
    for number in range(min(count, len(data))):
        if number >= PROPERTIES:
            raise FileTooLargeError
        kind, tag = struct.unpack_from("<HH", data, at)
        at += 4
        if tag >= _NAMED:
            at = _after_name(data, at)
        values, at = _values(data, at, kind)
        if not values:
            return
        yield MapiProperty(tag, kind & ~_MULTIVALUE_FLAG, values[-1])


def _after_name(data: bytes, at: int) -> int:
    (by_name,) = struct.unpack_from("<I", data, at + _GUID)
    if not by_name:
        return at + _GUID + 8
    (length,) = struct.unpack_from("<I", data, at + _GUID + 4)
    return at + _GUID + 8 + _padded(length)


def _values(data: bytes, at: int, kind: int) -> tuple[list[bytes], int]:
    single = kind & ~_MULTIVALUE_FLAG
    if single in _SIZES:
        count = 1
        if kind & _MULTIVALUE_FLAG:
            (count,) = struct.unpack_from("<I", data, at)
            at += 4
        end = at + _SIZES[single] * count
        return ([data[at:end]], end) if end <= len(data) else ([], end)
    if single not in (_TEXT, _UNICODE, _OBJECT, _BINARY):
        return [], at
    (count,) = struct.unpack_from("<I", data, at)
    at += 4
    pieces = []
    for _ in range(min(count, PROPERTIES)):
        (length,) = struct.unpack_from("<I", data, at)
        skipped = _GUID if single == _OBJECT else 0
        pieces.append(data[at + 4 + skipped : at + 4 + length])
        at += 4 + _padded(length)
    return pieces or [b""], at


def _padded(length: int) -> int:
    return (length + 3) // 4 * 4
