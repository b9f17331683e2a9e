"""Payments taken in: the bank's register, money at the office; unclear ones assigned, wrong ones cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from mailbot.model import RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import add_sums
from mailbot.model.ledger.sources import PaymentSource
from mailbot.services.ledger.tables.payments_table import PaymentRow, payment_faults
from mailbot.store import Store, StoreTransaction
from mailbot.store.ledger import payment_lists, payments
from mailbot.store.ledger.payment_lists import LedgerPayment, NewPayment
from mailbot.store.staff import audit_log

MAX_REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class PaymentImportResult:
    """What became of a register: `total` roubles of the `new`; `unclear` rows among them have no account of ours;
    `waiting` payments in all are unclear now."""

    new: int
    known: int
    total: Decimal
    unclear: tuple[PaymentRow, ...]
    waiting: int


def import_register(
    transaction: StoreTransaction, rows: Sequence[PaymentRow], *, by: str, now: datetime
) -> PaymentImportResult:
    """Take the bank's register in; what was taken before is not taken again."""
    taken = payments.save_payments(transaction, [row.payment for row in rows], PaymentSource.BANK, by, now)
    total = add_sums(payment.amount for payment in taken.new)
    strays = set(taken.unclear)
    if taken.new:
        detail = (
            f"новых {len(taken.new)} на {total} ₽, невыясненных {len(strays)}, уже были {len(taken.known)}"
        )
        audit_log.log_act(transaction, by, OfficeAct.PAYMENTS_IMPORT, "", detail, now)
    return PaymentImportResult(
        len(taken.new),
        len(taken.known),
        total,
        tuple(row for row in rows if row.payment in strays),
        len(payment_lists.unclear(transaction)),
    )


def add(
    store: Store,
    account: str,
    amount: Decimal,
    paid_on: date,
    document: str,
    *,
    by: str,
    now: datetime,
    today: date,
    month: Month | None = None,
    payer: str = "",
) -> LedgerPayment:
    """Enter a payment made at the office (`amount` roubles > 0, whole kopecks); the row that stands now.

    `today` is the day in the company's time zone. RequestRefused where the account is unknown, or the same payment
    (document, day, account, sum) stands already.
    """
    document, written = " ".join(document.split()), "".join(account.split())
    faults = [
        f"{column}: {what}" for column, what in payment_faults(document, written, paid_on, month, today)
    ]
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        faults.append("Сумма: больше нуля и не дробнее копейки")
    if not by.strip():
        faults.append("Назовите, кто вносит платёж.")
    if faults:
        raise RequestRefused(*faults)
    payment = NewPayment(written, amount, paid_on, document, month, " ".join(payer.split()))
    with store.write() as transaction:
        taken = payments.save_payments(transaction, [payment], PaymentSource.OFFICE, by, now)
        row = payment_lists.of_document(transaction, payment, PaymentSource.OFFICE)
        if taken.known and row is not None:
            raise RequestRefused(_stands(row))
        if taken.unclear or row is None:
            raise RequestRefused(f"Лицевого счёта {written} в реестре нет. Проверьте номер.")
        audit_log.log_act(transaction, by, OfficeAct.PAYMENT, written, _told(row), now)
    return row


def _stands(row: LedgerPayment) -> str:
    if row.cancelled_by is None:
        return f"Такой платёж уже внесён: № {row.id}. Если это другой платёж, укажите номер его документа."
    return (
        f"Такой платёж был внесён (№ {row.id}) и отменён. Если он всё же верен, дополните номер документа, "
        f"например: «{row.document}, повторно»."
    )


def cancel(store: Store, payment_id: int, *, by: str, why: str, now: datetime) -> LedgerPayment:
    """Cancel a payment: for billing and the client it vanishes, in the book it stays; the payment as it was."""
    reason = " ".join(why.split())
    if not reason or not by.strip():
        raise RequestRefused("Напишите, кто и почему отменяет платёж.")
    if len(reason) > MAX_REASON_LENGTH:
        raise RequestRefused(f"Причина длиннее {MAX_REASON_LENGTH} знаков; сократите её.")
    with store.write() as transaction:
        old = payments.cancel(transaction, payment_id, reason, by, now)
        audit_log.log_act(
            transaction, by, OfficeAct.PAYMENT_CANCEL, old.account or "", f"{_told(old)}: {reason}", now
        )
    return old


def cancel_of_account(
    store: Store, number: str, payment_id: int, *, by: str, why: str, now: datetime
) -> LedgerPayment:
    """The same of a payment that stands on the account; RequestRefused where it has none of that id."""
    if payment_id not in {payment.id for payment in store.ask(payment_lists.of_account, number)}:
        raise RequestRefused("Такого платежа у этого счёта нет. Обновите страницу.")
    return cancel(store, payment_id, by=by, why=why, now=now)


def assign(store: Store, payment_id: int, account: str, *, by: str, now: datetime) -> LedgerPayment:
    """Give an unclear payment to an account; the payment as it was. It can be done once."""
    number = "".join(account.split())
    if not by.strip():
        raise RequestRefused("Назовите, кто относит платёж на счёт.")
    with store.write() as transaction:
        old = payments.assign(transaction, payment_id, number)
        audit_log.log_act(
            transaction,
            by,
            OfficeAct.PAYMENT_ASSIGN,
            number,
            f"{_told(old)}, было написано «{old.written}»",
            now,
        )
    return old


def _told(one: LedgerPayment) -> str:
    return f"платёж № {one.id}: {one.amount} ₽ от {one.paid_on:%d.%m.%Y}, документ {one.document}"
