"""A letter of which the server gave a part at first, its headers or nothing: known again when it comes whole, and completed."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection, func, select, update

from mailbot.model import CaseState, Envelope, MailboxLocation, RawLetter
from mailbot.store.case_log.events import MACHINE, before_a_person, lock_case, log_event
from mailbot.store.schema.letters_and_cases import case, letter, letter_content, letter_place

NOTE = b"X-Mailbot-Not-Fetched:"
"""With this begins what stands for a letter of which not even the headers could be had."""

CANDIDATES = 20
"""Letters of one second that are compared: more come in one only where a mailbox was moved."""

RECENT = 10_000
"""Newest letters among which one looks for what is to be completed."""


def fingerprint_of(raw: RawLetter) -> str:
    """SHA-256 of the bytes. Of a letter that is not whole we hold headers alone: its size tells it apart."""
    whole = sha256(raw.content)
    if raw.cut_from is not None:
        whole.update(f"\ncut from {raw.cut_from} bytes".encode())
    return whole.hexdigest()


def find_other_part(connection: Connection, raw: RawLetter, fingerprint: str) -> int | None:
    """The id of a known letter with other bytes that is the same: one of the two is a part of the other.

    They came to the mailbox in the same second (INTERNALDATE), and have the same headers or, where there are none, the same size.
    """
    query = (
        select(letter.c.id, letter.c.cut_from, letter_content.c.content)
        .select_from(case.join(letter).join(letter_content, letter_content.c.letter_id == letter.c.id))
        .where(case.c.received_at == raw.received_at, letter.c.sha256 != fingerprint)
    )
    if raw.cut_from is None:
        query = query.where(letter.c.cut_from.is_not(None))
    for row in connection.execute(query.order_by(case.c.id).limit(CANDIDATES)):
        other = RawLetter(bytes(row.content), raw.received_at, row.cut_from)
        if _is_part(raw, other) or _is_part(other, raw):
            return int(row.id)
    return None


def _is_part(part: RawLetter, other: RawLetter) -> bool:
    if part.cut_from is None:
        return False
    size = len(other.content) if other.cut_from is None else other.cut_from
    same_size = part.cut_from == size and size > 0
    if part.content.startswith(NOTE):
        return same_size
    if not other.content.startswith(part.content):
        return False
    return same_size or (other.cut_from is None and b"\nmessage-id:" in part.content.lower())


def complete_letter(
    connection: Connection, letter_id: int, raw: RawLetter, envelope: Envelope, now: datetime
) -> bool:
    """Put the whole letter in the place of its part; False where it is whole already, or a letter of its own.

    What was not decided yet is decided by the whole letter. What was decided by a part goes before a person: nobody has
    read the rest, and the machine has said its word.
    """
    fingerprint = fingerprint_of(raw)
    case_id = connection.scalar(select(case.c.id).where(case.c.letter_id == letter_id))
    if case_id is None:
        return False
    state = lock_case(connection, case_id)
    elsewhere = select(letter.c.id).where(letter.c.sha256 == fingerprint)
    is_part = select(letter.c.id).where(letter.c.id == letter_id, letter.c.cut_from.is_not(None))
    if connection.scalar(elsewhere) is not None or connection.scalar(is_part) is None:
        return False
    connection.execute(
        update(letter_content).where(letter_content.c.letter_id == letter_id).values(content=raw.content)
    )
    connection.execute(
        update(letter)
        .where(letter.c.id == letter_id)
        .values(sha256=fingerprint, cut_from=None, sender=envelope.sender, message_id=envelope.message_id)
    )
    # of a letter without headers the case knows neither
    connection.execute(
        update(case)
        .where(case.c.id == case_id, case.c.sender == "")
        .values(sender=envelope.sender, subject=envelope.subject)
    )
    if state is CaseState.COLLECTED:
        log_event(connection, case_id, state, state, MACHINE, "письмо получено целиком", now)
    else:
        why = "письмо получено целиком только сейчас: решали по его части, прочитайте остальное"
        before_a_person(connection, case_id, why, now)
    return True


def incomplete(connection: Connection, mailbox: str, limit: int) -> tuple[MailboxLocation, ...]:
    """Where the mailbox holds letters that could be had in part alone, of at most `limit` bytes: larger ones stay so."""
    newest = select(func.max(letter.c.id)).scalar_subquery()
    parts = select(letter.c.id).where(
        letter.c.id > newest - RECENT, letter.c.cut_from.is_not(None), letter.c.cut_from <= limit
    )
    ids = [*connection.scalars(parts)]
    if not ids:
        return ()
    query = select(letter_place).where(letter_place.c.letter_id.in_(ids), letter_place.c.mailbox == mailbox)
    return tuple(
        MailboxLocation(row.mailbox, row.folder, row.uidvalidity, row.uid)
        for row in connection.execute(query)
    )


def letter_at(connection: Connection, place: MailboxLocation) -> int | None:
    """The id of the letter that was taken from there."""
    columns = letter_place.c
    query = select(columns.letter_id).where(
        columns.mailbox == place.mailbox,
        columns.folder == place.folder,
        columns.uidvalidity == place.uidvalidity,
        columns.uid == place.uid,
    )
    return connection.scalar(query)
