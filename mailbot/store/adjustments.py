"""Grounds of recalculation, as of a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, select

from mailbot.model import Resource
from mailbot.model.charges import Adjustment, Ground
from mailbot.store.ledger_tables import adjustment


def of_accounts(
    connection: Connection, accounts: Iterable[str], until: datetime | None = None
) -> dict[str, tuple[Adjustment, ...]]:
    """What stood at that moment, by account: entered by then, and not cancelled by then."""
    query = select(adjustment).where(adjustment.c.account.in_(list(accounts)))
    if until is not None:
        query = query.where(adjustment.c.entered_at <= until)
    rows = connection.execute(query.order_by(adjustment.c.id)).all()
    gone = {row.cancels for row in rows if row.cancels is not None}
    found: dict[str, list[Adjustment]] = {}
    for row in rows:
        if row.cancels is None and row.id not in gone:
            found.setdefault(row.account, []).append(
                Adjustment(
                    Resource(row.resource),
                    Ground(row.ground),
                    row.first,
                    row.last,
                    row.document,
                    row.residents,
                    Decimal(row.hours),
                    Decimal(row.degrees),
                    row.dead_end,
                )
            )
    return {number: tuple(many) for number, many in found.items()}
