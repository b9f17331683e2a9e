"""What people say a letter is, where the machine said otherwise: kept for good, since the model learns from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from mailbot.model import CaseLabels, CaseState, ClockMark, LetterCorrection, LetterKind, Priority
from mailbot.store.case_log.events import lock_case, log_event
from mailbot.store.cases.summaries import case_of
from mailbot.store.schema.letters_and_cases import case, correction


def correct(
    connection: Connection,
    reference: str,
    said: LetterCorrection,
    by: str,
    now: datetime,
    respond_by: datetime | None = None,
) -> None:
    """Put a person's labels in place of the machine's; the case stays where it is, and its log tells of it.

    `respond_by` is the deadline of what it now is; it moves that of a case that waits for a person, and no other.
    """
    summary = case_of(connection, reference)
    state = lock_case(connection, summary.id)
    labels = {"kinds": " ".join(said.kinds), "topics": " ".join(said.topics)}
    if said.correspondent:
        labels = {"kinds": "", "topics": ""}  # what a client may want teaches nothing of such a letter
    else:
        connection.execute(
            insert(correction).values(case_id=summary.id, at=now, by=by, urgent=said.urgent, **labels)
        )
    topic = said.topics[0] if said.topics and not said.correspondent else None
    moved = respond_by if state is CaseState.AWAITING_REVIEW else None
    kind = None if said.correspondent else said.kinds[0]
    values = {"primary_kind": kind, "topic": topic, **labels, **_priority(summary.priority, said)}
    if said.correspondent is not None:
        values["correspondent"] = said.correspondent or None
    if moved is not None:
        values["respond_by"] = moved
    connection.execute(update(case).where(case.c.id == summary.id).values(**values))
    urgent = ", срочно" if said.urgent else ""
    what = said.correspondent or f"{labels['kinds']}{': ' + labels['topics'] if said.topics else ''}"
    now_labels = CaseLabels(kind, topic or "", respond_by=moved, correspondent=said.correspondent)
    log_event(
        connection,
        summary.id,
        state,
        state,
        by,
        f"исправлено: {what}{urgent}",
        now,
        ClockMark.CORRECTED,
        now_labels,
    )


def _priority(was: str, said: LetterCorrection) -> dict[str, object]:
    """What a person calls an emergency goes to the top of the queue, what they call none leaves it."""
    if said.urgent == (was == Priority.EMERGENCY):
        return {}
    priority = Priority.EMERGENCY if said.urgent else Priority.NORMAL
    return {"priority": priority, "rank": priority.rank}


def withdraw(connection: Connection, case_id: int, by: str, since: datetime) -> None:
    """A correction that its author has undone teaches nothing."""
    own = (correction.c.case_id == case_id, correction.c.by == by, correction.c.at >= since)
    connection.execute(delete(correction).where(*own))


def corrections(connection: Connection) -> tuple[tuple[int, LetterCorrection], ...]:
    """(letter, what was said of it last) for every corrected letter, in the order of the letters."""
    last = select(func.max(correction.c.id)).group_by(correction.c.case_id)
    query = (
        select(case.c.letter_id, correction.c.kinds, correction.c.topics, correction.c.urgent)
        .join(case, case.c.id == correction.c.case_id)
        .where(correction.c.id.in_(last))
        .order_by(case.c.letter_id)
    )
    return tuple(
        (
            row.letter_id,
            LetterCorrection(
                tuple(LetterKind(kind) for kind in row.kinds.split()), tuple(row.topics.split()), row.urgent
            ),
        )
        for row in connection.execute(query)
    )
