"""Payments in a terminal, and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from mailbot.store.ledger.payment_lists import LedgerPayment
from mailbot.wording.account_titles import PAYMENT_SOURCES
from mailbot.wording.amounts import format_money


def payment_table(payments: Iterable[LedgerPayment]) -> Table:
    """Payments as the book holds them; a cancelled one says by which row."""
    table = Table()
    for heading in ("№", "Дата", "Сумма", "Счёт"):
        table.add_column(heading, no_wrap=True, justify="right" if heading in {"№", "Сумма"} else "left")
    for heading in ("Период", "Документ", "Плательщик", "Внёс"):
        table.add_column(heading, overflow="fold")
    for payment in payments:
        words = [
            str(payment.id),
            f"{payment.paid_on:%d.%m.%Y}",
            format_money(payment.amount),
            payment.account or f"«{payment.written}»",
        ]
        cancelled = f" (отменён строкой № {payment.cancelled_by})" if payment.cancelled_by else ""
        words += [
            str(payment.month or ""),
            payment.document + cancelled,
            payment.payer,
            f"{PAYMENT_SOURCES[payment.source]}: {payment.by}",
        ]
        table.add_row(*(Text(word) for word in words))
    return table


def payment_json(one: LedgerPayment) -> dict[str, object]:
    """A payment as the keys of `mailbot payments list --json`; sums are exact text."""
    return {
        "id": one.id,
        "account": one.account,
        "written": one.written,
        "amount": str(one.amount),
        "paid_on": one.paid_on.isoformat(),
        "month": str(one.month) if one.month else None,
        "source": one.source,
        "document": one.document,
        "payer": one.payer,
        "cancels": one.cancels,
        "cancelled_by": one.cancelled_by,
        "entered_at": one.entered_at.isoformat(),
        "by": one.by,
    }
