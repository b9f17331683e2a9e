"""What stands where: lists and counts for people and for the demo; nothing here writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from mailbot.model import CaseState, Channel, Decision, DeliveryState, Facts, RequestRefused
from mailbot.store.database.json_codec import decision_from_json, facts_from_json, words_from_json
from mailbot.store.mail.outbox import in_state
from mailbot.store.schema.letters_and_cases import case, letter, outbox, reading


class NoSuchCase(RequestRefused):
    """There is no case of that number; the message (Russian) says so."""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """One line of a list. `readings` are (account, value) as the letter gives them, taken or refused;
    `delivery` is the state of our last letter.
    """

    id: int
    number: str | None
    letter_id: int
    digest: str
    message_id: str
    state: CaseState
    received_at: datetime
    channel: Channel
    sender: str
    subject: str
    kinds: tuple[str, ...]
    action: str | None
    rule: str | None
    clause: str | None
    because: str | None
    priority: str
    respond_by: datetime | None
    template: str | None
    delivery: DeliveryState | None
    error: str | None
    follows: str | None
    readings: tuple[tuple[str, str], ...]
    proposed: str | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutgoingSummary:
    """A letter of ours as a list shows it."""

    message_id: str
    recipient: str
    subject: str
    text: str
    template: str
    state: DeliveryState
    detail: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """What was understood of a letter and decided on it, every rule tried with it."""

    facts: Facts
    decision: Decision


def cases(connection: Connection, state: CaseState | None, limit: int) -> tuple[CaseSummary, ...]:
    """The newest cases by receipt, of one state or of all."""
    query = _summaries().order_by(case.c.received_at.desc(), case.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(case.c.state == state)
    return _read(connection, query)


def case_of(connection: Connection, reference: str) -> CaseSummary:
    """The case of a registration number; NoSuchCase where there is none.

    An ignored letter has no number until a person takes it back: it is named by its id, in digits.
    """
    summaries = _read(connection, _summaries().where(case.c.number == reference))
    if not summaries and reference.isascii() and reference.isdigit() and len(reference) < 10:
        summaries = _read(
            connection, _summaries().where(case.c.id == int(reference), case.c.number.is_(None))
        )
    if not summaries:
        raise NoSuchCase(f"Обращения с номером {reference} нет. Номера показывает «mailbot cases».")
    return summaries[0]


def judged(connection: Connection, reference: str) -> RecordedDecision | None:
    """What was understood and decided at the time; None where the machine never got that far."""
    query = select(case.c.facts_json, case.c.decision_json)
    row = connection.execute(query.where(case.c.id == case_of(connection, reference).id)).one()
    if row.facts_json is None or row.decision_json is None:
        return None
    return RecordedDecision(facts_from_json(row.facts_json), decision_from_json(row.decision_json))


_SHOWN = [column for column in case.c if column.name not in ("facts_json", "decision_json", "written_text")]
"""A list of thousands leaves the long columns where they are."""


def _summaries() -> Select[tuple[object, ...]]:
    return select(*_SHOWN, letter.c.sha256, letter.c.message_id).join_from(
        case, letter, letter.c.id == case.c.letter_id
    )


def _read(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[CaseSummary, ...]:
    rows = connection.execute(query).all()
    ids = [row.id for row in rows]
    readings = _readings_of(connection, ids)
    deliveries = _deliveries_of(connection, ids)
    return tuple(
        CaseSummary(
            id=row.id,
            number=row.number,
            letter_id=row.letter_id,
            digest=row.sha256,
            message_id=row.message_id,
            state=CaseState(row.state),
            received_at=row.received_at,
            channel=Channel(row.channel),
            sender=row.sender,
            subject=row.subject,
            kinds=tuple(row.kinds.split()),
            action=row.action,
            rule=row.rule,
            clause=row.clause,
            because=row.because,
            priority=row.priority,
            respond_by=row.respond_by,
            template=row.template,
            delivery=deliveries.get(row.id),
            error=row.error,
            follows=row.follows,
            readings=tuple(readings.get(row.id, ())),
            proposed=row.proposed,
            doubts=words_from_json(row.doubts),
        )
        for row in rows
    )


def _readings_of(connection: Connection, ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """(account, value) of each case, taken or refused."""
    readings: dict[int, list[tuple[str, str]]] = {}
    for batch in _batches(ids):
        query = select(reading.c.case_id, reading.c.account, reading.c.value).where(
            reading.c.case_id.in_(batch)
        )
        for row in connection.execute(query.order_by(reading.c.id)):
            readings.setdefault(row.case_id, []).append((row.account or "", row.value))
    return readings


def _deliveries_of(connection: Connection, ids: list[int]) -> dict[int, DeliveryState]:
    """The state of each case's last letter."""
    deliveries: dict[int, DeliveryState] = {}
    for batch in _batches(ids):
        query = select(outbox.c.case_id, outbox.c.state).where(outbox.c.case_id.in_(batch))
        for row in connection.execute(query.order_by(outbox.c.id)):
            deliveries[row.case_id] = DeliveryState(row.state)
    return deliveries


def _batches(ids: list[int]) -> list[list[int]]:
    """SQLite takes a bounded number of parameters."""
    return [ids[start : start + 500] for start in range(0, len(ids), 500)]


def counts(connection: Connection) -> dict[str, int]:
    """How many cases stand in each state."""
    query = select(case.c.state, func.count()).group_by(case.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def pending(connection: Connection) -> int:
    """How much is still on its way without a person: undecided letters, unsent letters of ours."""
    undecided = select(func.count()).select_from(letter).where(letter.c.decided_at.is_(None))
    counts = [undecided]
    for moving in (
        in_state(DeliveryState.READY) & outbox.c.provider.is_(None),
        in_state(DeliveryState.READY) & outbox.c.provider.is_not(None),
        in_state(DeliveryState.SENDING),
        in_state(DeliveryState.UNCERTAIN) & outbox.c.given_to_person_at.is_(None),
    ):  # one by one: each has its small index, all three together have none
        counts.append(select(func.count()).select_from(outbox).where(moving))
    return sum(connection.scalar(count) or 0 for count in counts)


def outgoing_of(connection: Connection, case_id: int) -> tuple[OutgoingSummary, ...]:
    """Our letters of one case, oldest first."""
    query = select(outbox).where(outbox.c.case_id == case_id).order_by(outbox.c.id)
    return tuple(
        OutgoingSummary(
            row.message_id,
            row.recipient,
            row.subject,
            row.text,
            row.template,
            DeliveryState(row.state),
            row.held_reason or row.last_error or "",
            row.attempts,
            row.created_at,
            row.sent_at,
        )
        for row in connection.execute(query)
    )
