"""Letters built by hand for the tests of understanding: the words in sight, no MIME in the way."""

from __future__ import annotations

from datetime import UTC, datetime

from mailbot.model import Address, Letter, LetterPart, Segment, SegmentRole


def part(name: str, *pieces: tuple[SegmentRole, str]) -> LetterPart:
    """A part whose segments are the given pieces, in order."""
    segments: list[Segment] = []
    text = ""
    for role, words in pieces:
        if words:
            segments.append(Segment(len(text), len(text) + len(words), role))
        text += words
    return LetterPart(name, text, tuple(segments))


def make_letter(
    body: str,
    subject: str = "",
    *,
    quoted: str = "",
    signature: str = "",
    forwarded: str = "",
    attachment: str = "",
    sender: Address = Address("", "client@example.com"),  # noqa: B008 (frozen)
) -> Letter:
    """A letter whose `body` is the writer's own; the other pieces follow it, each on new lines.

    `attachment` becomes the part `attachment:1`, as parsing gives the words of a file it could read.
    """
    tail = [
        (SegmentRole.FORWARDED, forwarded),
        (SegmentRole.SIGNATURE, signature),
        (SegmentRole.QUOTED, quoted),
    ]
    pieces = [(SegmentRole.WRITTEN, body), *((role, "\n" + words) for role, words in tail if words)]
    parts = [part("subject", (SegmentRole.WRITTEN, subject)), part("body", *pieces)]
    if attachment:
        parts.append(part("attachment:1", (SegmentRole.WRITTEN, attachment)))
    return Letter(
        message_id="<letter@example.com>",
        from_=sender,
        reply_to=(),
        to=(Address("", "8666@bk.ru"),),
        cc=(),
        sent_at=None,
        in_reply_to=(),
        references=(),
        parts=tuple(parts),
        html="",
        attachments=(),
        automatic=(),
        damage=(),
        authentication_results=(),
        received_at=datetime(2026, 11, 21, 7, 30, tzinfo=UTC),
    )
