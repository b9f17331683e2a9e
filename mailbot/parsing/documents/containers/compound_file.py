"""Compound files ([MS-CFB]): the file system in which .xls, .doc, .msg and encrypted documents lie."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from mailbot.parsing.documents.content.file_content import UnreadableFileError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Sector numbers from here on are marks (free, end of chain), no sectors."""

_ENTRY = 128
_ENTRIES = 4_000


@dataclass(frozen=True, slots=True)
class _Stream:
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by name, in whatever folder they lie. Every chain ends: none visits twice."""

    def __init__(self, content: bytes) -> None:
        """Raises UnreadableFileError where it is no whole compound file."""
        try:
            self._open(content)
        except (struct.error, IndexError, ValueError, UnicodeError) as error:
            raise UnreadableFileError from error

    def _open(self, content: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if not content.startswith(MAGIC) or shift not in (9, 12) or mini_shift != 6:
            raise UnreadableFileError
        self._content, self._size, self._mini = content, 1 << shift, 1 << mini_shift
        directory, self._cutoff, mini_fat, _, more, more_count = struct.unpack_from("<I4xIIIII", content, 48)
        self._fat = self._table(self._fat_sectors(more, more_count))
        self.streams: dict[str, _Stream] = {}
        self._root = _Stream(_LAST, 0)
        self._list(self._chained(directory))
        self._mini_fat = self._numbers(self._chained(mini_fat))
        self._mini_stream = self._chained(self._root.start)[: self._root.size]

    def read(self, name: str) -> bytes:
        """The bytes of a stream, as far as they are there."""
        stream = self.streams[name]
        if stream.size >= self._cutoff:
            return self._chained(stream.start)[: stream.size]
        pieces = []
        for sector in _chain(stream.start, self._mini_fat):
            pieces.append(self._mini_stream[sector * self._mini : (sector + 1) * self._mini])
        return b"".join(pieces)[: stream.size]

    def _sector(self, number: int) -> bytes:
        return self._content[(number + 1) * self._size : (number + 2) * self._size]

    def _numbers(self, data: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        return self._numbers(b"".join(self._sector(number) for number in sectors))

    def _fat_sectors(self, more: int, count: int) -> list[int]:
        sectors = [number for number in struct.unpack_from("<109I", self._content, 76) if number < _LAST]
        seen: set[int] = set()
        while more < _LAST and more not in seen and len(seen) < count:
            seen.add(more)
            numbers = self._numbers(self._sector(more))
            sectors += [number for number in numbers[:-1] if number < _LAST]
            more = numbers[-1]
        most = len(self._content) // self._size + 1
        return sectors[:most]

    def _chained(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _chain(start, self._fat))

    def _list(self, directory: bytes) -> None:
        for at in range(0, min(len(directory), _ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            if kind == 5:
                self._root = _Stream(start, size)
            elif kind == 2:
                self.streams.setdefault(name, _Stream(start, size))


def _chain(start: int, table: tuple[int, ...]) -> list[int]:
    sectors, seen, number = [], set[int](), start
    while number < len(table) and number not in seen:
        seen.add(number)
        sectors.append(number)
        number = table[number]
    return sectors
