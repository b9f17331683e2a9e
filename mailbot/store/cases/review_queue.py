"""What the review queue shows: lines by urgency and deadline, counts, and what staff keep beside a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from mailbot.model import CaseState, Channel, Resource, Unit
from mailbot.model.case.reading_state import ReadingState
from mailbot.store.cases.putting_off import is_deferred, is_not_deferred
from mailbot.store.cases.queue_filters import DueBucket, aged, due_in
from mailbot.store.database.full_text_search import cases_with
from mailbot.store.database.json_codec import words_from_json
from mailbot.store.schema.letters_and_cases import case, case_account, reading
from mailbot.store.schema.staff_and_casework import case_draft, case_note, case_presence, staff

NOBODY = "-"
"""The assignee of a case that nobody has taken."""

CLIENTS, CORRESPONDENTS = "clients", "correspondents"
"""All letters of the one sort or the other, where a filter names no group."""

PRESENT = timedelta(seconds=40)
"""How long after the last sign a colleague still counts as looking at a case."""


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which cases a list shows; empty fields ask nothing. `now` is when the list is read.

    `correspondent` is a group of `correspondents.toml`, `CLIENTS` or `CORRESPONDENTS`.

    `due`: by deadline (`DueBucket`), `day_end` is where today ends. `age` is an index of `queue_filters.AGES`, `rank` 0 (emergencies),
    1 or 2. Cases put off are hidden until their time (`putting_off`), unless asked for.
    """

    now: datetime
    states: tuple[CaseState, ...] = (CaseState.AWAITING_REVIEW,)
    kind: str = ""
    topic: str = ""
    channel: str = ""
    assignee: str = ""
    correspondent: str = ""
    rule: str = ""
    words: str = ""
    due: DueBucket | None = None
    age: int | None = None
    rank: int | None = None
    put_off: Literal["hidden", "only", "shown"] = "hidden"
    day_end: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One line of the queue; `doubts` are the machine's, first the gravest."""

    id: int
    number: str | None
    state: CaseState
    received_at: datetime
    sender: str
    subject: str
    snippet: str
    kinds: tuple[str, ...]
    topic: str | None
    rank: int
    respond_by: datetime | None
    because: str
    rule: str | None
    clause: str | None
    doubts: tuple[str, ...]
    assignee: str | None
    channel: Channel
    put_off_until: datetime | None
    proposed: str | None
    error: str | None
    version: int
    correspondent: str | None = None
    their_number: str = ""

    @property
    def reference(self) -> str:
        """What the case is called in an address: its number, or its id while it has none."""
        return self.number or str(self.id)


_COLUMNS = (
    case.c.id, case.c.number, case.c.state, case.c.received_at, case.c.sender, case.c.subject,
    func.substr(case.c.written_text, 1, 400).label("snippet"), case.c.kinds, case.c.topic, case.c.rank,
    case.c.respond_by, case.c.because, case.c.rule, case.c.clause, case.c.doubts, case.c.assignee,
    case.c.channel, case.c.put_off_until, case.c.proposed, case.c.error, case.c.version,
    case.c.correspondent, case.c.their_number,
)  # fmt: skip


def lines(connection: Connection, wanted: QueueFilter, limit: int, offset: int = 0) -> tuple[QueueLine, ...]:
    """The cases of a list: what waits for people by urgency and deadline, all else newest first."""
    query = _filtered(connection, select(*_COLUMNS), wanted)
    if wanted.states == (CaseState.AWAITING_REVIEW,):
        # what the machine could not read has no deadline: it stands first of its rank, never buried
        query = query.order_by(case.c.rank, case.c.respond_by.nulls_first(), case.c.id)
    else:
        query = query.order_by(case.c.received_at.desc(), case.c.id.desc())
    return tuple(_line(row) for row in connection.execute(query.limit(limit).offset(offset)))


def after(connection: Connection, wanted: QueueFilter, line: QueueLine, limit: int) -> tuple[QueueLine, ...]:
    """What of the queue follows a case, which may have left it meanwhile, in the queue's order."""
    query = _filtered(connection, select(*_COLUMNS), wanted).where(_stands_after(line))
    query = query.order_by(case.c.rank, case.c.respond_by.nulls_first(), case.c.id)
    return tuple(_line(row) for row in connection.execute(query.limit(limit)))


def before(connection: Connection, wanted: QueueFilter, line: QueueLine, limit: int) -> tuple[QueueLine, ...]:
    """What of the queue stands before a case, the nearest first."""
    query = _filtered(connection, select(*_COLUMNS), wanted).where(case.c.id != line.id, ~_stands_after(line))
    query = query.order_by(case.c.rank.desc(), case.c.respond_by.desc().nulls_last(), case.c.id.desc())
    return tuple(_line(row) for row in connection.execute(query.limit(limit)))


def _stands_after(line: QueueLine) -> ColumnElement[bool]:
    due = case.c.respond_by
    if line.respond_by is None:
        later = or_(due.is_not(None), case.c.id > line.id)
    else:
        same = and_(due == line.respond_by, case.c.id > line.id)
        later = and_(due.is_not(None), or_(due > line.respond_by, same))
    return or_(case.c.rank > line.rank, and_(case.c.rank == line.rank, later))


def _line(row: Any) -> QueueLine:
    return QueueLine(
        id=row.id,
        number=row.number,
        state=CaseState(row.state),
        received_at=row.received_at,
        sender=row.sender,
        subject=row.subject,
        snippet=row.snippet or "",
        kinds=tuple(row.kinds.split()),
        topic=row.topic,
        rank=row.rank,
        respond_by=row.respond_by,
        because=row.because or "",
        rule=row.rule,
        clause=row.clause,
        doubts=words_from_json(row.doubts),
        assignee=row.assignee,
        channel=Channel(row.channel),
        put_off_until=row.put_off_until,
        proposed=row.proposed,
        error=row.error,
        version=row.version,
        correspondent=row.correspondent,
        their_number=row.their_number,
    )


MAX_COUNTED = 10_000
"""A list is counted up to here: beyond it the exact number tells a person nothing."""


def count(connection: Connection, wanted: QueueFilter) -> int:
    """How many cases a list holds, up to `MAX_COUNTED`."""
    few = _filtered(connection, select(case.c.id), wanted).limit(MAX_COUNTED).subquery()
    return connection.scalar(select(func.count()).select_from(few)) or 0


def _filtered(connection: Connection, query: Any, wanted: QueueFilter) -> Any:
    filtered = query.where(*_conditions(connection, wanted))
    return (
        by_queue(filtered) if wanted.states == (CaseState.AWAITING_REVIEW,) and not wanted.words else filtered
    )


def by_queue(query: Any) -> Any:
    """Let the queue's own index be read: without statistics SQLite takes that of all states, and sorts the whole queue
    for each page."""
    return query.with_hint(case, "INDEXED BY ix_case__queue", "sqlite")


def in_queue(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The cases that the queue shows at that moment: those out of sight and those joined to another are not among them."""
    awaiting = case.c.state == literal(CaseState.AWAITING_REVIEW.value, literal_execute=True)
    return awaiting, _not_waiting_for_another(now), is_not_deferred(now)


def _conditions(connection: Connection, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_not_waiting_for_another(wanted.now)]
    if wanted.states:
        # written into the statement, not bound: only so do the engines see that the partial index fits
        conditions.append(
            or_(*(case.c.state == literal(state.value, literal_execute=True) for state in wanted.states))
        )
    if wanted.kind:
        conditions.append((" " + case.c.kinds + " ").contains(f" {wanted.kind} ", autoescape=True))
    if wanted.topic:
        conditions.append((" " + case.c.topics + " ").contains(f" {wanted.topic} ", autoescape=True))
    if wanted.channel:
        conditions.append(case.c.channel == wanted.channel)
    if wanted.assignee:
        nobody = wanted.assignee == NOBODY
        conditions.append(case.c.assignee.is_(None) if nobody else case.c.assignee == wanted.assignee)
    if wanted.correspondent:
        conditions.append(_written_by(wanted.correspondent))
    if wanted.rule:
        conditions.append(case.c.rule == wanted.rule)
    if wanted.since:
        conditions.append(case.c.received_at >= wanted.since)
    if wanted.age is not None:
        conditions.append(aged(wanted.age, wanted.now))
    if wanted.rank is not None:
        conditions.append(case.c.rank == wanted.rank)
    return [*conditions, *_times(wanted), *_words(connection, wanted)]


def _written_by(who: str) -> ColumnElement[bool]:
    if who == CLIENTS:
        return case.c.correspondent.is_(None)
    return case.c.correspondent.is_not(None) if who == CORRESPONDENTS else case.c.correspondent == who


def _not_waiting_for_another(now: datetime) -> ColumnElement[bool]:
    """A joined case is hidden while the other waits in sight, as urgent as it is; then it comes back, for its writer
    too is owed an answer."""
    other = case.alias("other")
    awaiting = other.c.state == literal(CaseState.AWAITING_REVIEW.value, literal_execute=True)
    seen = (awaiting, other.c.rank <= case.c.rank, is_not_deferred(now, other))
    still = select(other.c.id).where(other.c.number == case.c.joined_to, *seen).exists()
    return or_(case.c.joined_to.is_(None), ~still)


def _times(wanted: QueueFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.due:
        conditions.append(due_in(wanted.due, wanted.now, wanted.day_end or wanted.now))
    if wanted.put_off == "hidden":
        conditions.append(is_not_deferred(wanted.now))
    elif wanted.put_off == "only":
        conditions.append(is_deferred(wanted.now))
    return conditions


def _words(connection: Connection, wanted: QueueFilter) -> list[ColumnElement[bool]]:
    ids = cases_with(connection, wanted.words)
    return [] if ids is None else [case.c.id.in_(ids)]


@dataclass(frozen=True, slots=True)
class CaseReading:
    """A reading as it stands in the ledger's ante-room; `state` is the person's word where there is one."""

    id: int
    account: str | None
    meter: str | None
    resource: Resource | None
    value: str
    unit: Unit | None
    state: ReadingState
    reason: str
    confidence: float
    received_at: datetime


def readings(connection: Connection, case_id: int) -> tuple[CaseReading, ...]:
    """The readings of a case, in the order of the letter."""
    query = select(reading).where(reading.c.case_id == case_id).order_by(reading.c.id)
    return _readings(connection, query)


def readings_of_account(connection: Connection, account: str, limit: int) -> tuple[CaseReading, ...]:
    """The newest readings of an account."""
    query = select(reading).where(reading.c.account == account, reading.c.state == ReadingState.ACCEPTED)
    return _readings(
        connection, query.order_by(reading.c.received_at.desc(), reading.c.id.desc()).limit(limit)
    )


def _readings(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[CaseReading, ...]:
    return tuple(
        CaseReading(
            row.id,
            row.account,
            row.meter,
            Resource(row.resource) if row.resource else None,
            row.value,
            Unit(row.unit) if row.unit else None,
            ReadingState(row.state),
            row.reason,
            row.confidence,
            row.received_at,
        )
        for row in connection.execute(query)
    )


def neighbours(connection: Connection, case_id: int, limit: int) -> tuple[QueueLine, ...]:
    """Other cases of the same sender or account, newest first."""
    own = select(case.c.sender).where(case.c.id == case_id).scalar_subquery()
    accounts = select(case_account.c.account).where(case_account.c.case_id == case_id)
    theirs = select(case_account.c.case_id).where(case_account.c.account.in_(accounts))
    same = or_(and_(case.c.sender == own, case.c.sender != ""), case.c.id.in_(theirs))
    query = select(*_COLUMNS).where(case.c.id != case_id, same)
    rows = connection.execute(query.order_by(case.c.received_at.desc(), case.c.id.desc()).limit(limit))
    return tuple(_line(row) for row in rows)


@dataclass(frozen=True, slots=True)
class CaseNote:
    """An internal note: never sent to anybody."""

    at: datetime
    by: str
    text: str


def notes(connection: Connection, case_id: int) -> tuple[CaseNote, ...]:
    """The notes of a case, oldest first."""
    query = select(case_note).where(case_note.c.case_id == case_id).order_by(case_note.c.id)
    return tuple(CaseNote(row.at, row.by, row.text) for row in connection.execute(query))


@dataclass(frozen=True, slots=True)
class CasePresence:
    """A colleague who has the case open; `writing` tells whether an answer is being typed."""

    name: str
    writing: bool


def present(connection: Connection, case_id: int, but: int, now: datetime) -> tuple[CasePresence, ...]:
    """Who else has the case open now."""
    query = (
        select(staff.c.name, case_presence.c.writing)
        .join(staff, staff.c.id == case_presence.c.staff_id)
        .where(
            case_presence.c.case_id == case_id,
            case_presence.c.staff_id != but,
            case_presence.c.seen_at > now - PRESENT,
        )
    )
    return tuple(
        CasePresence(row.name, row.writing) for row in connection.execute(query.order_by(staff.c.name))
    )


def looked_at(connection: Connection, ids: tuple[int, ...], but: int, now: datetime) -> dict[int, str]:
    """Which of the cases a colleague has open now, and who."""
    query = (
        select(case_presence.c.case_id, staff.c.name)
        .join(staff, staff.c.id == case_presence.c.staff_id)
        .where(
            case_presence.c.case_id.in_(ids),
            case_presence.c.staff_id != but,
            case_presence.c.seen_at > now - PRESENT,
        )
    )
    return {row.case_id: row.name for row in connection.execute(query)}


def draft(connection: Connection, case_id: int, staff_id: int) -> str:
    """What the member has typed on the case and not sent; empty where nothing."""
    query = select(case_draft.c.text).where(
        case_draft.c.case_id == case_id, case_draft.c.staff_id == staff_id
    )
    return connection.scalar(query) or ""


def line_of(connection: Connection, case_id: int) -> QueueLine:
    """The line of one case, whatever list it stands in."""
    return _line(connection.execute(select(*_COLUMNS).where(case.c.id == case_id)).one())


def lines_of(connection: Connection, ids: tuple[int, ...]) -> tuple[QueueLine, ...]:
    """The lines of a page of cases, the newest first; what is no case is left out."""
    query = select(*_COLUMNS).where(case.c.id.in_(ids))
    rows = connection.execute(query.order_by(case.c.received_at.desc(), case.c.id.desc()))
    return tuple(_line(row) for row in rows)


def references(connection: Connection, ids: tuple[int, ...]) -> dict[int, str]:
    """What a page of cases is called in addresses."""
    query = select(case.c.id, case.c.number).where(case.c.id.in_(ids))
    return {row.id: row.number or str(row.id) for row in connection.execute(query)}
