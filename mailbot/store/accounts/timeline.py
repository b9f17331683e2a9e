"""What happened on one account within some time: its letters and ours, and changes of the account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, union

from mailbot.model import CaseState, Channel
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.store.accounts.register_record import AccountRecord
from mailbot.store.schema.ledger import account_event, case_tie, charge, meter_reading, payment
from mailbot.store.schema.letters_and_cases import case, case_account, outbox, reading


@dataclass(frozen=True, slots=True)
class AccountCase:
    """A letter or another appeal of the account's client."""

    id: int
    reference: str
    received_at: datetime
    subject: str
    kinds: tuple[str, ...]
    state: CaseState
    channel: Channel


@dataclass(frozen=True, slots=True)
class OurLetter:
    """A letter of ours in one of these cases; `state` is its delivery's."""

    reference: str
    at: datetime
    subject: str
    state: str


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """A change of the account: preferences, ties."""

    at: datetime
    by: str
    what: str
    detail: str

    @property
    def tells_itself(self) -> bool:
        """Do its words begin with what it is about?"""
        return self.what == AccountEventKind.BILL


def _theirs(of: AccountRecord) -> Select[tuple[int]]:
    """Cases that name the account, are tied to its client, or came from an address of theirs."""
    ids = union(
        select(case_account.c.case_id).where(case_account.c.account == of.account.number),
        select(case_tie.c.case_id).where(case_tie.c.client_id == of.client_id),
        select(case.c.id).where(case.c.sender.in_([email.value for email in of.emails])),
    ).subquery()
    return select(ids.c.case_id)


def cases(
    connection: Connection, of: AccountRecord, since: datetime, until: datetime | None, limit: int
) -> tuple[AccountCase, ...]:
    """The client's cases received from `since` on, before `until`; newest first."""
    query = select(
        case.c.id,
        case.c.number,
        case.c.received_at,
        case.c.subject,
        case.c.kinds,
        case.c.state,
        case.c.channel,
    ).where(case.c.id.in_(_theirs(of)), case.c.received_at >= since)
    if until is not None:
        query = query.where(case.c.received_at < until)
    rows = connection.execute(query.order_by(case.c.received_at.desc(), case.c.id.desc()).limit(limit))
    return tuple(
        AccountCase(
            row.id,
            row.number or str(row.id),
            row.received_at,
            row.subject,
            tuple(row.kinds.split()),
            CaseState(row.state),
            Channel(row.channel),
        )
        for row in rows
    )


def our_letters(connection: Connection, of: Iterable[AccountCase]) -> tuple[OurLetter, ...]:
    """Our letters in these cases, oldest first."""
    references = {account_case.id: account_case.reference for account_case in of}
    query = select(outbox.c.case_id, outbox.c.created_at, outbox.c.sent_at, outbox.c.subject, outbox.c.state)
    rows = connection.execute(query.where(outbox.c.case_id.in_(list(references))).order_by(outbox.c.id))
    return tuple(
        OurLetter(references[row.case_id], row.sent_at or row.created_at, row.subject, row.state)
        for row in rows
    )


def references(connection: Connection, reading_ids: Iterable[int]) -> dict[int, str]:
    """The cases of readings that came by letter, by the id of the letter's reading."""
    query = select(reading.c.id, case.c.number, case.c.id.label("case_id")).join(
        case, case.c.id == reading.c.case_id
    )
    rows = connection.execute(query.where(reading.c.id.in_(sorted(set(reading_ids)))))
    return {row.id: row.number or str(row.case_id) for row in rows}


def events(
    connection: Connection, number: str, since: datetime, until: datetime | None, limit: int
) -> tuple[AccountEvent, ...]:
    """Changes of the account, newest first."""
    wanted: list[ColumnElement[bool]] = [account_event.c.account == number, account_event.c.at >= since]
    if until is not None:
        wanted.append(account_event.c.at < until)
    query = (
        select(account_event).where(*wanted).order_by(account_event.c.at.desc(), account_event.c.id.desc())
    )
    return tuple(
        AccountEvent(row.at, row.by, row.what, row.detail) for row in connection.execute(query.limit(limit))
    )


def anything_before(connection: Connection, of: AccountRecord, month: str, day: date, at: datetime) -> bool:
    """Does the account have anything older than the month that begins on `day`, at the moment `at`?"""
    number = of.account.number
    older = or_(
        select(meter_reading.c.id)
        .where(meter_reading.c.account == number, meter_reading.c.month < month)
        .exists(),
        select(charge.c.month).where(charge.c.account == number, charge.c.month < month).exists(),
        select(payment.c.id).where(payment.c.account == number, payment.c.paid_on < day).exists(),
        select(case.c.id).where(case.c.id.in_(_theirs(of)), case.c.received_at < at).exists(),
    )
    return bool(connection.scalar(select(func.count()).where(older)))
