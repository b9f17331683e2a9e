"""A letter as it came, and a letter as it reads.

`RawLetter` is what a mailbox or a file handed over: bytes and the moment of receipt.
`Letter` is what `parsing` made of it. Every character that understanding may quote as
evidence lives in exactly one `LetterPart`; a `Span` points at it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True)
class MailboxLocation:
    """Where a mailbox holds a letter (RFC 3501 2.3.1.1): the triple never names two letters."""

    mailbox: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class RawLetter:
    """The bytes of a letter, untouched, and when the mailbox received them.

    `received_at` is IMAP INTERNALDATE (aware), or a file's own time: clocks start here, never
    at the `Date` header, which the sender writes. `cut_from` is the full size in bytes where the
    letter was too large and only its headers were fetched; None where `content` is whole. `dated` is False where no server
    said when the letter came, and `received_at` is taken of its own header, or of our clock.
    """

    content: bytes
    received_at: datetime
    cut_from: int | None = None
    dated: bool = True


@dataclass(frozen=True, slots=True)
class Envelope:
    """What `collect` must know of a letter before it is parsed; read from the header bytes alone."""

    sender: str
    message_id: str
    subject: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start`..`end` (half-open) of the kept text of part `part`."""

    part: str
    start: int
    end: int


class SegmentRole(StrEnum):
    """Whose words a stretch of text is."""

    WRITTEN = "written"  # the writer's new words
    FORWARDED = "forwarded"  # a letter the writer passed on: content, as the writer means us to read it
    QUOTED = "quoted"  # earlier correspondence below or between the new words
    SIGNATURE = "signature"  # contacts are read from it, intents are not
    DISCLAIMER = "disclaimer"  # «Отправлено с iPhone», confidentiality notices: nobody's words


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters `start`..`end` (half-open) of a part, and whose words they are."""

    start: int
    end: int
    role: SegmentRole


@dataclass(frozen=True, slots=True)
class OriginalSpan:
    """Characters `start`..`end` of a repaired text came of `was_start`..`was_end` of the original.

    Stretches of equal length map character by character, others as a whole.
    """

    start: int
    end: int
    was_start: int
    was_end: int


@dataclass(frozen=True, slots=True)
class LetterPart:
    """One kept text: `subject`, `body`, or `attachment:N` (N counts `Letter.attachments` from 1).

    `text` is normalised (NFC, `\\n` line ends, no control characters) and is what spans count over.
    `segments` cover `text` from 0 to its end, in order, without gaps.
    `repair` names what had to be undone to read it («utf-8 read as koi8-r»); empty where nothing was.
    `original` is then the text as it came, and `origins`, in the order of the text, the map back to it.
    `beyond`: from here on the text is what only one half of the letter says, plain text or HTML (RFC 2046 5.1.4);
    None where both say the same, as they should.
    """

    name: str
    text: str
    segments: tuple[Segment, ...]
    repair: str = ""
    original: str = ""
    origins: tuple[OriginalSpan, ...] = ()
    beyond: int | None = None

    @property
    def as_came(self) -> str:
        """The text before any repair."""
        return self.original if self.repair else self.text

    def came_from(self, start: int, end: int) -> tuple[int, int]:
        """The bounds in `as_came` of characters `start`..`end` of `text`."""
        if not self.repair:
            return start, end
        touched = [origin for origin in self.origins if origin.end > start and origin.start < end]
        if not touched:
            return 0, 0
        return _within(touched[0], start, "start"), _within(touched[-1], end, "end")

    def view(self, *roles: SegmentRole) -> str:
        """The text with all other roles blanked: same length, same line breaks, so spans hold."""
        pieces = []
        for segment in self.segments:
            piece = self.text[segment.start : segment.end]
            pieces.append(piece if segment.role in roles else _blank(piece))
        return "".join(pieces)


def _within(origin: OriginalSpan, at: int, edge: Literal["start", "end"]) -> int:
    if origin.end - origin.start == origin.was_end - origin.was_start:
        return origin.was_start + min(max(at, origin.start), origin.end) - origin.start
    return origin.was_start if edge == "start" else origin.was_end


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox address (RFC 5322 3.4): display name as written, address in lower case."""

    name: str
    email: str


class AttachmentText(StrEnum):
    """What is known of the words in an attachment."""

    READ = "read"  # its words are in the part `attachment:N`
    EMPTY = "empty"  # opened, and it holds no words
    UNREAD = "unread"  # a document or archive we do not open: it may hold anything
    PICTURE = "picture"  # a person can read it, the machine does not


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the letter's own text. `content` is the decoded payload."""

    number: int
    filename: str
    media_type: str
    content: bytes
    text: AttachmentText


class AutomaticReason(StrEnum):
    """Why a letter is taken for a machine's (RFC 3834 2; `Precedence` and the rest are custom)."""

    AUTO_SUBMITTED = "auto_submitted"
    AUTOREPLY_HEADER = "autoreply_header"
    PRECEDENCE = "precedence"
    MAILING_LIST = "mailing_list"
    NEWSLETTER = "newsletter"  # List-Unsubscribe
    BOUNCE = "bounce"  # a report of non-delivery (RFC 3464), an empty Return-Path
    CALENDAR_REPLY = "calendar_reply"  # an invitation accepted or declined (RFC 5546 3.2.3)
    DAEMON_SENDER = "daemon_sender"  # MAILER-DAEMON, postmaster, no-reply…
    AUTOREPLY_WORDS = "autoreply_words"  # «Автоматический ответ:», «нахожусь в отпуске»
    PROGRAM_WORDS = "program_words"  # «Ваша заявка № 5 принята», «получен факс»: a program's own wording
    NOTICE_WORDS = (
        "notice_words"  # such words beside others, in a letter that a strong sign shows to be a program's
    )


TO_MANY = frozenset({AutomaticReason.MAILING_LIST, AutomaticReason.NEWSLETTER})
"""Signs of a letter that many read: what it says is everybody's, not one household's."""


class SignWeight(StrEnum):
    """What a sign proves by itself."""

    STRONG = "strong"  # decides alone: only programs set it, or the whole letter is a program's notice
    WEAK = "weak"  # people's letters have it, too: it needs company, and loses against what only a client has


@dataclass(frozen=True, slots=True)
class AutomaticSign:
    """One sign that a letter is automatic: `where` is the header, «тема» or «текст», `value` what stands there."""

    reason: AutomaticReason
    weight: SignWeight
    where: str
    value: str

    @property
    def evidence(self) -> str:
        return f"{self.where}: {self.value}"[:200]


class LetterDamage(StrEnum):
    """What could not be read. «Unreadable» is judged from this; a failure of ours never silences."""

    LOST_CHARACTERS = "lost_characters"  # ???? or U+FFFD where letters stood
    UNKNOWN_CHARSET = "unknown_charset"  # no charset gave a human language
    UNDECODED = "undecoded"  # base64 and its like left in the text, that gave no words, or was cut
    BROKEN_STRUCTURE = "broken_structure"  # MIME could not be taken apart; the bytes were read as text
    CUT = "cut"  # over a cap: size, depth, parts or time
    NO_TEXT = "no_text"  # no text part at all


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter taken apart. Every field is present; what the bytes did not hold is empty, not None.

    `from_` holds the first `From` address (empty e-mail where there is none); `reply_to` all of
    `Reply-To`. `message_id` and `references` keep their angle brackets. `authentication_results`
    are the header values as written, outermost first (RFC 8601); whose to believe, policy decides.
    `sent_at` is the `Date` header where it is a real date, else None. `received_at` is the raw letter's.
    `writers` counts the addresses in all `From` fields: where there are several, nobody vouches for the first.
    `pictures`: what its HTML says in place of each picture that it shows (`alt`, empty where it says nothing).
    `words_sha256` is the same for a letter that came by two routes; empty where not all of its words were read.
    """

    message_id: str
    from_: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    sent_at: datetime | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    parts: tuple[LetterPart, ...]
    html: str
    attachments: tuple[Attachment, ...]
    automatic: tuple[AutomaticSign, ...]
    damage: tuple[LetterDamage, ...]
    authentication_results: tuple[str, ...]
    received_at: datetime
    writers: int = 1
    words_sha256: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def strong_signs(self) -> tuple[AutomaticSign, ...]:
        """The signs that each prove by themselves that a program wrote the letter."""
        return tuple(sign for sign in self.automatic if sign.weight is SignWeight.STRONG)

    @property
    def places_of_signs(self) -> int:
        """In how many places of the letter there are signs of a machine: a second one keeps a weak one company."""
        return len({sign.where for sign in self.automatic})

    def part(self, name: str) -> LetterPart:
        """The part of that name; an empty one where the letter has none."""
        for part in self.parts:
            if part.name == name:
                return part
        return LetterPart(name, "", ())

    @property
    def beyond(self) -> str:
        """The new words that only one half of the letter says (`LetterPart.beyond`); empty where the halves agree."""
        body = self.part("body")
        new = body.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)
        return "" if body.beyond is None else new[body.beyond :].strip()

    @property
    def subject(self) -> str:
        return self.part("subject").text

    @property
    def body(self) -> str:
        return self.part("body").text

    def role_at(self, span: Span) -> SegmentRole | None:
        """Whose words begin where the span does; None beyond the text."""
        segments = self.part(span.part).segments
        return next((segment.role for segment in segments if segment.start <= span.start < segment.end), None)

    def quote(self, span: Span) -> str:
        """The characters a span points at."""
        return self.part(span.part).text[span.start : span.end]

    def as_written(self, span: Span) -> str:
        """The characters a span points at, as they came: before any repair."""
        part = self.part(span.part)
        start, end = part.came_from(span.start, span.end)
        return part.as_came[start:end]
