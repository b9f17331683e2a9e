"""Header fields that nobody else's words can break out of (RFC 5322, RFC 2047)."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence

from mailbot.composing import wording
from mailbot.model import AbuseKind, ExtractedValue, Letter

SUBJECT_LIMIT = 80
"""Characters kept of the writer's own subject."""

REFERENCES_LIMIT = 10
"""Ids kept in References: the first, which names the thread, and the newest (RFC 5537 3.4.4 in spirit)."""

_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|ответ|отв|на|пересл)(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_OLD_NUMBER = re.compile(r"\s*\[№ ?[0-9]{2}-[0-9]{4,12}\]")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_LINK = re.compile(r"https?:|www\.|@|\.(?:ru|com|рф|net|org|top|xyz)\b", re.IGNORECASE)
_LOST = re.compile(r"\?{3,}|\ufffd")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{3,240}>")
_PLAIN = re.compile(r"[ -~]*")


def reply_subject(
    letter: Letter, abuse: Sequence[ExtractedValue[AbuseKind]], number: str, otherwise: str
) -> str:
    """«Re: тема клиента [№ 26-000123]» where the writer's subject makes sense, else the template's.

    A subject is not repeated where it holds abuse, lost characters, no word at all («345», a reading),
    or a link: an answer must not carry a forger's advertisement to the address they forged.
    """
    own = _OLD_NUMBER.sub("", wording.single_line(letter.subject))
    own = _PREFIX.sub("", own).strip()
    abused = any(span.part == "subject" for insult in abuse for span in insult.spans)
    if abused or not _WORDS.search(own) or _LINK.search(own) or _LOST.search(own):
        return otherwise
    if len(own) > SUBJECT_LIMIT:
        own = own[:SUBJECT_LIMIT].rsplit(" ", 1)[0].rstrip(" ,.;:—-") + "…"
    return f"Re: {own} [№ {number}]"


def encode_header(text: str) -> str:
    """The text for an unstructured field or a display name: ASCII, folded, in encoded words if needed.

    RFC 2047 2: a line with encoded words is at most 76 characters, the field name among them. So a
    word holds 39 octets of UTF-8, and never splits a character.
    """
    text = wording.single_line(text)
    if _PLAIN.fullmatch(text) and "=?" not in text and len(text) <= 60:
        return text
    words, chunk = [], b""
    for character in text:
        octets = character.encode("utf-8", "replace")
        if len(chunk) + len(octets) > 39:
            words.append(chunk)
            chunk = b""
        chunk += octets
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?B?{b64encode(word).decode('ascii')}?=" for word in words)


def display_name(text: str) -> str:
    """A name for an address field (RFC 5322 3.4): encoded words, or quoted where it is plain ASCII."""
    name = encode_header(text)
    return name if name.startswith("=?") else '"' + name.replace("\\", "").replace('"', "") + '"'


def in_reply_to(letter: Letter) -> str:
    """The letter's id where it is one, else empty."""
    return letter.message_id if _MESSAGE_ID.fullmatch(letter.message_id) else ""


def references(letter: Letter) -> str:
    """The letter's references and its own id, folded one a line (RFC 5322 3.6.4); may be empty.

    Where the letter has none, a single In-Reply-To stands in, as the RFC says.
    """
    parents = letter.references or (letter.in_reply_to if len(letter.in_reply_to) == 1 else ())
    known = dict.fromkeys(id for id in (*parents, letter.message_id) if _MESSAGE_ID.fullmatch(id))
    ids = list(known)
    if len(ids) > REFERENCES_LIMIT:
        ids = [ids[0], *ids[-(REFERENCES_LIMIT - 1) :]]
    return "\r\n ".join(ids)
