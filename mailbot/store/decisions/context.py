"""What the company already knows of a letter's sender and accounts, read inside the deciding transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, ScalarSelect, func, or_, select

from mailbot.model import (
    CaseContext,
    CaseState,
    EarlierCase,
    EarlierReading,
    Facts,
    Letter,
    LetterKind,
    Resource,
    Unit,
)
from mailbot.model.case.context import ClientProof
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.letter.writer import is_from_own_form, writer_of
from mailbot.store.accounts.known_accounts import closed_month, known_accounts, ledger_known
from mailbot.store.case_log.case_numbers import next_number
from mailbot.store.database.json_codec import words_from_json
from mailbot.store.decisions.client_ties import MAX_ACCOUNTS, client_of, ties_of
from mailbot.store.mail.automatic_traffic import load_traffic
from mailbot.store.mail.duplicates import first_copy
from mailbot.store.schema.letters_and_cases import (
    case,
    case_account,
    client_account,
    client_email,
    outbox,
    reading,
)

LOOK_BACK = timedelta(days=400)
"""An answer older than a heating season and a year is no answer to today's question."""

MAX_EARLIER = 50

MAX_METERED = 1_000
"""Accounts whose meters are looked up: a housing manager's table names hundreds. The rest a person sees."""

YEAR = 12
"""Months of readings from which a meter's usual consumption is known: a heating season and a summer."""

MAX_CITED = 50
"""Message-IDs of one letter that are looked up, the nearest first."""


def context(
    connection: Connection,
    letter_id: int,
    letter: Letter,
    facts: Facts,
    now: datetime,
    time_zone: str,
    own_addresses: Collection[str] = (),
) -> CaseContext:
    """All that `decide` may know besides the letter itself.

    A form of our site writes from an address of `own_addresses`: its cases are those of the client in Reply-To, for whom
    nobody vouches, so that the register is not asked about that address.
    """
    accounts = tuple(dict.fromkeys(account.value for account in facts.contacts.accounts))[:MAX_ACCOUNTS]
    form = is_from_own_form(letter, own_addresses)
    writer = writer_of(letter, own_addresses).email
    sender = "" if form else writer
    number = next_number(connection, now, time_zone)
    ties = ties_of(connection, sender, facts.contacts)
    client = client_of(connection, ties)
    follows = _follows(connection, letter)
    known = CaseContext(
        number=number,
        register_known=True,
        client=client,
        follows=follows,
        correspondent=_correspondent(connection, follows),
        earlier=_earlier(connection, letter_id, writer, accounts, now),
        readings=_readings(connection, sender, accounts),
        traffic=load_traffic(
            connection, {address.email for address in (letter.from_, *letter.reply_to)}, now
        ),
        known_writer=(client is not None and client.tied_by is ClientProof.SENDER)
        or _wrote_before(connection, writer, now),
        ties=ties,
        writer=writer if form else "",
        first_copy=first_copy(connection, letter_id, letter),
    )
    if not ledger_known(connection):
        return known
    return _with_meters(connection, known, facts, Month.of(now.astimezone(ZoneInfo(time_zone)).date()))


def _with_meters(connection: Connection, known: CaseContext, facts: Facts, month: Month) -> CaseContext:
    """The context with the accounts of the letter and of its sender, as the ledger has them."""
    named = [reading.account for reading in facts.readings if reading.account]
    named += [value.value for value in (*facts.contacts.accounts, *facts.implied)]
    client = known.client
    own = client.accounts if client is not None and client.tied_by is ClientProof.SENDER else ()
    wanted = tuple(dict.fromkeys((*named, *own)))
    return replace(
        known,
        ledger_known=True,
        accounts=known_accounts(connection, wanted[:MAX_METERED], month.back(YEAR)),
        unasked=wanted[MAX_METERED:],
        closed=closed_month(connection),
    )


def _follows(connection: Connection, letter: Letter) -> str | None:
    """The case whose letter of ours this one answers, if its sender is a participant of that case.

    A stranger who got hold of a Message-ID does not enter another's thread. Participants are the
    writer and the addressee of our letter; addresses are compared without regard to case.
    """
    writer = letter.from_.email.lower()
    cited = (*letter.in_reply_to, *reversed(letter.references))[:MAX_CITED]
    if not cited or not writer:
        return None
    query = (
        select(case.c.number, case.c.sender, outbox.c.recipient)
        .join(outbox, outbox.c.case_id == case.c.id)
        .where(outbox.c.message_id.in_(cited))
        .order_by(outbox.c.id.desc())
    )
    for number, sender, recipient in connection.execute(query):
        if writer in (sender.lower(), recipient.lower()):
            return str(number)
    return None


def _correspondent(connection: Connection, number: str | None) -> str:
    """The group of the case that the letter continues; empty where that is a client's."""
    if number is None:
        return ""
    return connection.scalar(select(case.c.correspondent).where(case.c.number == number)) or ""


def _earlier(
    connection: Connection, letter_id: int, sender: str, accounts: tuple[str, ...], now: datetime
) -> tuple[EarlierCase, ...]:
    """The newest earlier cases of the sender or of an account named, newest first."""
    ties = []
    if sender:
        ties.append(case.c.sender == sender)
    if accounts:
        ties.append(case.c.id.in_(_naming(connection, accounts)))
    if not ties:
        return ()
    query = (
        select(
            case.c.number,
            case.c.received_at,
            case.c.topics,
            case.c.written_text,
            case.c.answered_on_substance,
            func.coalesce(_left(), case.c.answered_at).label("answered_at"),
            case.c.answer_text,
            case.c.arguments,
            case.c.primary_kind,
        )
        .where(
            or_(*ties),
            case.c.letter_id != letter_id,
            case.c.facts_json.is_not(None),  # understood, so decided
            case.c.state != CaseState.IGNORED,
            case.c.correspondent.is_(None),  # what we wrote to a prosecutor is no answer to the client
            case.c.received_at > now - LOOK_BACK,
        )
        .order_by(case.c.received_at.desc(), case.c.id.desc())
        .limit(MAX_EARLIER)
    )
    return tuple(
        EarlierCase(
            number=row.number or "",
            received_at=row.received_at,
            topics=tuple(row.topics.split()),
            text=row.written_text,
            answered_on_substance=row.answered_on_substance,
            answered_at=row.answered_at,
            answer=row.answer_text,
            arguments=words_from_json(row.arguments),
            kind=LetterKind(row.primary_kind) if row.primary_kind else None,
        )
        for row in connection.execute(query)
    )


def _left() -> ScalarSelect[datetime | None]:
    """When the first letter of the case left after it was answered; NULL where none has, or the answer was no letter."""
    return (
        select(func.min(outbox.c.sent_at))
        .where(outbox.c.case_id == case.c.id, outbox.c.sent_at >= case.c.answered_at)
        .correlate(case)
        .scalar_subquery()
    )


def _naming(connection: Connection, accounts: tuple[str, ...]) -> tuple[int, ...]:
    """The newest cases whose letters name one of the accounts.

    Asked apart: PostgreSQL reads all cases where a subquery stands beside OR.
    """
    query = select(case_account.c.case_id).where(case_account.c.account.in_(accounts)).distinct()
    return tuple(connection.scalars(query.order_by(case_account.c.case_id.desc()).limit(4 * MAX_EARLIER)))


def _readings(connection: Connection, sender: str, accounts: tuple[str, ...]) -> tuple[EarlierReading, ...]:
    """The newest accepted reading of each meter of the accounts named or tied to the sender."""
    own = select(client_account.c.account).join(
        client_email, client_email.c.client_id == client_account.c.client_id
    )
    known = tuple(connection.scalars(own.where(client_email.c.email == sender))) if sender else ()
    every = tuple(dict.fromkeys((*accounts, *known)))
    if not every:
        return ()
    query = (
        select(reading)
        .where(reading.c.account.in_(every), reading.c.state == ReadingState.ACCEPTED)
        .order_by(reading.c.received_at.desc(), reading.c.id.desc())
        .limit(1000)
    )
    newest: dict[tuple[str, str | None, str | None], EarlierReading] = {}
    for row in connection.execute(query):
        newest.setdefault(
            (row.account, row.meter, row.resource),
            EarlierReading(
                row.account,
                row.meter,
                Resource(row.resource) if row.resource else None,
                Decimal(row.value),
                Unit(row.unit) if row.unit else None,
                row.received_at,
            ),
        )
    return tuple(newest.values())


def _wrote_before(connection: Connection, writer: str, now: datetime) -> bool:
    """Has the address written before today's flood, if there is one?"""
    before = select(case.c.id).where(case.c.sender == writer, case.c.received_at < now - timedelta(days=1))
    return connection.scalar(before.limit(1)) is not None
