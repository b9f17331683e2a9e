"""The same letter by two routes: same Message-ID, sender and words, other bytes; or sent twice within minutes, under two ids.
The first has the case and the answer.

Whoever decides a letter holds the counter's lock, so the second copy sees the first decided; the unique index of
`letter.identity` holds it, whatever happens. The bytes of every copy are kept.
"""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, Connection, exists, or_, select, update

from mailbot.model import CaseState, FirstCopy, Letter
from mailbot.store.case_log.events import MACHINE
from mailbot.store.schema.letters_and_cases import case, case_event, outbox
from mailbot.store.schema.letters_and_cases import letter as letter_table

SENT_TWICE = timedelta(minutes=5)
"""Who sends the same words again so soon, before a letter of ours has left or a person has acted, has pressed twice, or doubted
that they left; later he has not been answered, or has been and means it."""

SECOND_COPY = "second_copy"
"""The short name of the rule by which a second copy has no case of its own."""


def identity_of(letter: Letter) -> str | None:
    """What two copies have in common, hexadecimal; None where the letter names no id, or was not read whole."""
    if not letter.message_id or not letter.words_sha256:
        return None
    same = "\0".join((letter.message_id, letter.from_.email, letter.words_sha256))
    return sha256(same.encode("utf-8", "replace")).hexdigest()


def sameness_of(letter: Letter) -> str | None:
    """What a letter has in common with one that its writer sends again, hexadecimal; None where it was not read whole."""
    if not letter.words_sha256 or not letter.from_.email:
        return None
    writers = (letter.from_.email, *sorted(address.email for address in letter.reply_to))
    # «да» to one letter of ours is not «да» to another
    same = "\0".join((*writers, "", *letter.in_reply_to, "", letter.words_sha256))
    return sha256(same.encode("utf-8", "replace")).hexdigest()


def first_copy(connection: Connection, letter_id: int, letter: Letter) -> FirstCopy | None:
    """The case that the same letter has already; None where it has none.

    A first copy that was ignored holds nobody back: a list's copy may be a robot's, while the direct one is the client's.
    """
    return _same_letter(connection, letter_id, letter) or _sent_twice(connection, letter_id, letter)


def _same_letter(connection: Connection, letter_id: int, letter: Letter) -> FirstCopy | None:
    identity = identity_of(letter)
    if identity is None:
        return None
    query = (
        select(case.c.number, case.c.received_at)
        .join(letter_table, letter_table.c.id == case.c.letter_id)
        .where(
            letter_table.c.identity == identity,
            letter_table.c.id != letter_id,
            case.c.state != CaseState.IGNORED,
            case.c.number.is_not(None),
        )
    )
    row = connection.execute(query).first()
    return FirstCopy(str(row.number), row.received_at) if row else None


def _sent_twice(connection: Connection, letter_id: int, letter: Letter) -> FirstCopy | None:
    sameness = sameness_of(letter)
    if sameness is None:
        return None
    query = (
        select(case.c.number, case.c.received_at)
        .join(letter_table, letter_table.c.id == case.c.letter_id)
        .where(
            letter_table.c.sameness == sameness,
            letter_table.c.id != letter_id,
            case.c.received_at.between(letter.received_at - SENT_TWICE, letter.received_at + SENT_TWICE),
            case.c.state != CaseState.IGNORED,
            case.c.number.is_not(None),
            ~exists().where(outbox.c.case_id == case.c.id, outbox.c.sent_at < letter.received_at),
            ~exists().where(case_event.c.case_id == case.c.id, case_event.c.by != MACHINE),
        )
        .order_by(case.c.id)
    )
    row = connection.execute(query).first()
    return FirstCopy(str(row.number), row.received_at, same_id=False) if row else None


def is_no_copy() -> ColumnElement[bool]:
    """Is the case a letter's own? A second copy that a person took back is."""
    return or_(case.c.rule.is_(None), case.c.rule != SECOND_COPY, case.c.state != CaseState.IGNORED)


def claim_identity(connection: Connection, letter_id: int, letter: Letter) -> None:
    """From now on every other copy of the letter is a second one; a first that a person has since ignored gives way."""
    own = update(letter_table).where(letter_table.c.id == letter_id)
    connection.execute(own.values(sameness=sameness_of(letter)))
    identity = identity_of(letter)
    if identity is None:
        return
    connection.execute(update(letter_table).where(letter_table.c.identity == identity).values(identity=None))
    connection.execute(update(letter_table).where(letter_table.c.id == letter_id).values(identity=identity))
