"""What stands where of the bills: one account's, a month's, those a person must look at. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from mailbot.model import DeliveryState
from mailbot.model.ledger import Delivery, Month
from mailbot.model.sending import OF_LETTER, BillLetter, BillState, SentBill
from mailbot.store.bill_tables import bill, bill_letter
from mailbot.store.tables import outbox


def of_account(connection: Connection, number: str) -> tuple[SentBill, ...]:
    """The account's bills, newest month first."""
    query = _bills().where(bill.c.account == number).order_by(bill.c.month.desc())
    return _read(connection, query)


def of_month(
    connection: Connection, month: Month, delivery: Delivery | None = None, numbers: Iterable[str] = ()
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
    states = (DeliveryState.HELD, DeliveryState.REFUSED, DeliveryState.UNCERTAIN)
    waits = outbox.c.state.in_(states) | (bill.c.why != "")
    query = _bills().where(bill.c.month == str(month), waits)
    return _read(connection, query.order_by(bill.c.account).limit(limit))


def tally(connection: Connection, month: Month) -> dict[BillState, int]:
    """How many of the month's bills stand in each state."""
    left = bill.c.left_at.is_not(None)
    query = (
        select(bill.c.delivery, outbox.c.state, left, func.count())
        .outerjoin(outbox, outbox.c.id == bill.c.outbox_id)
        .where(bill.c.month == str(month))
        .group_by(bill.c.delivery, outbox.c.state, left)
    )
    found: dict[BillState, int] = {}
    for delivery, state, gone, count in connection.execute(query):
        key = _state(Delivery(delivery), state, bool(gone))
        found[key] = found.get(key, 0) + count
    return found


def letters(connection: Connection, number: str, month: Month) -> tuple[BillLetter, ...]:
    """Every letter about the account's bill of the month, oldest first."""
    columns = ("id", "recipient", "state", "held_reason", "last_error", "created_at", "sent_at")
    query = (
        select(*(outbox.c[name] for name in columns), bill_letter.c.sent_again_by)
        .join(bill_letter, bill_letter.c.outbox_id == outbox.c.id)
        .where(bill_letter.c.account == number, bill_letter.c.month == str(month))
    )
    return tuple(
        BillLetter(
            row.id,
            row.recipient,
            DeliveryState(row.state),
            row.held_reason or row.last_error or "",
            row.created_at,
            row.sent_at,
            row.sent_again_by,
        )
        for row in connection.execute(query.order_by(outbox.c.id))
    )


def _bills() -> Select[tuple[Any, ...]]:
    letter = (outbox.c.state, outbox.c.held_reason, outbox.c.last_error, outbox.c.sent_at)
    return select(bill, *letter).outerjoin(outbox, outbox.c.id == bill.c.outbox_id)


def _read(connection: Connection, query: Select[tuple[Any, ...]]) -> tuple[SentBill, ...]:
    return tuple(_bill(row) for row in connection.execute(query))


def _bill(row: Row[Any]) -> SentBill:
    delivery = Delivery(row.delivery)
    return SentBill(
        row.account,
        Month.read(row.month),
        row.number,
        delivery,
        row.recipient,
        _state(delivery, row.state, row.left_at is not None),
        row.held_reason or row.last_error or row.why,
        row.left_at or row.sent_at or row.created_at,
    )


def _state(delivery: Delivery, letter: str | None, left: bool) -> BillState:
    match delivery:
        case Delivery.EMAIL:
            return OF_LETTER[DeliveryState(letter)] if letter else BillState.QUEUED
        case Delivery.PAPER:
            return BillState.PRINTED if left else BillState.TO_PRINT
        case Delivery.EDO:
            return BillState.EXPORTED if left else BillState.TO_EXPORT
