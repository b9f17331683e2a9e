"""A client who was asked has written again: the clock of that case runs on, and people see it again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from mailbot.model import Mark
from mailbot.store.backlog import is_asked
from mailbot.store.events import CLIENT, note
from mailbot.store.tables import case


def heard(connection: Connection, number: str, new_number: str, at: datetime) -> None:
    """The letter of case `new_number`, received `at`, answers what its writer was asked in case `number`.

    A case that was put off until then comes back into the queue; nothing happens where nobody was asked.
    """
    found = connection.scalar(select(case.c.id).where(case.c.number == number))
    if found is None or not is_asked(connection, found):
        return
    note(connection, found, CLIENT, f"клиент написал снова: обращение № {new_number}", at, Mark.HEARD)
    connection.execute(update(case).where(case.c.id == found).values(put_off_until=None))
