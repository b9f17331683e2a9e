"""Grounds of recalculation: rows are only added, a wrong one is cancelled by a row; what stood is told as of a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from mailbot.model import RequestRefused, Resource
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.store.schema.ledger import account, adjustment


@dataclass(frozen=True, slots=True)
class LedgerAdjustment:
    """A row of the ledger. A row that `cancels` another repeats it, with the reason in place of the document; neither
    counts, and `cancelled_by` is that row of this one."""

    id: int
    account: str
    ground: Adjustment
    cancels: int | None
    cancelled_by: int | None
    entered_at: datetime
    by: str


def of_accounts(
    connection: Connection, accounts: Iterable[str], until: datetime | None = None
) -> dict[str, tuple[Adjustment, ...]]:
    """What stood at that moment, by account: entered by then, and not cancelled by then."""
    query = select(adjustment).where(adjustment.c.account.in_(list(accounts)))
    if until is not None:
        query = query.where(adjustment.c.entered_at <= until)
    rows = connection.execute(query.order_by(adjustment.c.id)).all()
    gone = {row.cancels for row in rows if row.cancels is not None}
    adjustments: dict[str, list[Adjustment]] = {}
    for row in rows:
        if row.cancels is None and row.id not in gone:
            adjustments.setdefault(row.account, []).append(_ground(row))
    return {number: tuple(many) for number, many in adjustments.items()}


def hold(connection: Connection, accounts: Iterable[str]) -> dict[str, tuple[Adjustment, ...]]:
    """What stands for the accounts, held until the transaction ends: two people do not enter one ground twice."""
    numbers = sorted(set(accounts))
    query = select(account.c.number).where(account.c.number.in_(numbers)).order_by(account.c.number)
    connection.execute(query.with_for_update()).all()
    return of_accounts(connection, numbers)


def add(connection: Connection, accounts: Sequence[str], ground: Adjustment, by: str, now: datetime) -> None:
    """Keep a ground for each of the accounts; whoever calls has checked that it can be one."""
    if accounts:
        row = _row(ground, by, now)
        connection.execute(insert(adjustment), [{**row, "account": number} for number in accounts])


def cancel(connection: Connection, ground_id: int, why: str, by: str, now: datetime) -> LedgerAdjustment:
    """Cancel a ground by a row that repeats it; the ground as it was. Once only."""
    # the row first: whoever waited for it must see the cancellation that it waited for
    row = select(adjustment.c.id).where(adjustment.c.id == ground_id).with_for_update()
    if connection.scalar(row) is None:
        raise RequestRefused(f"Основания № {ground_id} нет. Номера показывает: mailbot recalculate list СЧЁТ")
    (old,) = _listed(connection, adjustment.c.id == ground_id)
    if old.cancels is not None:
        raise RequestRefused(
            f"№ {old.id} — не основание, а отмена основания № {old.cancels}. Внесите его заново."
        )
    if old.cancelled_by is not None:
        raise RequestRefused(f"Основание № {old.id} уже отменено.")
    values = {
        **_row(old.ground, by, now),
        "account": old.account,
        "cancels": old.id,
        "document": f"отмена: {why}",
    }
    connection.execute(insert(adjustment).values(**values))
    return old


def of_account(connection: Connection, number: str) -> tuple[LedgerAdjustment, ...]:
    """Every row of an account, cancelled ones and cancellations among them, in the order of their entry."""
    return _listed(connection, adjustment.c.account == number)


def _listed(connection: Connection, *conditions: ColumnElement[bool]) -> tuple[LedgerAdjustment, ...]:
    newer = adjustment.alias("newer")
    query = (
        select(adjustment, newer.c.id.label("newer_id"))
        .outerjoin(newer, newer.c.cancels == adjustment.c.id)
        .where(*conditions)
        .order_by(adjustment.c.id)
    )
    return tuple(
        LedgerAdjustment(row.id, row.account, _ground(row), row.cancels, row.newer_id, row.entered_at, row.by)
        for row in connection.execute(query)
    )


def _ground(row: Any) -> Adjustment:
    return Adjustment(
        resource=Resource(row.resource),
        ground=RecalculationGround(row.ground),
        first=row.first,
        last=row.last,
        document=row.document,
        residents=row.residents,
        hours=Decimal(row.hours),
        degrees=Decimal(row.degrees),
        dead_end=row.dead_end,
    )


def _row(ground: Adjustment, by: str, now: datetime) -> dict[str, Any]:
    return {
        "resource": ground.resource,
        "ground": ground.ground,
        "first": ground.first,
        "last": ground.last,
        "residents": ground.residents,
        "hours": str(ground.hours),
        "degrees": str(ground.degrees),
        "dead_end": ground.dead_end,
        "document": ground.document,
        "entered_at": now,
        "by": by,
    }
