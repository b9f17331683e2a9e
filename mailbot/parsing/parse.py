"""Bytes → Letter: the table of contents of this room."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import Message

from mailbot.model import (
    Address,
    Attachment,
    Damage,
    Letter,
    Part,
    RawLetter,
    Role,
    Segment,
)
from mailbot.parsing import attachments, automatic, headers, signatures
from mailbot.parsing.body import Body, body_of
from mailbot.parsing.caps import DEPTH, TEXT_CHARACTERS, capped
from mailbot.parsing.charset import decode
from mailbot.parsing.legibility import lost
from mailbot.parsing.normalise import normalise
from mailbot.parsing.quoting import lines_of, roles_of, segments, without_marks
from mailbot.parsing.repair import repaired
from mailbot.parsing.structure import NESTED, Leaf, Tree, read_message, take_apart

NOBODY = Address("", "")

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""A letter within a letter has no moment of receipt of its own."""


def parse(raw: RawLetter) -> Letter:
    """Take a letter apart. Never raises, whatever the bytes; what could not be read stands in `damage`."""
    try:
        return _parse(raw, depth=0)
    except Exception:  # a fault of ours: the letter goes on as text, and a person sees it
        return _as_plain_text(raw)


def _parse(raw: RawLetter, depth: int) -> Letter:
    content, cut = capped(raw.content)
    message, broken = read_message(content)
    tree = take_apart(message)
    body = body_of(tree)
    subject, part = _subject_and_body(message, body)
    files, file_parts = _files(tree, depth)
    senders = headers.addresses(message, "From") or headers.addresses(message, "Sender")
    sender = senders[0] if senders else NOBODY
    damage = _damage(raw, tree, body, (subject, part), cut=cut, broken=broken)
    return Letter(
        message_id=headers.message_id(headers.raw_values(message, "Message-ID")),
        from_=sender,
        reply_to=headers.addresses(message, "Reply-To"),
        to=headers.addresses(message, "To"),
        cc=headers.addresses(message, "Cc"),
        sent_at=headers.moment(message),
        in_reply_to=headers.ids(message, "In-Reply-To"),
        references=headers.ids(message, "References"),
        parts=(subject, part, *file_parts),
        html=body.html,
        attachments=files,
        automatic=automatic.signs(message, sender.email, subject.text, part.view(Role.WRITTEN)),
        damage=damage,
        authentication_results=_authentication(message),
        received_at=raw.received_at,
    )


def _authentication(message: Message) -> tuple[str, ...]:
    values = headers.raw_values(message, "Authentication-Results")
    return tuple(value.decode("ascii", "replace").strip()[:4000] for value in values[:10])


def _subject_and_body(message: Message, body: Body) -> tuple[Part, Part]:
    """Both repaired together: a subject is too short to tell its damage, the body tells it, or the reverse."""
    raw = headers.raw_text_of(message, "Subject", body.charset)
    text, bare_repair = repaired(body.text, body.repair)
    found = ", ".join(filter(None, (body.repair, bare_repair)))
    subject, undone = repaired(" ".join(raw.split("\n")), found)
    if undone and not found:
        text, found = repaired(body.text, undone)
    subject = " ".join(subject.split())
    whole = (Segment(0, len(subject), Role.WRITTEN),) if subject else ()
    return Part("subject", subject, whole, undone), _with_roles(text, subject, found)


def _with_roles(text: str, subject: str, repair: str) -> Part:
    """The body with every line given its role; where nobody's new words are left, all of it is the writer's."""
    bare, quoted = without_marks(text)
    bare = bare.strip("\n")
    lines = lines_of(bare)
    quoted = (quoted + [False] * len(lines))[: len(lines)]
    roles = signatures.mark(lines, roles_of(lines, quoted, subject))
    content = {role for line, role in zip(lines, roles, strict=True) if line.text.strip()}
    if not content & {Role.WRITTEN, Role.FORWARDED}:
        keep = {Role.DISCLAIMER} if content - {Role.DISCLAIMER} else set[Role]()
        keep |= {Role.DISCLAIMER} if signatures.only_programs(lines) else set[Role]()
        roles = [role if role in keep else Role.WRITTEN for role in roles]
    return Part("body", bare, segments(lines, roles), repair)


def _files(tree: Tree, depth: int) -> tuple[tuple[Attachment, ...], tuple[Part, ...]]:
    files, parts = [], []
    length = 0
    for number, leaf in enumerate(tree.attachments, start=1):
        words = None
        if length <= TEXT_CHARACTERS:
            words = _nested_words(leaf, depth) if leaf.media_type == NESTED else attachments.words_of(leaf)
        length += len(words or "")
        tree.cut = tree.cut or length > TEXT_CHARACTERS
        files.append(attachments.looked_at(leaf, number, words))
        if words and words.strip():
            role = Role.FORWARDED if leaf.media_type == NESTED else Role.WRITTEN
            parts.append(_file_part(f"attachment:{number}", words, role))
    return tuple(files), tuple(parts)


def _file_part(name: str, words: str, role: Role) -> Part:
    text, repair = repaired(words[:TEXT_CHARACTERS])
    return Part(name, text, (Segment(0, len(text), role),) if text else (), repair)


def _nested_words(leaf: Leaf, depth: int) -> str:
    """A letter passed on as an attachment is content: its subject and its words."""
    if depth >= min(3, DEPTH):
        return ""
    inner = _parse(RawLetter(leaf.content, _LONG_AGO), depth + 1)
    return f"{inner.subject}\n\n{inner.body}".strip()


def _damage(
    raw: RawLetter, tree: Tree, body: Body, parts: tuple[Part, ...], *, cut: bool, broken: bool
) -> tuple[Damage, ...]:
    found = []
    if any(lost(part.text) for part in parts):
        found.append(Damage.LOST_CHARACTERS)
    if not body.decoded:
        found.append(Damage.UNKNOWN_CHARSET)
    if broken or tree.broken:
        found.append(Damage.BROKEN_STRUCTURE)
    if cut or tree.cut or body.cut or raw.cut_from is not None:
        found.append(Damage.CUT)
    if not body.present or raw.cut_from is not None:
        found.append(Damage.NO_TEXT)
    return tuple(found)


def _as_plain_text(raw: RawLetter) -> Letter:
    text = normalise(decode(raw.content[:TEXT_CHARACTERS], None).text)
    body = Part("body", text, (Segment(0, len(text), Role.WRITTEN),) if text else ())
    return Letter(
        message_id="",
        from_=NOBODY,
        reply_to=(),
        to=(),
        cc=(),
        sent_at=None,
        in_reply_to=(),
        references=(),
        parts=(Part("subject", "", ()), body),
        html="",
        attachments=(),
        automatic=(),
        damage=(Damage.BROKEN_STRUCTURE, Damage.CUT),
        authentication_results=(),
        received_at=raw.received_at,
    )
