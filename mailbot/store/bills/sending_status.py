"""What stands where of the bills: one account's, a month's, those a person must look at. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from mailbot.model import DeliveryState, LetterPurpose
from mailbot.model.bill.sending import STATE_BY_DELIVERY, BillLetter, BillState, SentBill
from mailbot.model.case.life_cycle import STOPPED
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.store.schema.bills import bill, bill_letter, bill_sending
from mailbot.store.schema.letters_and_cases import outbox


def of_account(connection: Connection, number: str) -> tuple[SentBill, ...]:
    """The account's bills, newest month first."""
    query = _bills().where(bill.c.account == number).order_by(bill.c.month.desc())
    return _read(connection, query)


def of_month(
    connection: Connection, month: Month, delivery: DeliveryMethod | None = None, numbers: Iterable[str] = ()
) -> tuple[SentBill, ...]:
    """The month's bills by account: of one way, or of the accounts named, or all."""
    query = _bills().where(bill.c.month == str(month))
    if delivery is not None:
        query = query.where(bill.c.delivery == delivery)
    if wanted := list(numbers):
        query = query.where(bill.c.account.in_(wanted))
    return _read(connection, query.order_by(bill.c.account))


def trouble(connection: Connection, month: Month, limit: int = 1000) -> tuple[SentBill, ...]:
    """Bills of the month whose letter is held, refused or of unknown fate, and those that had no address for a mail."""
    states = (*STOPPED, DeliveryState.UNCERTAIN)
    waits = outbox.c.state.in_(states) | (bill.c.why != "")
    query = _bills().where(bill.c.month == str(month), waits)
    return _read(connection, query.order_by(bill.c.account).limit(limit))


def tally(connection: Connection, month: Month) -> dict[BillState, int]:
    """How many of the month's bills stand in each state."""
    letter = _states(month).cte("letters").prefix_with("MATERIALIZED")
    kinds = (bill.c.delivery, letter.c.state, letter.c.copied_at.is_not(None), bill.c.left_at.is_not(None))
    query = select(*kinds, func.count()).outerjoin(letter, letter.c.id == bill.c.outbox_id)
    query = query.where(bill.c.month == str(month)).group_by(*kinds)
    counts: dict[BillState, int] = {}
    for delivery, state, back, gone, count in connection.execute(query):
        key = _state(DeliveryMethod(delivery), state, bool(back), left=bool(gone))
        counts[key] = counts.get(key, 0) + count
    return counts


def ways(connection: Connection, month: Month) -> dict[DeliveryMethod, int]:
    """How many of the month's bills go each way."""
    query = select(bill.c.delivery, func.count()).where(bill.c.month == str(month)).group_by(bill.c.delivery)
    return {DeliveryMethod(delivery): count for delivery, count in connection.execute(query)}


def in_state(
    connection: Connection, month: Month, state: BillState, limit: int, after: str = ""
) -> tuple[SentBill, ...]:
    """The month's bills that stand so, by account, beyond the account `after`."""
    query = select(bill.c.account).where(
        bill.c.month == str(month), bill.c.account > after, _stands(month, state)
    )
    numbers = tuple(connection.scalars(query.order_by(bill.c.account).limit(limit)))
    return of_month(connection, month, None, numbers) if numbers else ()


def instead_of_mail(connection: Connection, month: Month, limit: int) -> tuple[SentBill, ...]:
    """The month's bills that go on paper though their clients wait for a mail, by account; `detail` says why."""
    query = _bills().where(
        bill.c.month == str(month), bill.c.delivery == DeliveryMethod.PAPER, bill.c.why != ""
    )
    return _read(connection, query.order_by(bill.c.account).limit(limit))


def _states(month: Month) -> Select[Any]:
    """Where the letters stand that were made since the month's sending began.

    Of the index alone: a letter's row holds its whole PDF, and SQLite reads through it on the way to the state.
    """
    begun = select(bill_sending.c.begun_at).where(bill_sending.c.month == str(month)).scalar_subquery()
    query = select(outbox.c.id, outbox.c.state, outbox.c.copied_at)
    return query.where(outbox.c.provider.is_not(None), outbox.c.created_at >= begun)


_BACK = outbox.c.copied_at.is_not(None)
"""A letter that returned is not to be copied to Sent any longer; one that was never taken has nothing to copy."""


def _stands(month: Month, state: BillState) -> ColumnElement[bool]:
    """The condition for one state, as `_state` reads it."""
    own, left = bill.c.delivery == DeliveryMethod.EMAIL, bill.c.left_at.is_not(None)
    match state:
        case BillState.TO_PRINT | BillState.PRINTED:
            return and_(
                bill.c.delivery == DeliveryMethod.PAPER, left if state is BillState.PRINTED else ~left
            )
        case BillState.TO_EXPORT | BillState.EXPORTED:
            return and_(bill.c.delivery == DeliveryMethod.EDO, left if state is BillState.EXPORTED else ~left)
        case BillState.QUEUED:
            return and_(own, or_(_led(month, state), bill.c.outbox_id.is_(None)))
        case BillState.SENT | BillState.HELD | BillState.UNCERTAIN:
            return and_(own, _led(month, state))
        case BillState.REFUSED:
            return and_(own, _led(month, BillState.REFUSED, ~_BACK))
        case BillState.RETURNED:
            return and_(own, _led(month, BillState.REFUSED, _BACK))
        case _:
            assert_never(state)


def _led(month: Month, state: BillState, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    """Bills whose letter's own state stands for that one."""
    states = [delivery for delivery, bill_state in STATE_BY_DELIVERY.items() if bill_state is state]
    query = _states(month).with_only_columns(outbox.c.id).where(outbox.c.state.in_(states), *more)
    return bill.c.outbox_id.in_(query)


def letters(connection: Connection, number: str, month: Month | None = None) -> tuple[BillLetter, ...]:
    """Every letter with the account's bill of the month (None: of any), oldest first."""
    columns = ("id", "recipient", "state", "held_reason", "last_error", "created_at", "sent_at", "copied_at")
    query = (
        select(*(outbox.c[name] for name in columns), bill_letter.c.month, bill_letter.c.sent_again_by)
        .join(bill_letter, bill_letter.c.outbox_id == outbox.c.id)
        .where(bill_letter.c.account == number, outbox.c.purpose == LetterPurpose.BILL)
    )
    if month is not None:
        query = query.where(bill_letter.c.month == str(month))
    return tuple(
        BillLetter(
            row.id,
            Month.read(row.month),
            row.recipient,
            DeliveryState(row.state),
            _state(DeliveryMethod.EMAIL, row.state, row.copied_at is not None, left=False),
            row.held_reason or row.last_error or "",
            row.created_at,
            row.sent_at,
            row.sent_again_by,
        )
        for row in connection.execute(query.order_by(outbox.c.id))
    )


def newest_letter(connection: Connection, number: str, month: Month) -> bytes | None:
    """The bytes of the newest letter with the account's bill that left or was to leave; None where none was."""
    query = (
        select(outbox.c.content)
        .join(bill_letter, bill_letter.c.outbox_id == outbox.c.id)
        .where(
            bill_letter.c.account == number,
            bill_letter.c.month == str(month),
            outbox.c.purpose == LetterPurpose.BILL,
        )
    )
    letter = connection.scalar(query.order_by(outbox.c.id.desc()).limit(1))
    return bytes(letter) if letter is not None else None


def _bills() -> Select[tuple[Any, ...]]:
    columns = ("state", "held_reason", "last_error", "sent_at", "copied_at")
    letter = [*(outbox.c[name] for name in columns), outbox.c.created_at.label("queued_at")]
    return select(bill, *letter).outerjoin(outbox, outbox.c.id == bill.c.outbox_id)


def _read(connection: Connection, query: Select[tuple[Any, ...]]) -> tuple[SentBill, ...]:
    return tuple(_bill(row) for row in connection.execute(query))


def _bill(row: Row[Any]) -> SentBill:
    delivery = DeliveryMethod(row.delivery)
    return SentBill(
        row.account,
        Month.read(row.month),
        row.number,
        delivery,
        row.recipient,
        _state(delivery, row.state, row.copied_at is not None, left=row.left_at is not None),
        row.held_reason or row.last_error or row.why,
        row.left_at or row.sent_at or row.queued_at or row.created_at,
    )


def _state(delivery: DeliveryMethod, letter: str | None, back: bool, *, left: bool) -> BillState:
    match delivery:
        case DeliveryMethod.EMAIL if letter == DeliveryState.REFUSED and back:
            return BillState.RETURNED
        case DeliveryMethod.EMAIL:
            return STATE_BY_DELIVERY[DeliveryState(letter)] if letter else BillState.QUEUED
        case DeliveryMethod.PAPER:
            return BillState.PRINTED if left else BillState.TO_PRINT
        case DeliveryMethod.EDO:
            return BillState.EXPORTED if left else BillState.TO_EXPORT
