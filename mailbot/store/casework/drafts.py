"""What a member is typing on a case and has not sent, and that they have it open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete

from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.staff_and_casework import case_draft, case_presence


def save_draft(connection: Connection, case_id: int, staff_id: int, text: str, now: datetime) -> None:
    """Keep what a member has typed; an empty text forgets it."""
    if not text.strip():
        own = (case_draft.c.case_id == case_id, case_draft.c.staff_id == staff_id)
        connection.execute(delete(case_draft).where(*own))
        return
    values = {"text": text, "saved_at": now}
    statement = insert_into(connection, case_draft).values(case_id=case_id, staff_id=staff_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id", "staff_id"], set_=values))


def forget_drafts(connection: Connection, case_id: int) -> None:
    """An answer has gone: nobody's draft of it is of use."""
    connection.execute(delete(case_draft).where(case_draft.c.case_id == case_id))


def look(connection: Connection, case_id: int, staff_id: int, *, writing: bool, now: datetime) -> None:
    """Say that a member has the case open."""
    values = {"seen_at": now, "writing": writing}
    statement = insert_into(connection, case_presence).values(case_id=case_id, staff_id=staff_id, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["case_id", "staff_id"], set_=values))
