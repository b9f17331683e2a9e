"""Pictures, by their first bytes, their name or their media type: a person can read them."""

from __future__ import annotations

import struct

MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".heic", ".heif", ".webp", ".tif", ".tiff")
_SEGMENTS = 60  # of a JPEG before its frame header: far more than cameras write
_HEIC = (b"ftypheic", b"ftypheif", b"ftypmif1", b"ftypheix")


def is_picture(name: str, media_type: str, content: bytes) -> bool:
    """Whether a file is a picture, or says that it is one. «BM» alone begins too many words."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if media_type.startswith("image/") or name.lower().endswith(_NAMES) or webp or content[4:12] in _HEIC:
        return True
    return content.startswith(MAGIC) and content[:2] != b"BM"


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG, by its header; None where it tells none."""
    if content[:8] == MAGIC[1] and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:4] == b"GIF8" and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content[:3] == MAGIC[0] else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """ITU-T T.81 B.2.2: the frame header among the segments at the head of the file."""
    at = 2
    for _ in range(_SEGMENTS):
        if at + 9 > len(content) or content[at] != 0xFF:
            return None
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
