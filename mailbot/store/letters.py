"""Taking letters in: the raw bytes, their place and the folder's cursor in one commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import Insert

from mailbot.model import CaseState, Envelope, Place, RawLetter
from mailbot.store.events import MACHINE, log_event
from mailbot.store.tables import case, folder_cursor, lease, letter, letter_place


@dataclass(frozen=True, slots=True)
class Kept:
    """A letter in the database. `fresh` is False where the same bytes were there before."""

    letter_id: int
    fresh: bool


def keep(
    connection: Connection,
    raw: RawLetter,
    envelope: Envelope,
    place: Place | None,
    source: str,
    now: datetime,
) -> Kept:
    """Keep a letter once by its bytes, with its case, its place, and the cursor moved past it.

    The hash decides, not the Message-ID: a known id with other content is another letter.
    """
    digest = sha256(raw.content).hexdigest()
    values = {
        "sha256": digest,
        "content": raw.content,
        "cut_from": raw.cut_from,
        "received_at": raw.received_at,
        "collected_at": now,
        "source": source,
        "sender": envelope.sender,
        "message_id": envelope.message_id,
    }
    statement = _insert(connection, letter).values(values).on_conflict_do_nothing()
    fresh = connection.scalar(statement.returning(letter.c.id)) is not None
    letter_id = connection.scalar(select(letter.c.id).where(letter.c.sha256 == digest)) or 0
    if fresh:
        _open_case(connection, letter_id, raw, envelope, source, now)
    if place is not None:
        _note_place(connection, letter_id, place)
    return Kept(letter_id, fresh)


def _insert(connection: Connection, table: object) -> sqlite.Insert | postgresql.Insert:
    kind = postgresql if connection.dialect.name == "postgresql" else sqlite
    return kind.insert(table)  # type: ignore[no-any-return]


def _open_case(
    connection: Connection, letter_id: int, raw: RawLetter, envelope: Envelope, source: str, now: datetime
) -> None:
    statement: Insert = case.insert().values(
        letter_id=letter_id,
        state=CaseState.COLLECTED,
        sender=envelope.sender,
        subject=envelope.subject,
        received_at=raw.received_at,
    )
    case_id = connection.execute(statement.returning(case.c.id)).scalar_one()
    log_event(connection, case_id, None, CaseState.COLLECTED, MACHINE, f"принято: {source}", now)


def _note_place(connection: Connection, letter_id: int, place: Place) -> None:
    values = {
        "mailbox": place.mailbox,
        "folder": place.folder,
        "uidvalidity": place.uidvalidity,
        "uid": place.uid,
    }
    connection.execute(
        _insert(connection, letter_place).values(letter_id=letter_id, **values).on_conflict_do_nothing()
    )
    known = cursor(connection, place.mailbox, place.folder)
    if known is None or known[0] != place.uidvalidity or known[1] < place.uid:
        where = {"mailbox": place.mailbox, "folder": place.folder}
        moved = {"uidvalidity": place.uidvalidity, "last_uid": place.uid}
        connection.execute(
            _insert(connection, folder_cursor)
            .values(**where, **moved)
            .on_conflict_do_update(index_elements=list(where), set_=moved)
        )


def cursor(connection: Connection, mailbox: str, folder: str) -> tuple[int, int] | None:
    """(UIDVALIDITY, last UID) up to which a folder was taken in; None where it never was."""
    query = select(folder_cursor.c.uidvalidity, folder_cursor.c.last_uid).where(
        folder_cursor.c.mailbox == mailbox, folder_cursor.c.folder == folder
    )
    row = connection.execute(query).one_or_none()
    return (row.uidvalidity, row.last_uid) if row else None


def raw(connection: Connection, letter_id: int) -> RawLetter:
    """The bytes of a letter as they came."""
    query = select(letter.c.content, letter.c.received_at, letter.c.cut_from).where(letter.c.id == letter_id)
    row = connection.execute(query).one()
    return RawLetter(bytes(row.content), row.received_at, row.cut_from)


def digest(connection: Connection, letter_id: int) -> str:
    """SHA-256 of a letter's bytes, hexadecimal."""
    return str(connection.scalar(select(letter.c.sha256).where(letter.c.id == letter_id)))


def take_lease(connection: Connection, name: str, holder: str, until: datetime, now: datetime) -> bool:
    """Take or prolong the lease of that name; False while somebody else holds it."""
    statement = _insert(connection, lease).values(name=name, holder=holder, until=until)
    free = (lease.c.holder == holder) | (lease.c.until < now)
    statement = statement.on_conflict_do_update(
        index_elements=["name"], set_={"holder": holder, "until": until}, where=free
    )
    connection.execute(statement)
    return connection.scalar(select(lease.c.holder).where(lease.c.name == name)) == holder


def drop_lease(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back early, so that another may take over at once."""
    connection.execute(lease.delete().where(lease.c.name == name, lease.c.holder == holder))
