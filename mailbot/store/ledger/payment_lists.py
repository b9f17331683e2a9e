"""Rows of payments as people look at them: what is new to the ledger, what stands in it, what is still unclear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.sources import PaymentSource
from mailbot.store.schema.column_types import storable
from mailbot.store.schema.ledger import MAX_KEY_LENGTH, payment


@dataclass(frozen=True, slots=True)
class NewPayment:
    """Money to be taken in: `amount` roubles > 0 with whole kopecks. `written` is the account as the payer or the
    bank wrote it, `document` the number of the paper; none of them holds «|»."""

    written: str
    amount: Decimal
    paid_on: date
    document: str
    month: Month | None = None
    payer: str = ""

    def __post_init__(self) -> None:
        if "|" in self.document + self.written or len(self.key) > MAX_KEY_LENGTH:
            raise ValueError("the caller refuses a document or an account that would spoil the key")

    @property
    def key(self) -> str:
        """What makes it one and the same payment, however often it is sent."""
        return storable(f"{self.document}|{self.paid_on}|{self.written}|{self.amount:.2f}")

    @property
    def number(self) -> str:
        """The account meant: registers write it with spaces, too."""
        return "".join(self.written.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPayment:
    """A row of the ledger. `account` None: unclear (невыясненный). A row that `cancels` another has its amount below
    zero, and neither counts; `cancelled_by` is that row of this one. `document` and `written` as in NewPayment."""

    id: int
    account: str | None
    written: str
    amount: Decimal
    paid_on: date
    month: Month | None
    source: PaymentSource
    document: str
    payer: str
    cancels: int | None
    cancelled_by: int | None
    entered_at: datetime
    by: str


def locked(connection: Connection, payment_id: int) -> LedgerPayment:
    """A row, held until the transaction ends. RequestRefused where there is none."""
    # the row first: whoever waited for it must see the cancellation that it waited for
    row = select(payment.c.id).where(payment.c.id == payment_id).with_for_update()
    if connection.scalar(row) is None:
        raise RequestRefused(f"Платежа № {payment_id} нет. Номера показывает: mailbot payments list СЧЁТ")
    return listed(connection, payment.c.id == payment_id)[0]


def of_account(connection: Connection, number: str) -> tuple[LedgerPayment, ...]:
    """Every row of an account, cancelled ones and cancellations among them, oldest first."""
    return listed(connection, payment.c.account == number)


def unclear(connection: Connection) -> tuple[LedgerPayment, ...]:
    """Payments that still wait for an account, oldest first."""
    rows = listed(connection, payment.c.account.is_(None), payment.c.cancels.is_(None))
    return tuple(row for row in rows if row.cancelled_by is None)


def of_document(connection: Connection, one: NewPayment, source: PaymentSource) -> LedgerPayment | None:
    """The row that stands for the same payment; None where none does."""
    return next(iter(listed(connection, payment.c.source == source, payment.c.document == one.key)), None)


def listed(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[LedgerPayment, ...]:
    """The rows that meet the conditions, by day and number."""
    newer = payment.alias("newer")
    query = (
        select(payment, newer.c.id.label("newer_id"))
        .outerjoin(newer, newer.c.cancels == payment.c.id)
        .where(*conditions)
        .order_by(payment.c.paid_on, payment.c.id)
    )
    return tuple(_ledger_payment(row) for row in connection.execute(query))


def _ledger_payment(row: Any) -> LedgerPayment:
    document, written = (row.document, "") if row.cancels else parts(row.document)
    return LedgerPayment(
        id=row.id,
        account=row.account,
        written=written,
        amount=Decimal(row.amount),
        paid_on=row.paid_on,
        month=Month.read(row.month) if row.month else None,
        source=PaymentSource(row.source),
        document=document,
        payer=row.payer,
        cancels=row.cancels,
        cancelled_by=row.newer_id,
        entered_at=row.entered_at,
        by=row.by,
    )


def parts(key: str) -> tuple[str, str]:
    """(number of the paper, account as written) out of the key of a payment."""
    document, _, written, _ = key.split("|")
    return document, written
