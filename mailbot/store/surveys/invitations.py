"""Who was asked to rate which answer, at most once a quarter, and who wants to be asked no more (chapter 6)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, exists, func, or_, select

from mailbot.model import ClockMark, DeliveryState, LetterPurpose
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import Invitation
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.ledger import account
from mailbot.store.schema.letters_and_cases import case, case_event, client_account, client_email, outbox
from mailbot.store.schema.reports_and_surveys import survey_invitation, survey_refusal

APART = timedelta(days=60)
"""Two questions of ours to one client are never nearer, not even where a quarter ends between them."""


def invite(connection: Connection, letter_id: int, email: str, quarter: str, now: datetime) -> bool:
    """Write down that the answer to the letter asks its reader, `email`, to rate it; False: it must not ask.

    In the transaction that puts the answer into the outbox. `quarter` as «2026-Q4»: of two workers that ask one
    client in it, the key lets the first, and the second waits to be told so.
    """
    case_id = connection.execute(select(case.c.id).where(case.c.letter_id == letter_id)).scalar_one()
    address = email.lower()
    client_id, group = client_behind(connection, address)
    whom = address if client_id is None else f"client:{client_id}"
    if (before := _row_of_case(connection, case_id)) is not None:
        return before.whom == whom and not _left(connection, case_id)
    if _unwelcome(connection, case_id, whom, address, now):
        return False
    statement = insert_into(connection, survey_invitation).values(
        case_id=case_id, whom=whom, email=address, group=group, quarter=quarter, created_at=now
    )
    kept = statement.on_conflict_do_nothing().returning(survey_invitation.c.id)
    return connection.scalar(kept) is not None


def client_behind(connection: Connection, email: str) -> tuple[int | None, ClientGroup]:
    """The client of the register to whom the address belongs, and the group of most of their accounts.

    An address that the register does not know is a citizen's until we learn otherwise.
    """
    query = select(client_email.c.client_id).where(client_email.c.email == email)
    client_id = connection.scalar(query)
    groups = (
        select(account.c.client_group)
        .join(client_account, client_account.c.account == account.c.number)
        .where(client_account.c.client_id == client_id)
        .group_by(account.c.client_group)
        .order_by(func.count().desc(), account.c.client_group)
        .limit(1)
    )
    group_name = connection.scalar(groups) if client_id is not None else None
    return client_id, ClientGroup(group_name) if group_name else ClientGroup.INDIVIDUAL


def _row_of_case(connection: Connection, case_id: int) -> Row[tuple[object, ...]] | None:
    query = select(survey_invitation).where(survey_invitation.c.case_id == case_id)
    return connection.execute(query).one_or_none()


def _left(connection: Connection, case_id: int) -> bool:
    """Is an answer on its way or gone? One that was undone before it left has asked nobody anything."""
    answers = (outbox.c.case_id == case_id) & (outbox.c.purpose == LetterPurpose.ANSWER)
    return bool(connection.scalar(select(exists().where(answers, outbox.c.state != DeliveryState.HELD))))


def _unwelcome(connection: Connection, case_id: int, whom: str, email: str, now: datetime) -> bool:
    """Refused for good, asked not long ago, or the case came back after an answer that was none."""
    refused = exists().where(survey_refusal.c.email == email)
    lately = exists().where(
        or_(survey_invitation.c.whom == whom, survey_invitation.c.email == email),
        survey_invitation.c.created_at > now - APART,
    )
    came_back = exists().where(case_event.c.case_id == case_id, case_event.c.mark == ClockMark.WITHDRAWN)
    return bool(connection.scalar(select(or_(refused, lately, came_back))))


def invitation(connection: Connection, number: str) -> Invitation | None:
    """The invitation to rate the answer to the case of that number; None where nobody was invited."""
    query = (
        select(survey_invitation, case.c.number)
        .join(case, case.c.id == survey_invitation.c.case_id)
        .where(case.c.number == number)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    group = ClientGroup(row.group)
    letter = _answer(connection, row.case_id)
    return Invitation(row.id, row.case_id, row.number, row.email, group, row.created_at, letter)


def _answer(connection: Connection, case_id: int) -> str:
    """The Message-ID of the newest answer to the case; empty where there is none."""
    query = select(outbox.c.message_id).where(
        outbox.c.case_id == case_id, outbox.c.purpose == LetterPurpose.ANSWER
    )
    return connection.scalar(query.order_by(outbox.c.id.desc()).limit(1)) or ""


def refuse(connection: Connection, email: str, now: datetime) -> bool:
    """The address is asked no more; False where that stands already. Reminders and answers still come."""
    statement = insert_into(connection, survey_refusal).values(email=email.lower(), since=now)
    kept = statement.on_conflict_do_nothing().returning(survey_refusal.c.email)
    return connection.scalar(kept) is not None


def refusals(connection: Connection) -> tuple[tuple[str, datetime], ...]:
    """(address, since) of all that want to be asked no more, the newest first."""
    query = select(survey_refusal).order_by(survey_refusal.c.since.desc(), survey_refusal.c.email)
    return tuple((row.email, row.since) for row in connection.execute(query))
