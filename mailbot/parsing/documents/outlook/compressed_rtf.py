"""Compressed RTF ([MS-OXRTFCP]), in which Outlook keeps the body of a letter."""

from __future__ import annotations

import struct

from mailbot.parsing.documents.content.file_content import FileTooLargeError, UnreadableFileError
from mailbot.parsing.limits.file_limits import RTF_BYTES

_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    b"SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab"
    b"\\tx"
)
"""What the dictionary holds before the first byte (2.1.2.1)."""

_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096


def decompress_rtf(content: bytes) -> bytes:
    """The RTF. Raises UnreadableFileError; where the bytes end too early, what they held is given."""
    if len(content) < 16:
        raise UnreadableFileError
    size, kind = struct.unpack_from("<I4s", content, 4)
    if size > RTF_BYTES:
        raise FileTooLargeError
    if kind == _PLAIN:
        return content[16 : 16 + size]
    if kind != _PACKED:
        raise UnreadableFileError
    return _unpacked(content[16:], size)


def _unpacked(packed: bytes, size: int) -> bytes:
    window = bytearray(_START.ljust(_WINDOW, b"\0"))
    write, out, at = len(_START), bytearray(), 0
    while at < len(packed) and len(out) < size:
        control = packed[at]
        at += 1
        for bit in range(8):
            if at >= len(packed) or len(out) >= size:
                break
            if not control >> bit & 1:
                content, at = packed[at : at + 1], at + 1
            elif at + 1 < len(packed):
                pair, at = packed[at] << 8 | packed[at + 1], at + 2
                if pair >> 4 == write:
                    return bytes(out)
                content = _copied(window, pair >> 4, (pair & 15) + 2, write)
            else:
                return bytes(out)
            for byte in content:
                window[write] = byte
                write = (write + 1) % _WINDOW
            out += content
    return bytes(out)


def _copied(window: bytearray, start: int, length: int, write: int) -> bytes:
    """A stretch of the window; it may run into the bytes that it writes itself."""
    content = bytearray()
    for step in range(length):
        at = (start + step) % _WINDOW
        ahead = (at - write) % _WINDOW
        content.append(content[ahead] if ahead < len(content) else window[at])
    return bytes(content)
