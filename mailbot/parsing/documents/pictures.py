"""Pictures, by their first bytes, their name or their media type: a person can read them."""

from __future__ import annotations

MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".heic", ".heif", ".webp", ".tif", ".tiff")
_HEIC = (b"ftypheic", b"ftypheif", b"ftypmif1", b"ftypheix")


def is_picture(name: str, media_type: str, content: bytes) -> bool:
    """Whether a file is a picture, or says that it is one. «BM» alone begins too many words."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if media_type.startswith("image/") or name.lower().endswith(_NAMES) or webp or content[4:12] in _HEIC:
        return True
    return content.startswith(MAGIC) and content[:2] != b"BM"
