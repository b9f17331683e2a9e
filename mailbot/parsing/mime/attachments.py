"""What came beside the text: kept whole, and whether its words are known to the machine."""

from __future__ import annotations

from mailbot.model import Attachment, AttachmentText
from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.documents import ExtractedText, IncomingFile, ParsingBudget, open_file
from mailbot.parsing.documents.pictures import MAGIC as PICTURES
from mailbot.parsing.documents.pictures import is_picture, size_of
from mailbot.parsing.documents.text_documents import plain_text_files
from mailbot.parsing.limits.letter_limits import TEXT_CHARACTERS
from mailbot.parsing.mime.mime_tree import NESTED, MimeLeaf

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


_SIGNATURES = ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature")
"""RFC 8551 3.5, RFC 3156 5: proofs of who sent a letter, without a word of it."""

_LOGO = (400, 120)
"""Width and height in pixels up to which a picture that the text shows is a logo; photographs and scans are larger."""


def build_attachment(leaf: MimeLeaf, number: int, opened: ExtractedText | None, html: str = "") -> Attachment:
    """The attachment of a leaf; `opened` is what reading it gave, None where the machine does not read such files.

    `html` is the letter's text, which may show pictures in its signature.
    """
    text = opened.text if opened is not None else _unopened(leaf, html)
    return Attachment(number, leaf.filename, leaf.media_type, leaf.content, text)


def extract_text(leaf: MimeLeaf, allowance: ParsingBudget) -> ExtractedText | None:
    """The words of a document or a text file; None where the leaf is something else (or a nested letter)."""
    if leaf.media_type == NESTED:
        return None
    document = open_file(IncomingFile(leaf.filename, leaf.media_type, leaf.content, leaf.charset), allowance)
    if document is not None:
        return document
    words = decode_text_file(leaf)
    if words is None:
        return None
    return ExtractedText(words, AttachmentText.READ if words.strip() else AttachmentText.EMPTY)


def _unopened(leaf: MimeLeaf, html: str) -> AttachmentText:
    if leaf.media_type in _SIGNATURES or is_decorative(leaf, html):
        return AttachmentText.EMPTY
    if is_picture(leaf.filename, leaf.media_type, leaf.content):
        return AttachmentText.PICTURE
    if not leaf.content.strip():
        return AttachmentText.EMPTY
    if is_junk(leaf):
        return AttachmentText.EMPTY
    return AttachmentText.UNREAD


def is_decorative(leaf: MimeLeaf, html: str) -> bool:
    """A logo or an icon that the text shows: nothing that a person would have to read."""
    shown = bool(leaf.content_id) and f"cid:{leaf.content_id}" in html
    size = size_of(leaf.content) if shown else None
    return size is not None and size[0] <= _LOGO[0] and size[1] <= _LOGO[1]


def is_junk(leaf: MimeLeaf) -> bool:
    """Nameless octets of no known format: no person and no program could open them (clause 2.2.email.3)."""
    nameless = not leaf.filename and leaf.media_type == "application/octet-stream"
    return nameless and not leaf.content.startswith((*PICTURES, *_DOCUMENTS)) and not _is_text(leaf.content)


def decode_text_file(leaf: MimeLeaf) -> str | None:
    """The text of a text file; None where the leaf is something else (or a nested letter)."""
    if leaf.media_type == NESTED:
        return None
    name = leaf.filename.lower()
    texty = leaf.media_type.startswith("text/") or name.endswith(plain_text_files.NAMES)
    nameless_text = (
        leaf.media_type == "application/octet-stream" and not leaf.filename and _is_text(leaf.content)
    )
    if not (texty or nameless_text) or leaf.content.startswith((*PICTURES, *_DOCUMENTS)):
        return None
    if leaf.media_type in {"text/calendar", "text/x-vcard", "text/vcard", "text/css", "text/javascript"}:
        return ""
    return decode(leaf.content[: 4 * TEXT_CHARACTERS], leaf.charset).text


def _is_text(content: bytes) -> bool:
    sample = content[:4000]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return bool(sample) and controls == 0 and decode(sample, None).fits
