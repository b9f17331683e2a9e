"""Payments in the ledger: rows are only added; an unclear one gets its account once, a wrong one is cancelled by a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Payment
from mailbot.model.ledger.sources import PaymentSource
from mailbot.store.database.batches import batches, split_in_batches
from mailbot.store.database.upsert import insert_into
from mailbot.store.ledger.payment_lists import LedgerPayment, NewPayment, locked, parts
from mailbot.store.schema.ledger import account, payment


@dataclass(frozen=True, slots=True)
class SavedPayments:
    """What became of payments: `new` were kept, of them `unclear` without an account; `known` stood already."""

    new: tuple[NewPayment, ...]
    unclear: tuple[NewPayment, ...]
    known: tuple[NewPayment, ...]


def of_accounts(
    connection: Connection, accounts: Iterable[str], until: datetime | None = None
) -> dict[str, tuple[Payment, ...]]:
    """What counts as paid, by account, by day of payment: as entered up to and with `until` (None: all).

    A cancelled payment is not among them, nor is the row that cancels it; accounts without any are left out.
    """
    columns = (
        payment.c.id, payment.c.account, payment.c.amount, payment.c.paid_on, payment.c.month, payment.c.document,
        payment.c.cancels,
    )  # fmt: skip
    payments: dict[str, list[Payment]] = {}
    for numbers in batches(accounts):
        query = select(*columns).where(payment.c.account.in_(numbers))
        if until is not None:
            query = query.where(payment.c.entered_at <= until)
        rows = connection.execute(query.order_by(payment.c.account, payment.c.paid_on, payment.c.id)).all()
        gone = {row[6] for row in rows if row[6] is not None}
        for id_, number, amount, paid_on, month, key, cancels in rows:
            if cancels is None and id_ not in gone:
                named = Month.read(month) if month else None
                payments.setdefault(number, []).append(
                    Payment(paid_on, Decimal(amount), parts(key)[0], named)
                )
    return {number: tuple(many) for number, many in payments.items()}


def save_payments(
    connection: Connection, payments: Sequence[NewPayment], source: PaymentSource, by: str, now: datetime
) -> SavedPayments:
    """Keep payments of a source, once each: its key holds, whoever else takes them in meanwhile.

    One whose account the register does not have is kept without it: money is never turned away.
    """
    held = _held(connection, (new_payment.number for new_payment in payments))
    statement = insert_into(connection, payment).on_conflict_do_nothing(
        index_elements=[payment.c.source, payment.c.document]
    )
    fresh: set[str] = set()
    for portion in split_in_batches(payments):
        rows = [_row(new_payment, held, source, by, now) for new_payment in portion]
        fresh.update(connection.scalars(statement.returning(payment.c.document), rows))
    new: list[NewPayment] = []
    known: list[NewPayment] = []
    for new_payment in payments:
        (new if new_payment.key in fresh else known).append(new_payment)
        fresh.discard(new_payment.key)  # the same twice in one call: the second stood already
    return SavedPayments(
        tuple(new), tuple(new_payment for new_payment in new if new_payment.number not in held), tuple(known)
    )


def _held(connection: Connection, numbers: Iterable[str]) -> set[str]:
    """Those of the numbers that the register has."""
    held: set[str] = set()
    for portion in batches(numbers):
        held.update(connection.scalars(select(account.c.number).where(account.c.number.in_(portion))))
    return held


def _row(one: NewPayment, held: set[str], source: PaymentSource, by: str, now: datetime) -> dict[str, Any]:
    return {
        "account": one.number if one.number in held else None,
        "amount": f"{one.amount:.2f}",
        "paid_on": one.paid_on,
        "month": str(one.month) if one.month else None,
        "source": source,
        "document": one.key,
        "payer": one.payer,
        "entered_at": now,
        "by": by,
    }


def assign(connection: Connection, payment_id: int, number: str) -> LedgerPayment:
    """Give an unclear payment to an account; the payment as it was. RequestRefused where it is not unclear any more."""
    old = locked(connection, payment_id)
    if old.account is not None:
        raise RequestRefused(
            f"Платёж № {payment_id} уже отнесён на счёт {old.account}. Ошиблись — отмените его и внесите заново."
        )
    _refuse_cancelled(old)
    if number not in _held(connection, [number]):
        raise RequestRefused(f"Лицевого счёта {number} в реестре нет. Проверьте номер.")
    connection.execute(update(payment).where(payment.c.id == payment_id).values(account=number))
    return old


def cancel(connection: Connection, payment_id: int, why: str, by: str, now: datetime) -> LedgerPayment:
    """Cancel a payment by a row with its amount below zero; the payment as it was. Once only."""
    old = locked(connection, payment_id)
    _refuse_cancelled(old)
    connection.execute(
        insert(payment).values(
            account=old.account,
            amount=f"{-old.amount:.2f}",
            paid_on=old.paid_on,
            month=str(old.month) if old.month else None,
            source=old.source,
            document=f"отмена платежа № {old.id}: {why}",
            payer=old.payer,
            cancels=old.id,
            entered_at=now,
            by=by,
        )
    )
    return old


def _refuse_cancelled(one: LedgerPayment) -> None:
    if one.cancels is not None:
        raise RequestRefused(
            f"№ {one.id} — не платёж, а отмена платежа № {one.cancels}. Внесите платёж заново."
        )
    if one.cancelled_by is not None:
        raise RequestRefused(f"Платёж № {one.id} отменён. Если деньги всё же пришли, внесите его заново.")
