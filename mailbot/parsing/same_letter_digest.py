"""One letter by two routes: its words come out alike, whatever lists, scanners and relays wrote around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256

from mailbot.model import Attachment, LetterPart, SegmentRole

_TAG = re.compile(r"^\s*(?:\[[^\[\]\n]{1,40}\]\s*)+")
"""«[dom-12]»: a list puts its name before the subject."""

_FOOTER = re.compile(
    r"^\s*[_=*-]{3,}\s*$(?=[^\0]{0,400}?(?:mailing list|unsubscribe|списк\w+ рассылки|рассылк\w+|отписаться))",
    re.IGNORECASE | re.MULTILINE,
)
MAX_FOOTER_LENGTH = 600


def digest_of_words(subject: LetterPart, body: LetterPart, files: Sequence[Attachment]) -> str:
    """SHA-256 over the subject, the words of the body and the bytes of the files; a list's tag and footer are left out."""
    roles = (SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.QUOTED, SegmentRole.SIGNATURE)
    digest = sha256()
    for text in (_TAG.sub("", subject.text), _without_footer(body.view(*roles))):
        digest.update(" ".join(text.split()).encode("utf-8", "replace") + b"\0")
    for file in files:
        digest.update(sha256(file.content).digest())
    return digest.hexdigest()


def _without_footer(text: str) -> str:
    """The text without what a list puts below a line of its own at the end."""
    edge = max(0, len(text) - MAX_FOOTER_LENGTH)
    match = _FOOTER.search(text, edge)
    return text[: match.start()] if match else text
