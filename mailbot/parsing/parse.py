"""Bytes → Letter: the table of contents of this room."""

from __future__ import annotations

from dataclasses import dataclass
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
from mailbot.parsing import attachments, automatic, headers, keyboard, mojibake, signatures, transliteration
from mailbot.parsing.caps import DEPTH, TEXT_CHARACTERS, capped
from mailbot.parsing.charset import decode
from mailbot.parsing.html_text import to_text
from mailbot.parsing.legibility import lost
from mailbot.parsing.normalise import normalise, unflow
from mailbot.parsing.quoting import lines_of, roles_of, segments, without_marks
from mailbot.parsing.structure import NESTED, Leaf, Tree, read_message, take_apart

NOBODY = Address("", "")

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""A letter within a letter has no moment of receipt of its own."""


@dataclass(frozen=True, slots=True)
class Body:
    """The letter's own words: normalised text with quotation marks, the HTML, and what was wrong."""

    text: str
    html: str
    decoded: bool
    present: bool


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
    subject = _repaired("subject", headers.text_of(message, "Subject"), "")
    body = _body(tree)
    part = _repaired("body", body.text, subject.text)
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
    )


def _authentication(message: Message) -> tuple[str, ...]:
    values = headers.raw_values(message, "Authentication-Results")
    return tuple(value.decode("ascii", "replace").strip()[:4000] for value in values[:10])


def _body(tree: Tree) -> Body:
    """All inline text, one after another; of alternatives the plain one, unless it is poorer."""
    pieces, html, fits = [], "", True
    for group in tree.texts:
        chosen, its_html, fitted = _chosen(group)
        pieces.append(chosen)
        html = html or its_html
        fits = fits and fitted
    junk = any(attachments.is_junk(leaf) for leaf in tree.attachments)
    text = "\n\n".join(piece for piece in pieces if piece.strip())
    return Body(text[:TEXT_CHARACTERS], html, fits and not junk, bool(tree.texts))


def _chosen(group: tuple[Leaf, ...]) -> tuple[str, str, bool]:
    plain = next((leaf for leaf in group if leaf.media_type == "text/plain"), None)
    rich = next((leaf for leaf in group if leaf.media_type == "text/html"), None)
    words, html, fits = "", "", True
    if plain is not None:
        found = decode(plain.content[: 4 * TEXT_CHARACTERS], plain.charset)
        words, fits = found.text, found.fits
        if plain.flowed:
            words = unflow(words, delete_space=plain.delete_space)
    if rich is not None:
        found = decode(rich.content[: 4 * TEXT_CHARACTERS], rich.charset)
        html = found.text
        seen = to_text(html)
        # some programs send «this letter is in HTML», or nothing, as the plain form
        if plain is None or len("".join(seen.split())) > 3 * len("".join(words.split())):
            words, fits = seen, found.fits
    return normalise(words), html, fits


def _repaired(name: str, text: str, subject: str) -> Part:
    """A kept text with reversible damage undone and every line given its role."""
    bare, quoted = without_marks(normalise(text))
    repairs = []
    for repair in (mojibake.repair, keyboard.repair, transliteration.repair):
        bare, found = repair(bare)
        repairs += [found] if found else []
    bare = bare.replace("\x00", "")
    lines = lines_of(bare)
    if name == "subject":
        whole = (Segment(0, len(bare), Role.WRITTEN),) if bare else ()
        return Part(name, bare, whole, ", ".join(repairs))
    quoted = (quoted + [False] * len(lines))[: len(lines)]
    roles = signatures.mark(lines, roles_of(lines, quoted, subject))
    found_words = any(line.text.strip() for line, role in zip(lines, roles, strict=True) if role in _CONTENT)
    if not found_words:
        roles = [Role.WRITTEN if role is Role.QUOTED else role for role in roles]
    return Part(name, bare, segments(lines, roles), ", ".join(repairs))


_CONTENT = frozenset({Role.WRITTEN, Role.FORWARDED, Role.SIGNATURE})


def _files(tree: Tree, depth: int) -> tuple[tuple[Attachment, ...], tuple[Part, ...]]:
    files, parts = [], []
    for number, leaf in enumerate(tree.attachments, start=1):
        words = _nested_words(leaf, depth) if leaf.media_type == NESTED else attachments.words_of(leaf)
        files.append(attachments.looked_at(leaf, number, words))
        if words and words.strip():
            role = Role.FORWARDED if leaf.media_type == NESTED else Role.WRITTEN
            parts.append(_file_part(f"attachment:{number}", words, role))
    return tuple(files), tuple(parts)


def _file_part(name: str, words: str, role: Role) -> Part:
    text, repair = mojibake.repair(normalise(words[:TEXT_CHARACTERS]))
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
    if cut or tree.cut or raw.cut_from is not None or len(body.text) >= TEXT_CHARACTERS:
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
    )
