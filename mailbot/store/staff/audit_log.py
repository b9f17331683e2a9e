"""The log of what people did: lines are added, never changed (the database's triggers hold that)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from mailbot.model import AuditLine
from mailbot.model.case.staff_act import AuditedAct
from mailbot.store.schema.staff_and_casework import audit


def log_act(
    connection: Connection, by: str, what: AuditedAct, about: str, detail: str, now: datetime
) -> None:
    """Add a line."""
    connection.execute(insert(audit).values(at=now, by=by, what=what, about=about[:64], detail=detail[:2000]))


def load_log(connection: Connection, limit: int, before_id: int | None = None) -> tuple[AuditLine, ...]:
    """The newest lines."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before_id is not None:
        query = query.where(audit.c.id < before_id)
    return tuple(
        AuditLine(row.at, row.by, row.what, row.about, row.detail) for row in connection.execute(query)
    )
