"""Closing a month: the run, the charges that are missing, what each rests on, and the finished charges.

A run's moment (`begun_at`) is the moment everything is read as of, however late the run is finished: what was
entered after it belongs to the next month. So a run that was cut off goes on to the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from mailbot.model import RequestRefused, Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import (
    Charge,
    ChargeLine,
    IssuedCharge,
    LineKind,
    PriceComponent,
    VolumeBasis,
)
from mailbot.model.ledger.money import Money, Quantity
from mailbot.store.database.json_codec import account_from_json, account_to_json
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.ledger import account, bill_run, charge, charge_line


@dataclass(frozen=True, slots=True)
class ChargeRun:
    """`previous` is the last month closed before this one; None for the first."""

    month: Month
    begun_at: datetime
    finished_at: datetime | None
    tariffs_version: str
    by: str
    previous: Month | None
    previous_begun_at: datetime | None


def runs(connection: Connection) -> tuple[ChargeRun, ...]:
    """Every run, oldest month first."""
    charge_runs: list[ChargeRun] = []
    for row in connection.execute(select(bill_run).order_by(bill_run.c.month)):
        before = charge_runs[-1] if charge_runs else None
        charge_runs.append(
            ChargeRun(
                Month.read(row.month),
                row.begun_at,
                row.finished_at,
                row.tariffs_version,
                row.by,
                before.month if before else None,
                before.begun_at if before else None,
            )
        )
    return tuple(charge_runs)


def load_planned_run(
    connection: Connection, month: Month, tariffs_version: str, by: str, now: datetime
) -> ChargeRun:
    """The run of the month as it was begun, or as it would begin now.

    RequestRefused where a month cannot be closed: a later one is, an earlier one is not finished, or the tariffs have
    changed since the run began.
    """
    known = runs(connection)
    own = next((run for run in known if run.month == month), None)
    later = [run.month for run in known if run.month > month]
    if own is None and later:
        raise RequestRefused(
            f"Месяц {month} уже не закрыть: закрыт {later[-1]}. Недостающее войдёт в следующий расчёт."
        )
    unfinished = [run.month for run in known if run.month < month and run.finished_at is None]
    if unfinished:
        raise RequestRefused(
            f"Расчёт за {unfinished[0]} не закончен. Сначала: mailbot bill run --month {unfinished[0]}"
        )
    if own is None:
        before = known[-1] if known else None
        return ChargeRun(
            month,
            now,
            None,
            tariffs_version,
            by,
            before.month if before else None,
            before.begun_at if before else None,
        )
    if own.finished_at is None and own.tariffs_version != tariffs_version:
        raise RequestRefused(
            f"Тарифы изменились с начала расчёта за {month}: верните прежние, закончите расчёт, "
            "потом меняйте. Иначе соседи будут посчитаны по-разному."
        )
    return own


def begin(connection: Connection, run: ChargeRun) -> ChargeRun:
    """Begin the run, once; as it stands. Whoever began it first gave it its moment."""
    values = {
        "month": str(run.month),
        "begun_at": run.begun_at,
        "tariffs_version": run.tariffs_version,
        "by": run.by,
    }
    connection.execute(insert_into(connection, bill_run).values(**values).on_conflict_do_nothing())
    return next(earlier_run for earlier_run in runs(connection) if earlier_run.month == run.month)


def hold(connection: Connection, month: Month) -> None:
    """Hold the run for this transaction: several that charge at once share the work, account by account."""
    query = select(bill_run.c.month).where(bill_run.c.month == str(month))
    connection.execute(query.with_for_update()).one()


def uncharged(
    connection: Connection, month: Month, after: str, limit: int, only: Sequence[str] = ()
) -> tuple[str, ...]:
    """Accounts without a charge of the month, by number, beyond `after`; of `only` where that names any."""
    done = select(charge.c.account).where(charge.c.account == account.c.number, charge.c.month == str(month))
    query = select(account.c.number).where(account.c.number > after, ~done.exists())
    if only:
        query = query.where(account.c.number.in_(only))
    return tuple(connection.scalars(query.order_by(account.c.number).limit(limit)))


def save_charges(connection: Connection, charges: Iterable[Charge]) -> None:
    """Keep finished charges with their lines."""
    heads: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for month_charge in charges:
        heads.append(
            {
                "account": month_charge.account.number,
                "month": str(month_charge.month),
                "total": str(month_charge.total),
                "penalty": str(month_charge.issued.penalty),
                "account_json": account_to_json(month_charge.account),
            }
        )
        lines += [_line_row(month_charge, at, line) for at, line in enumerate(month_charge.lines, start=1)]
    if heads:
        connection.execute(insert(charge), heads)
    if lines:
        connection.execute(insert(charge_line), lines)


def finish(connection: Connection, month: Month, now: datetime) -> None:
    """Every account is charged: the month is closed."""
    own = (bill_run.c.month == str(month), bill_run.c.finished_at.is_(None))
    connection.execute(update(bill_run).where(*own).values(finished_at=now))


def _line_row(one: Charge, position: int, line: ChargeLine) -> dict[str, Any]:
    return {
        "account": one.account.number,
        "charged_in": str(one.month),
        "position": position,
        "kind": line.kind,
        "month": str(line.month),
        "resource": line.resource,
        "component": line.component,
        "meter": line.meter,
        "basis": line.basis,
        "volume": str(line.volume),
        "unit": line.unit,
        "price": None if line.price is None else str(line.price),
        "net": str(line.net),
        "vat": str(line.vat),
        "benefit": str(line.benefit),
        "sum": str(line.sum),
        "because": line.because,
        "source": line.source,
    }


def issued(
    connection: Connection, numbers: Iterable[str], before: Month
) -> dict[str, tuple[IssuedCharge, ...]]:
    """What the months before `before` asked of the accounts, oldest first."""
    query = (
        select(charge.c.account, charge.c.month, charge.c.total, charge.c.penalty)
        .where(charge.c.account.in_(list(numbers)), charge.c.month < str(before))
        .order_by(charge.c.account, charge.c.month)
    )
    issued_charges: dict[str, list[IssuedCharge]] = {}
    for number, month, total, penalty in connection.execute(query):
        fine = Decimal(penalty)
        issued_charges.setdefault(number, []).append(
            IssuedCharge(month=Month.read(month), principal=Money(Decimal(total) - fine), penalty=Money(fine))
        )
    return {number: tuple(many) for number, many in issued_charges.items()}


def charges(
    connection: Connection, numbers: Iterable[str], since: Month | None = None, before: Month | None = None
) -> dict[str, tuple[Charge, ...]]:
    """Closed charges of the accounts with their lines, oldest first: from `since` on, before `before`."""
    wanted = list(numbers)
    heads = select(charge.c.account, charge.c.month, charge.c.account_json).where(
        charge.c.account.in_(wanted)
    )
    rows = select(*_LINE_COLUMNS).where(charge_line.c.account.in_(wanted))
    if since is not None:
        heads, rows = (
            heads.where(charge.c.month >= str(since)),
            rows.where(charge_line.c.charged_in >= str(since)),
        )
    if before is not None:
        heads, rows = (
            heads.where(charge.c.month < str(before)),
            rows.where(charge_line.c.charged_in < str(before)),
        )
    lines: dict[tuple[str, str], list[ChargeLine]] = {}
    for row in connection.execute(
        rows.order_by(charge_line.c.account, charge_line.c.charged_in, charge_line.c.position)
    ):
        lines.setdefault((row[0], row[1]), []).append(_line(row))
    charges_by_account: dict[str, list[Charge]] = {}
    snapshots = {}  # most months repeat the account as it stood the month before
    for number, month, text in connection.execute(heads.order_by(charge.c.account, charge.c.month)):
        if text not in snapshots:
            snapshots[text] = account_from_json(text)
        whole = Charge(snapshots[text], Month.read(month), tuple(lines.get((number, month), ())))
        charges_by_account.setdefault(number, []).append(whole)
    return {number: tuple(many) for number, many in charges_by_account.items()}


_LINE_COLUMNS = (
    charge_line.c.account, charge_line.c.charged_in, charge_line.c.kind, charge_line.c.month, charge_line.c.resource,
    charge_line.c.component, charge_line.c.meter, charge_line.c.basis, charge_line.c.volume, charge_line.c.unit,
    charge_line.c.price, charge_line.c.net, charge_line.c.vat, charge_line.c.benefit, charge_line.c.sum,
    charge_line.c.because, charge_line.c.source,
)  # fmt: skip


def _line(row: Any) -> ChargeLine:
    (
        _,
        _,
        kind,
        month,
        resource,
        component,
        meter,
        basis,
        volume,
        unit,
        price,
        net,
        vat,
        benefit,
        sum_,
        why,
        source,
    ) = row
    return ChargeLine(
        kind=LineKind(kind),
        month=Month.read(month),
        resource=Resource(resource) if resource else None,
        component=PriceComponent(component) if component else None,
        meter=meter,
        basis=VolumeBasis(basis) if basis else None,
        volume=Quantity(Decimal(volume)),
        unit=Unit(unit) if unit else None,
        price=None if price is None else Decimal(price),
        net=Money(Decimal(net)),
        vat=Money(Decimal(vat)),
        benefit=Money(Decimal(benefit)),
        sum=Money(Decimal(sum_)),
        because=why,
        source=source,
    )


def count(connection: Connection, month: Month) -> tuple[int, int]:
    """(accounts charged for the month, accounts of the register)."""
    done = select(func.count()).select_from(charge).where(charge.c.month == str(month))
    return connection.scalar(done) or 0, connection.scalar(select(func.count()).select_from(account)) or 0


def charged_accounts(connection: Connection, month: Month) -> tuple[str, ...]:
    """The accounts that were charged for the month, by number."""
    query = select(charge.c.account).where(charge.c.month == str(month))
    return tuple(connection.scalars(query.order_by(charge.c.account)))
