"""Whose words are whose: new text, quotations, forwarded letters, line by line, offsets kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.model import Segment, SegmentRole
from mailbot.parsing.layout.html_text import CLOSE, OPEN

_MONTH = (
    r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_DATE = rf"(?:\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.? {_MONTH}|{_MONTH}\w*\.? \d{{1,2}})"
_TIME = r"\d{1,2}[:.]\d{2}"
_WHO = r"(?:<[^<>\n]*@[^<>\n]*>|\S+@\S+|\bот\b|пишет|писал|написал|wrote|from)"
_ATTRIBUTION = re.compile(
    rf"^(?=.{{0,400}}{_DATE})(?=.{{0,400}}(?:{_TIME}|wrote|пишет|написал))(?=.{{0,400}}{_WHO}).{{8,400}}:\s*$",
    re.IGNORECASE,
)
"""Mail.ru, Yandex, Gmail, Thunderbird, Apple: a date, a time, somebody, and a colon at the end."""

_WRITES = r"(?:пишет|пише|(?:на)?писал\S{0,5}|wrote|writes|schrieb|pisze|a écrit|escribió)"
_UNDATED = re.compile(rf"^.{{0,200}}[^\s@]{{1,64}}@[^\s@]{{1,100}},? {_WRITES}\s?:\s*$", re.IGNORECASE)
_OPENS = re.compile(rf"^(?:\W*{_DATE}|\w+\.?,|(?:on|am|le|el|il|dne|w dniu)\b)", re.IGNORECASE)
_NAMED = re.compile(rf"\S@\S|{_WRITES}\s?:$", re.IGNORECASE)
_ENDED = re.compile(r"[.!?:]$")
_ABBREVIATED = re.compile(rf"(?:\b[гр]|{_MONTH}\w{{0,2}})\.$", re.IGNORECASE)

ATTRIBUTION_LINES, WIDEST_LINE = 5, 200
"""Lines over which a program breaks an attribution, and characters of each."""

_ORIGINAL = re.compile(
    r"^(?=.{0,20}[-_]{2})[\W_]*+(?:исходное сообщение|original message|первоначальное сообщение|оригинальное сообщение)[\W_]*+$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^[\W_]*+(?:пересылаемое сообщение|пересланное сообщение|перенаправленное сообщение|forwarded message"
    r"|начало (?:переадресованного|пересылаемого|пересланного) сообщения|begin forwarded message)[\W_]*+$",
    re.IGNORECASE,
)
_FORWARD_END = re.compile(
    r"^[\W_]*+(?:конец (?:пересылаемого|пересланного) сообщения|end of forwarded message)[\W_]*+$", re.I
)
_RULE = re.compile(r"^-{8,}$")
_FROM = re.compile(r"^\*?(?:от|от кого|from|отправитель)\*?:\*?\s*\S", re.IGNORECASE)
_FIELDS = re.compile(
    r"^\*?(?:отправлено|дата|sent|date|кому|to|тема|subject|копия|cc|mailto)\*?:\*?\s*", re.IGNORECASE
)
_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:\w{1,4}\[?\d*\]?:\s*)*(?:fwd?|пер|пересл)\s*(?:\[\d+\])?:", re.IGNORECASE
)
_MARK = re.compile(r"^\s{0,3}(?:>|\|\s(?!.*\|))")
"""Of a quoted line; with a second bar it is a row of a table."""


MAX_LINE_LENGTH = 1_000
"""Characters of a line that are looked at: no head of a quotation and no signature is longer."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line: characters `start`..`end` of the text, its line break included; `text` is the start of it."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[TextLine]:
    """The lines of a text; together they cover it without gaps."""
    lines, at = [], 0
    for piece in re.findall(r"[^\n]*\n|[^\n]+", text):
        lines.append(TextLine(at, at + len(piece), piece.rstrip("\n")[:MAX_LINE_LENGTH]))
        at += len(piece)
    return lines


def without_marks(text: str) -> tuple[str, list[bool]]:
    """The text without the quotation marks of `html_text`, and for each line whether it was inside."""
    out: list[str] = []
    inside: list[bool] = []
    depth = 0
    for line in text.split("\n"):
        opened, closed = line.count(OPEN), line.count(CLOSE)
        bare = line.replace(OPEN, "").replace(CLOSE, "")
        quoted = depth > 0 or opened > 0
        depth = max(0, depth + opened - closed)
        if (opened or closed) and not bare.strip():
            continue  # the line held nothing but the mark
        out.append(bare)
        inside.append(quoted)
    return "\n".join(out), inside


def roles_of(lines: Sequence[TextLine], quoted: Sequence[bool], subject: str) -> list[SegmentRole]:
    """The role of each line; `quoted` are lines that HTML marked as a quotation."""
    roles = [SegmentRole.WRITTEN] * len(lines)
    forwards = _FORWARD_SUBJECT.match(subject) is not None
    at = 0
    while at < len(lines):
        text = lines[at].text
        if _FORWARD.match(text):
            at = _forwarded(lines, roles, at)
        elif quoted[at] or _MARK.match(text):
            roles[at] = SegmentRole.FORWARDED if forwards and not _replied(roles) else SegmentRole.QUOTED
            at += 1
        elif (header := _header_length(lines, at)) > 0:
            at = _quotation(
                lines, quoted, roles, at, header, SegmentRole.FORWARDED if forwards else SegmentRole.QUOTED
            )
        else:
            at += 1
    return roles


def _replied(roles: list[SegmentRole]) -> bool:
    return SegmentRole.QUOTED in roles


def _forwarded(lines: Sequence[TextLine], roles: list[SegmentRole], at: int) -> int:
    """From the mark of a forwarded letter to its end mark, or to the end: the writer means us to read it."""
    while at < len(lines):
        roles[at] = SegmentRole.FORWARDED
        at += 1
        if _FORWARD_END.match(lines[at - 1].text):
            break
    return at


def _header_length(lines: Sequence[TextLine], at: int) -> int:
    """How many lines from here are the head of a quotation; 0 where none begins here."""
    text = lines[at].text.strip()
    if _ORIGINAL.match(text):
        return 1 + _block_length(lines, at + 1)
    if _RULE.match(text) and (fields := _ruled_length(lines, at)):
        return fields
    if text.endswith(":") and (_ATTRIBUTION.match(text) or _UNDATED.match(text)):
        return 1
    if length := _broken_attribution(lines, at):
        return length
    return _block_length(lines, at)


def _broken_attribution(lines: Sequence[TextLine], at: int) -> int:
    """How many lines hold an attribution that was broken on its way, as Gmail breaks a long one; 0 for none.

    From the third line on it must name an address or say who wrote: prose with a date is no attribution.
    """
    text = lines[at].text.strip()
    if not _OPENS.match(text):
        return 0
    for here in range(at + 1, min(at + ATTRIBUTION_LINES, len(lines))):
        before, following = lines[here - 1].text.strip(), lines[here].text.strip()
        is_ended = _ENDED.search(before) and not _ABBREVIATED.search(before)
        if not following or is_ended or len(before) >= WIDEST_LINE:
            return 0
        text = f"{text} {following}"
        if _ATTRIBUTION.match(text) and (here == at + 1 or _NAMED.search(text)):
            return here + 1 - at
    return 0


def _ruled_length(lines: Sequence[TextLine], at: int) -> int:
    """Yandex: a rule of dashes, «Кому:», «Тема:», then the attribution; 0 where that does not follow."""
    for here in range(at + 1, min(at + 7, len(lines))):
        text = lines[here].text.strip()
        if _ATTRIBUTION.match(text):
            return here + 1 - at
        if text and not _FIELDS.match(text):
            break
    return 0


def _block_length(lines: Sequence[TextLine], at: int) -> int:
    """The length of an Outlook header block (От: / Отправлено: / Кому: / Тема:), 0 where there is none."""
    first = at
    while first < len(lines) and first < at + 3 and not lines[first].text.strip(" _-"):
        first += 1
    if first >= len(lines) or not _FROM.match(lines[first].text.strip()):
        return 0
    fields, here = 0, first + 1
    while here < len(lines) and here <= first + 8:
        text = lines[here].text.strip()
        if _FIELDS.match(text):
            fields += 1
        elif text and not lines[here].text.startswith((" ", "\t")) and fields:
            break
        here += 1
        if not text and fields >= 2:
            break
    return here - at if fields >= 2 else 0


def _quotation(
    lines: Sequence[TextLine],
    quoted: Sequence[bool],
    roles: list[SegmentRole],
    at: int,
    header: int,
    role: SegmentRole,
) -> int:
    """A quotation with its head. Marked with `>` it ends where the marks end; unmarked, with the letter."""
    for here in range(at, min(at + header, len(lines))):
        roles[here] = role
    here = at + header
    while here < len(lines) and not lines[here].text.strip():
        roles[here] = role
        here += 1
    if here < len(lines) and (quoted[here] or _MARK.match(lines[here].text)):
        while here < len(lines) and (quoted[here] or _MARK.match(lines[here].text)):
            roles[here] = role
            here += 1
        return here
    for rest in range(here, len(lines)):
        roles[rest] = role
    return len(lines)


def segments(lines: Sequence[TextLine], roles: Sequence[SegmentRole]) -> tuple[Segment, ...]:
    """Neighbouring lines of one role as one segment; together they cover the text."""
    letter_segments: list[Segment] = []
    for line, role in zip(lines, roles, strict=True):
        if letter_segments and letter_segments[-1].role is role:
            letter_segments[-1] = Segment(letter_segments[-1].start, line.end, role)
        elif line.end > line.start:
            letter_segments.append(Segment(line.start, line.end, role))
    return tuple(letter_segments)
