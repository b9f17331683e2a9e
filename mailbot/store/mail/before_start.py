"""Letters that came before the robot began its work: kept and shown, neither read nor answered, until a person takes one back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from mailbot.model import Action, CaseState, Envelope
from mailbot.store.case_log.events import MACHINE, step
from mailbot.store.database.full_text_search import index_case
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.letters_and_cases import case, folder_cursor, letter, mailbox_start

BEFORE_START = "before_start"
"""The rule by which lists find such letters; it stands in no file, for the letter is decided before any rule is read."""


def close_unanswered(
    connection: Connection, letter_id: int, case_id: int, envelope: Envelope, start: datetime, now: datetime
) -> None:
    """Close the fresh case of a letter that came before `start` (aware, in the company's time zone)."""
    why = (
        f"пришло до начала работы программы ({start:%d.%m.%Y}): письмо сохранено, программа его не разбирала и не ответит. "
        "Если на него ещё нужно ответить, верните его в очередь"
    )
    connection.execute(update(letter).where(letter.c.id == letter_id).values(decided_at=now))
    decided = {"action": Action.IGNORE, "rule": BEFORE_START, "because": why, "decided_at": now}
    connection.execute(update(case).where(case.c.id == case_id).values(**decided))
    step(connection, case_id, CaseState.IGNORED, MACHINE, why, now)
    index_case(connection, case_id, f"{envelope.sender} {envelope.subject}")


def remember_start(connection: Connection, mailbox: str, first_look: datetime) -> datetime | None:
    """The start that is remembered of a mailbox, at its first look `first_look`; None where letters were taken in before
    any start was kept: then none is too old.
    """
    known, collected = find_start(connection, mailbox)
    if known is not None or collected:
        return known
    row = insert_into(connection, mailbox_start).values(mailbox=mailbox, starts_at=first_look)
    connection.execute(row.on_conflict_do_nothing())  # a collector on another machine may have been faster
    return find_start(connection, mailbox)[0]


def find_start(connection: Connection, mailbox: str) -> tuple[datetime | None, bool]:
    """The start that is remembered of a mailbox, None where none is; and whether it was ever collected."""
    known = connection.scalar(select(mailbox_start.c.starts_at).where(mailbox_start.c.mailbox == mailbox))
    taken = select(folder_cursor.c.folder).where(folder_cursor.c.mailbox == mailbox).limit(1)
    return known, connection.scalar(taken) is not None
