"""Bytes → Letter: the table of contents of this room."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import Message

from mailbot.model import (
    Address,
    Attachment,
    AttachmentText,
    Letter,
    LetterDamage,
    LetterPart,
    RawLetter,
    Segment,
    SegmentRole,
)
from mailbot.parsing import encoded
from mailbot.parsing.automatic_mail import program_signs
from mailbot.parsing.charsets import mojibake
from mailbot.parsing.charsets.decoding import decode
from mailbot.parsing.documents import ExtractedText, ParsingBudget
from mailbot.parsing.headers import header_values
from mailbot.parsing.headers.mailbox_addresses import parse_addresses
from mailbot.parsing.layout import signatures
from mailbot.parsing.layout.hidden_text import pictures
from mailbot.parsing.layout.html_text import BEYOND, CLOSE, OPEN
from mailbot.parsing.layout.quoted_text import TextLine, lines_of, roles_of, segments, without_marks
from mailbot.parsing.limits.letter_limits import DEPTH, TEXT_CHARACTERS, cap_message
from mailbot.parsing.mime import attachments
from mailbot.parsing.mime.letter_body import LetterBody, read_body
from mailbot.parsing.mime.mime_tree import NESTED, MimeLeaf, MimeTree, read_message, split_parts
from mailbot.parsing.same_letter_digest import digest_of_words
from mailbot.parsing.text_repair.normal_form import normalise
from mailbot.parsing.text_repair.repair_alignment import align
from mailbot.parsing.text_repair.repair_ladder import is_illegible, repair_text
from mailbot.parsing.text_repair.traced_text import TracedText, trace_unchanged

_CELL = "\ue002"
_CELL_EDGE = re.compile(f" ?{_CELL} ?")

NOBODY = Address("", "")

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""A letter within a letter has no moment of receipt of its own."""


def parse(raw: RawLetter) -> Letter:
    """Take a letter apart. Never raises, whatever the bytes; what could not be read stands in `damage`."""
    try:
        return _parse(raw, 0, ParsingBudget())
    except Exception:  # a fault of ours: the letter goes on as text, and a person sees it
        return _as_plain_text(raw)


MAX_PICTURES = 20
"""Pictures of a letter that are named: newsletters are full of them."""


def _parse(raw: RawLetter, depth: int, allowance: ParsingBudget) -> Letter:
    content, cut = cap_message(raw.content)
    message, broken = read_message(content)
    tree = split_parts(message)
    body = read_body(tree)
    subject, part = _subject_and_body(message, body)
    files, file_parts = _files(tree, body.html, depth, allowance)
    writers = parse_addresses(message, "From")
    senders = writers or parse_addresses(message, "Sender")
    sender = senders[0] if senders else NOBODY
    damage = _damage(raw, tree, body, (subject, part, *file_parts), cut=cut, broken=broken)
    return Letter(
        message_id=header_values.message_id(header_values.raw_values(message, "Message-ID")),
        from_=sender,
        reply_to=parse_addresses(message, "Reply-To"),
        to=parse_addresses(message, "To"),
        cc=parse_addresses(message, "Cc"),
        sent_at=header_values.parse_date(message),
        in_reply_to=header_values.parse_message_ids(message, "In-Reply-To"),
        references=header_values.parse_message_ids(message, "References"),
        parts=(subject, part, *file_parts),
        html=body.html,
        attachments=files,
        automatic=program_signs.find_automatic_signs(message, sender.email, subject, part),
        damage=damage,
        authentication_results=_authentication(message),
        received_at=raw.received_at,
        writers=len(writers),
        words_sha256="" if LetterDamage.CUT in damage else digest_of_words(subject, part, files),
        pictures=pictures(body.html)[:MAX_PICTURES],
    )


def _authentication(message: Message) -> tuple[str, ...]:
    values = header_values.raw_values(message, "Authentication-Results")
    return tuple(value.decode("ascii", "replace").strip()[:4000] for value in values[:10])


def _subject_and_body(message: Message, body: LetterBody) -> tuple[LetterPart, LetterPart]:
    """Both repaired together: a subject is too short to tell its damage, the body tells it, or the reverse."""
    raw = " ".join(header_values.raw_text_of(message, "Subject", body.charset).split("\n"))
    text, bare_repair = repair_text(body.text, body.repair)
    repairs = ", ".join(filter(None, (body.repair, bare_repair)))
    came, encodings = encoded.decode_stretches(raw)
    subject, undone = repair_text(came.text, repairs)
    if undone and not repairs:
        text, repairs = repair_text(body.text, undone)
    subject = " ".join(subject.split())
    whole = (Segment(0, len(subject), SegmentRole.WRITTEN),) if subject else ()
    names = ", ".join(filter(None, (encodings, undone)))
    return _mended(LetterPart("subject", subject, whole, names), came), _with_roles(
        text, subject, repairs, body
    )


def _mended(part: LetterPart, original: TracedText) -> LetterPart:
    """A repaired part with the way back to what came; any other as it is."""
    if not part.repair:
        return part
    origins = original.origins(align(original.text, part.text))
    return replace(part, original=original.came, origins=origins)


def _with_roles(text: str, subject: str, repair: str, body: LetterBody) -> LetterPart:
    """The body with every line given its role; where nobody's new words are left, all of it is the writer's."""
    own, _, more = text.partition(BEYOND)
    bare, lines, roles = _by_lines(own, subject)
    content = {role for line, role in zip(lines, roles, strict=True) if line.text.strip()}
    if not content & {SegmentRole.WRITTEN, SegmentRole.FORWARDED}:
        keep = {SegmentRole.DISCLAIMER} if content - {SegmentRole.DISCLAIMER} else set[SegmentRole]()
        keep |= {SegmentRole.DISCLAIMER} if signatures.only_programs(lines) else set[SegmentRole]()
        roles = [role if role in keep else SegmentRole.WRITTEN for role in roles]
    part = LetterPart("body", bare, segments(lines, roles), repair)
    if more.strip():
        part = _joined(part, lines, roles, _by_lines(more, subject))
    return _mended(part, _unmarked(body.original))


def _by_lines(text: str, subject: str) -> tuple[str, list[TextLine], list[SegmentRole]]:
    """A text without its marks, its lines, and whose words each is."""
    bare, quoted = without_marks(text.strip("\n"))
    bare = bare.strip("\n")
    lines = lines_of(bare)
    quoted = (quoted + [False] * len(lines))[: len(lines)]
    return bare, lines, signatures.mark_signatures(lines, roles_of(lines, quoted, subject))


def _joined(
    part: LetterPart,
    lines: list[TextLine],
    roles: list[SegmentRole],
    more: tuple[str, list[TextLine], list[SegmentRole]],
) -> LetterPart:
    """The body with what only its other half says below it, as words of their own: no quotation runs on into them."""
    further, _, others = more
    edge = len(part.text) + 2 if part.text else 0
    whole = f"{part.text}\n\n{further}" if part.text else further
    between = [SegmentRole.WRITTEN] if lines else []
    return replace(
        part, text=whole, segments=segments(lines_of(whole), [*roles, *between, *others]), beyond=edge
    )


def _unmarked(original: TracedText) -> TracedText:
    """Without the marks of quotations, which never came; in the text that it came of they are blanks."""
    bare = without_marks(original.text.replace(BEYOND, ""))[0]
    if not original.changed:
        return trace_unchanged(bare)
    kept = original.narrowed(bare)
    came = kept.came.replace(OPEN, " ").replace(CLOSE, " ").replace(BEYOND, " ")
    return replace(kept, came=came)


def _files(
    tree: MimeTree, html: str, depth: int, allowance: ParsingBudget
) -> tuple[tuple[Attachment, ...], tuple[LetterPart, ...]]:
    files, parts = [], []
    length = 0
    for number, leaf in enumerate(tree.attachments, start=1):
        opened = None
        if length <= TEXT_CHARACTERS:
            nested = leaf.media_type == NESTED
            opened = _nested(leaf, depth, allowance) if nested else attachments.extract_text(leaf, allowance)
        words = opened.words if opened is not None else ""
        length += len(words)
        tree.cut = tree.cut or length > TEXT_CHARACTERS or (opened is not None and opened.cut)
        files.append(attachments.build_attachment(leaf, number, opened, html))
        if words.strip():
            role = SegmentRole.FORWARDED if leaf.media_type == NESTED else SegmentRole.WRITTEN
            parts.append(_file_part(f"attachment:{number}", words, role))
    return tuple(files), tuple(parts)


def _file_part(name: str, words: str, role: SegmentRole) -> LetterPart:
    """The words of a file, repaired and normalised like any others, its rows still parted by tabs."""
    original, encodings = encoded.decode_stretches(words[:TEXT_CHARACTERS])
    text, repair = repair_text(original.text) if "\t" not in original.text else _repaired_table(original.text)
    names = ", ".join(filter(None, (encodings, repair)))
    return _mended(LetterPart(name, text, (Segment(0, len(text), role),) if text else (), names), original)


def _repaired_table(original: str) -> tuple[str, str]:
    """Normalising makes every tab a blank; between cells it must stay, so a private mark stands in for it."""
    mended, decoding = mojibake.repair(original.replace(_CELL, ""))
    text, repair = repair_text(mended.replace("\t", f" {_CELL} "), decoding)
    text = _CELL_EDGE.sub("\t", text)
    return text, ", ".join(filter(None, (decoding, repair)))


def _nested(leaf: MimeLeaf, depth: int, allowance: ParsingBudget) -> ExtractedText:
    """A letter passed on as an attachment is content: its subject, its words, and what it carries itself."""
    if depth >= min(3, DEPTH):
        return ExtractedText("", AttachmentText.UNREAD, cut=True)
    inner = _parse(RawLetter(leaf.content, _LONG_AGO), depth + 1, allowance)
    carried = (part.text for part in inner.parts if part.name.startswith("attachment:"))
    words = "\n\n".join(filter(None, (inner.subject, inner.body, *carried)))
    known = {file.text for file in inner.attachments}
    cut = LetterDamage.CUT in inner.damage
    for text in (AttachmentText.UNREAD, AttachmentText.PICTURE):
        if text in known:
            return ExtractedText(words, text, cut)
    return ExtractedText(words, AttachmentText.READ if words.strip() else AttachmentText.EMPTY, cut)


def _damage(
    raw: RawLetter,
    tree: MimeTree,
    body: LetterBody,
    parts: tuple[LetterPart, ...],
    *,
    cut: bool,
    broken: bool,
) -> tuple[LetterDamage, ...]:
    damage = []
    if any(is_illegible(part.text) for part in parts[:2]):
        damage.append(LetterDamage.LOST_CHARACTERS)
    if not body.decoded:
        damage.append(LetterDamage.UNKNOWN_CHARSET)
    if any(_is_left_encoded(part) for part in parts):
        damage.append(LetterDamage.UNDECODED)
    if broken or tree.broken:
        damage.append(LetterDamage.BROKEN_STRUCTURE)
    if cut or tree.cut or body.cut or raw.cut_from is not None:
        damage.append(LetterDamage.CUT)
    if not body.present or raw.cut_from is not None:
        damage.append(LetterDamage.NO_TEXT)
    return tuple(damage)


def _is_left_encoded(part: LetterPart) -> bool:
    """Does a part still stand encoded, or was a decoded one cut in the middle of a letter?"""
    return encoded.has_encoded_remains(part.text) or encoded.is_truncated(part.repair, part.text)


def _as_plain_text(raw: RawLetter) -> Letter:
    text = normalise(decode(raw.content[:TEXT_CHARACTERS], None).text)
    body = LetterPart("body", text, (Segment(0, len(text), SegmentRole.WRITTEN),) if text else ())
    return Letter(
        message_id="",
        from_=NOBODY,
        reply_to=(),
        to=(),
        cc=(),
        sent_at=None,
        in_reply_to=(),
        references=(),
        parts=(LetterPart("subject", "", ()), body),
        html="",
        attachments=(),
        automatic=(),
        damage=(LetterDamage.BROKEN_STRUCTURE, LetterDamage.CUT),
        authentication_results=(),
        received_at=raw.received_at,
    )
