"""Taking letters in: the raw bytes, their place and the folder's cursor in one commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, or_, select

from mailbot.model import CaseState, Envelope, MailboxLocation, RawLetter
from mailbot.store.case_log import owed_answers
from mailbot.store.case_log.events import MACHINE, log_event
from mailbot.store.database.upsert import insert_into
from mailbot.store.mail import letter_parts
from mailbot.store.mail.before_start import close_unanswered
from mailbot.store.mail.letter_parts import fingerprint_of
from mailbot.store.schema.letters_and_cases import case, folder_cursor, letter, letter_content, letter_place


@dataclass(frozen=True, slots=True)
class StoredLetter:
    """A letter in the database. `fresh` is False where the same bytes were there before."""

    letter_id: int
    fresh: bool


def save_letter(
    connection: Connection,
    raw: RawLetter,
    envelope: Envelope,
    place: MailboxLocation | None,
    source: str,
    now: datetime,
    before: datetime | None = None,
    *,
    urgent: bool = False,
) -> StoredLetter:
    """Keep a letter once by its bytes, with its case, its place, and the cursor moved past it.

    The hash decides, not the Message-ID: a known id with other content is another letter. A letter that could once be had
    in part alone is the same letter (`letter_parts`): what is whole takes the place of the part.
    `before` is the start of work that the letter lies before: it is closed at once, and nobody reads it (None: it is work).
    `urgent`: it seems to tell of an emergency, and is claimed before the others.
    """
    fingerprint = fingerprint_of(raw)
    if part_id := letter_parts.find_other_part(connection, raw, fingerprint):
        if raw.cut_from is None:
            letter_parts.complete_letter(connection, part_id, raw, envelope, now)
        if place is not None:
            _note_place(connection, part_id, place)
        return StoredLetter(part_id, False)
    # the letter's row, unless its bytes are known: then nothing is returned
    statement = insert_into(connection, letter).values(
        sha256=fingerprint,
        cut_from=raw.cut_from,
        received_at=raw.received_at,
        collected_at=now,
        source=source,
        sender=envelope.sender,
        message_id=envelope.message_id,
        urgent=urgent,
    )
    statement = statement.on_conflict_do_nothing(index_elements=["sha256"])
    letter_id = connection.scalar(statement.returning(letter.c.id))
    fresh = letter_id is not None
    if letter_id is None:
        known = select(letter.c.id).where(letter.c.sha256 == fingerprint)
        letter_id = connection.execute(known).scalar_one()
    else:
        connection.execute(insert(letter_content).values(letter_id=letter_id, content=raw.content))
        case_id = _open_case(connection, letter_id, raw, envelope, source, now)
        if before is not None:
            close_unanswered(connection, letter_id, case_id, envelope, before, now)
    if place is not None:
        _note_place(connection, letter_id, place)
    return StoredLetter(letter_id, fresh)


def _open_case(
    connection: Connection, letter_id: int, raw: RawLetter, envelope: Envelope, source: str, now: datetime
) -> int:
    """Every letter has exactly one case from its first moment; its id."""
    statement = insert(case).values(
        letter_id=letter_id,
        state=CaseState.COLLECTED,
        sender=envelope.sender,
        subject=envelope.subject,
        received_at=raw.received_at,
    )
    case_id = connection.execute(statement.returning(case.c.id)).scalar_one()
    owed_answers.begin(connection, case_id, raw.received_at)
    log_event(connection, case_id, None, CaseState.COLLECTED, MACHINE, f"принято: {source}", now)
    return int(case_id)


def _note_place(connection: Connection, letter_id: int, place: MailboxLocation) -> None:
    """Remember where the mailbox holds the letter; the same bytes may lie in several places."""
    statement = insert_into(connection, letter_place).values(
        mailbox=place.mailbox,
        folder=place.folder,
        uidvalidity=place.uidvalidity,
        uid=place.uid,
        letter_id=letter_id,
    )
    connection.execute(statement.on_conflict_do_nothing())
    advance_cursor(connection, place)


def advance_cursor(connection: Connection, place: MailboxLocation) -> None:
    """Move the folder's cursor past a place: never back, but anew where UIDVALIDITY changed
    (RFC 3501 2.3.1.1: the old UIDs then mean nothing).
    """
    statement = insert_into(connection, folder_cursor).values(
        mailbox=place.mailbox, folder=place.folder, uidvalidity=place.uidvalidity, last_uid=place.uid
    )
    moves = or_(
        folder_cursor.c.uidvalidity != statement.excluded.uidvalidity,
        folder_cursor.c.last_uid < statement.excluded.last_uid,
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["mailbox", "folder"],
            set_={
                "uidvalidity": statement.excluded.uidvalidity,
                "last_uid": statement.excluded.last_uid,
            },
            where=moves,
        )
    )


def cursor(connection: Connection, mailbox: str, folder: str) -> tuple[int, int] | None:
    """(UIDVALIDITY, last UID) up to which a folder was taken in; None where it never was."""
    query = select(folder_cursor.c.uidvalidity, folder_cursor.c.last_uid).where(
        folder_cursor.c.mailbox == mailbox, folder_cursor.c.folder == folder
    )
    row = connection.execute(query).one_or_none()
    return (row.uidvalidity, row.last_uid) if row else None


def load_raw(connection: Connection, letter_id: int) -> RawLetter:
    """The bytes of a letter as they came."""
    query = select(letter_content.c.content, letter.c.received_at, letter.c.cut_from).join_from(
        letter, letter_content
    )
    row = connection.execute(query.where(letter.c.id == letter_id)).one()
    return RawLetter(bytes(row.content), row.received_at, row.cut_from)


def digest(connection: Connection, letter_id: int) -> str:
    """The letter's fingerprint, hexadecimal: SHA-256 of its bytes."""
    return str(connection.execute(select(letter.c.sha256).where(letter.c.id == letter_id)).scalar_one())
