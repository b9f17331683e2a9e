"""What came beside the text: kept whole, and whether its words are known to the machine."""

from __future__ import annotations

from mailbot.model import Attachment, AttachmentText
from mailbot.parsing.caps import TEXT_CHARACTERS
from mailbot.parsing.charset import decode
from mailbot.parsing.structure import NESTED, Leaf

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_DOCUMENTS = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"{\\rtf",
    b"\x78\x9f\x3e\x22",
)
_PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".heic", ".heif", ".webp", ".tif", ".tiff")
_TEXT_NAMES = (".txt", ".csv", ".htm", ".html", ".log", ".md")


def looked_at(leaf: Leaf, number: int, words: str | None) -> Attachment:
    """The attachment of a leaf; `words` is its text where the machine could read it, else None."""
    return Attachment(number, leaf.filename, leaf.media_type, leaf.content, _text(leaf, words))


def _text(leaf: Leaf, words: str | None) -> AttachmentText:
    if words is not None:
        return AttachmentText.READ if words.strip() else AttachmentText.EMPTY
    name = leaf.filename.lower()
    webp = leaf.content[:4] == b"RIFF" and leaf.content[8:12] == b"WEBP"
    heic = leaf.content[4:12] in (b"ftypheic", b"ftypheif", b"ftypmif1", b"ftypheix")
    if leaf.media_type.startswith("image/") or name.endswith(_PICTURE_NAMES) or webp or heic:
        return AttachmentText.PICTURE
    if leaf.content.startswith(_PICTURES) and leaf.content[:2] != b"BM":
        return AttachmentText.PICTURE
    if not leaf.content.strip():
        return AttachmentText.EMPTY
    if is_junk(leaf):
        return AttachmentText.EMPTY
    return AttachmentText.UNREAD


def is_junk(leaf: Leaf) -> bool:
    """Nameless octets of no known format: no person and no program could open them (clause 2.2.email.3)."""
    nameless = not leaf.filename and leaf.media_type == "application/octet-stream"
    return nameless and not leaf.content.startswith((*_PICTURES, *_DOCUMENTS)) and not _is_text(leaf.content)


def words_of(leaf: Leaf) -> str | None:
    """The text of a text file; None where the leaf is something else (or a nested letter)."""
    if leaf.media_type == NESTED:
        return None
    name = leaf.filename.lower()
    texty = leaf.media_type.startswith("text/") or name.endswith(_TEXT_NAMES)
    nameless_text = (
        leaf.media_type == "application/octet-stream" and not leaf.filename and _is_text(leaf.content)
    )
    if not (texty or nameless_text) or leaf.content.startswith((*_PICTURES, *_DOCUMENTS)):
        return None
    if leaf.media_type in {"text/calendar", "text/x-vcard", "text/vcard", "text/css", "text/javascript"}:
        return ""
    return decode(leaf.content[: 4 * TEXT_CHARACTERS], leaf.charset).text


def _is_text(content: bytes) -> bool:
    sample = content[:4000]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return bool(sample) and controls == 0 and decode(sample, None).fits
