"""Files of `rules/` and `templates/` as staff have changed them: every text that ever held, with author and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from mailbot.store.schema.staff_and_casework import staff_source


@dataclass(frozen=True, slots=True)
class FileChange:
    """One saved text of a file; `text` None: the file of the package holds again."""

    id: int
    path: str
    text: str | None
    at: datetime
    by: str
    note: str


def changed(connection: Connection) -> dict[str, str]:
    """The text of every file that staff have changed, by its path («templates/mail/e_bill.txt»)."""
    newest = select(func.max(staff_source.c.id)).group_by(staff_source.c.path)
    rows = connection.execute(select(staff_source).where(staff_source.c.id.in_(newest)))
    return {row.path: row.text for row in rows if row.text is not None}


def newest_change(connection: Connection) -> int:
    """Grows with every change: who holds rules in memory compares it and reads them anew."""
    return connection.scalar(select(func.max(staff_source.c.id))) or 0


def history(connection: Connection, path: str) -> tuple[FileChange, ...]:
    """All changes of a file, the newest first."""
    query = select(staff_source).where(staff_source.c.path == path).order_by(staff_source.c.id.desc())
    return tuple(
        FileChange(row.id, row.path, row.text, row.at, row.by, row.note) for row in connection.execute(query)
    )


def change(connection: Connection, path: str, text: str | None, by: str, note: str, now: datetime) -> None:
    """Let a text hold from now on; None lets the package's own file hold again."""
    connection.execute(insert(staff_source).values(path=path, text=text, at=now, by=by, note=note))
