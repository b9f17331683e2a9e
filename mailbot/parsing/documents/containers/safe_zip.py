"""A zip file that cannot hurt: members are counted before it is opened and measured while they are unpacked."""

from __future__ import annotations

import struct
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from mailbot.parsing.documents.content.file_content import (
    FileTooLargeError,
    ParsingBudget,
    UnreadableFileError,
)
from mailbot.parsing.documents.content.in_memory_files import MemoryFile
from mailbot.parsing.limits.file_limits import MEMBER_BYTES, MEMBERS, RATIO, RATIO_FROM

_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_LENGTHS, _HEADER = 26, 30
"""Of a member's own header (APPNOTE 4.3.7): where its variable lengths stand, and its fixed length."""


class ZipPackage:
    """The members of a zip file, by name; of several of one name the last, as every reader takes it."""

    def __init__(self, content: bytes, allowance: ParsingBudget) -> None:
        """Raises FileTooLargeError over a cap, UnreadableFileError where it is no whole zip file."""
        if content.count(_ENTRY) > MEMBERS:
            raise FileTooLargeError
        self._content = content
        try:
            members = ZipFile(MemoryFile(content)).infolist()
        except Exception as error:
            raise UnreadableFileError from error
        self._allowance = allowance
        self.members: dict[str, ZipInfo] = {member.filename: member for member in members}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.members)

    def size(self, name: str) -> int:
        """The declared size in bytes."""
        return self.members[name].file_size

    def read(self, name: str) -> bytes:
        """The bytes of a member. Raises as the constructor does; a declared size is never believed."""
        member = self.members[name]
        if member.flag_bits & _ENCRYPTED or member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise UnreadableFileError
        most = min(MEMBER_BYTES, self._allowance.unpacked)
        if member.file_size > most:
            raise FileTooLargeError
        content = _unpacked(self._content, member, most)
        self._allowance.spend(len(content))
        if len(content) > most or _is_bomb(member, len(content)):
            raise FileTooLargeError
        return content


def _unpacked(content: bytes, member: ZipInfo, most: int) -> bytes:
    """The bytes of a member, at most one more than `most`: zipfile itself unpacks all that is there at once."""
    try:
        name, extra = struct.unpack_from("<HH", content, member.header_offset + _LENGTHS)
        start = member.header_offset + _HEADER + name + extra
        packed = content[start : start + member.compress_size]
        stored = member.compress_type == ZIP_STORED
        unpacked = (
            packed[: most + 1] if stored else zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most + 1)
        )
    except (struct.error, zlib.error) as error:
        raise UnreadableFileError from error
    if len(unpacked) <= most and (len(unpacked), zlib.crc32(unpacked)) != (member.file_size, member.CRC):
        raise UnreadableFileError  # damaged, or another size or place than declared
    return unpacked


def _is_bomb(member: ZipInfo, size: int) -> bool:
    return size > RATIO_FROM and size > RATIO * max(member.compress_size, 1)


def repack(members: dict[str, bytes]) -> MemoryFile:
    """The members as a plain zip file: a library that gets it sees the bytes that were checked, no others."""
    target = MemoryFile()
    with ZipFile(target, "w", ZIP_STORED) as made:
        for name, content in members.items():
            made.writestr(ZipInfo(name), content)
    target.seek(0)
    return target
