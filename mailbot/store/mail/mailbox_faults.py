"""What of a mailbox fails now: written by its collector, read by the manager's board."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from mailbot.model.mailbox_duty import MailboxDuty, MailboxFault
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.letters_and_cases import mailbox_fault


def save_fault(
    connection: Connection, mailbox: str, duty: MailboxDuty, folder: str, why: str, now: datetime
) -> None:
    """A duty fails; of one that failed before, what is said of it now, and still since when."""
    statement = insert_into(connection, mailbox_fault).values(
        mailbox=mailbox, duty=duty, folder=folder, why=why, since=now
    )
    connection.execute(
        statement.on_conflict_do_update(index_elements=["mailbox", "duty", "folder"], set_={"why": why})
    )


def clear_fault(connection: Connection, mailbox: str, duty: MailboxDuty, folder: str) -> None:
    """The duty goes well again."""
    columns = mailbox_fault.c
    connection.execute(
        delete(mailbox_fault).where(
            columns.mailbox == mailbox, columns.duty == duty, columns.folder == folder
        )
    )


def clear_faults(connection: Connection, mailbox: str) -> None:
    """Nothing is known: a new process has taken the mailbox, and will meet what is still broken."""
    connection.execute(delete(mailbox_fault).where(mailbox_fault.c.mailbox == mailbox))


def load_faults(connection: Connection) -> tuple[MailboxFault, ...]:
    """All that fails now, the longest broken first."""
    query = select(mailbox_fault).order_by(
        mailbox_fault.c.since, mailbox_fault.c.duty, mailbox_fault.c.folder
    )
    return tuple(
        MailboxFault(row.mailbox, MailboxDuty(row.duty), row.folder, row.why, row.since)
        for row in connection.execute(query)
    )
