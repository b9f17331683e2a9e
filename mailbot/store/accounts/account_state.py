"""How accounts stand on a day, read in one go; whom it may be told is for the caller to have made sure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import Connection, select

from mailbot.model import AccountState, MeterLastReading, Resource, SubmittedReading, Unit
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    BillingTerms,
    DatedReading,
    DeliveryMethod,
    Month,
)
from mailbot.model.ledger.charges import Charge, Payment, add_sums
from mailbot.store.accounts.accounts import accounts_of
from mailbot.store.ledger import charges, meter_readings, payments
from mailbot.store.schema.ledger import account, charge
from mailbot.store.schema.letters_and_cases import case, client_account, client_email, reading

MAX_PAYMENTS, MAX_SENT = 3, 6

LOOK_BACK = timedelta(days=62)
"""What was sent before the last two months is no answer to «are my readings accepted»."""


def states(
    connection: Connection, numbers: Sequence[str], today: date, terms: BillingTerms
) -> tuple[AccountState, ...]:
    """The accounts of those numbers that the ledger has, in their order, as they stand today."""
    wanted = list(dict.fromkeys(numbers))
    accounts = accounts_of(connection, wanted)
    ways = _deliveries(connection, wanted)
    totals = _totals(connection, wanted)
    paid = payments.of_accounts(connection, wanted)
    dials = meter_readings.standing(connection, wanted)
    sent = _sent(connection, wanted, today - LOOK_BACK)
    return tuple(
        _state(
            accounts[number],
            ways[number],
            today,
            totals.get(number, {}),
            _newest(connection, number, totals.get(number, {})),
            paid.get(number, ()),
            dials.get(number, ()),
            sent.get(number, ()),
            terms,
        )
        for number in wanted
        if number in accounts
    )


def in_use(connection: Connection) -> bool:
    """Does the company keep accounts here at all?"""
    return connection.scalar(select(account.c.number).limit(1)) is not None


def _state(
    held: Account,
    delivery: DeliveryMethod,
    today: date,
    totals: dict[Month, Decimal],
    newest: tuple[Charge, ...],
    paid: tuple[Payment, ...],
    dials: tuple[DatedReading, ...],
    sent: tuple[SubmittedReading, ...],
    terms: BillingTerms,
) -> AccountState:
    last = newest[-1] if newest else None
    return AccountState(
        account=held,
        delivery=delivery,
        as_of=today,
        balance=add_sums(totals.values()) - add_sums(payment.amount for payment in paid),
        last=last,
        due=terms.due(last.month) if last else None,
        before=newest[-2] if len(newest) > 1 else None,
        payments=tuple(reversed(paid[-MAX_PAYMENTS:])),
        meters=_meters(held, today, dials),
        sent=sent,
        charged=tuple(sorted(totals)),
    )


def _deliveries(connection: Connection, numbers: Sequence[str]) -> dict[str, DeliveryMethod]:
    query = select(account.c.number, account.c.delivery).where(account.c.number.in_(numbers))
    return {row.number: DeliveryMethod(row.delivery) for row in connection.execute(query)}


def _totals(connection: Connection, numbers: Sequence[str]) -> dict[str, dict[Month, Decimal]]:
    """What each closed month was charged, by account."""
    query = select(charge.c.account, charge.c.month, charge.c.total).where(charge.c.account.in_(numbers))
    totals: dict[str, dict[Month, Decimal]] = defaultdict(dict)
    for number, month, total in connection.execute(query):
        totals[number][Month.read(month)] = Decimal(total)
    return totals


def _newest(connection: Connection, number: str, totals: Iterable[Month]) -> tuple[Charge, ...]:
    """The last two charges with their lines, oldest first."""
    months = sorted(totals)[-2:]
    if not months:
        return ()
    return charges.charges(connection, [number], months[0])[number]


def _meters(held: Account, today: date, dials: tuple[DatedReading, ...]) -> tuple[MeterLastReading, ...]:
    """The meters that are not taken away, each with its newest reading that counts."""
    newest: dict[str, DatedReading] = {}
    for dial in sorted(dials, key=lambda dated_reading: (dated_reading.day, dated_reading.value)):
        newest[dial.meter] = dial
    hanging = (meter for meter in held.meters if meter.removed is None or meter.removed > today)
    return tuple(MeterLastReading(meter, newest.get(meter.serial)) for meter in hanging)


def _sent(
    connection: Connection, numbers: Sequence[str], since: date
) -> dict[str, tuple[SubmittedReading, ...]]:
    """What the client's own addresses passed on for each account, newest first: a stranger's letter is not theirs to see."""
    query = (
        select(reading)
        .join(case, case.c.id == reading.c.case_id)
        .join(client_account, client_account.c.account == reading.c.account)
        .join(
            client_email,
            (client_email.c.client_id == client_account.c.client_id)
            & (client_email.c.email == case.c.sender),
        )
        .where(reading.c.account.in_(numbers))
        .order_by(reading.c.received_at.desc(), reading.c.id.desc())
    )
    submitted: dict[str, list[SubmittedReading]] = defaultdict(list)
    for row in connection.execute(query.limit(MAX_SENT * 20)):
        if row.received_at.date() >= since and len(submitted[row.account]) < MAX_SENT:
            submitted[row.account].append(
                SubmittedReading(
                    Decimal(row.value),
                    Unit(row.unit) if row.unit else None,
                    Resource(row.resource) if row.resource else None,
                    row.meter or "",
                    row.received_at,
                    row.state == ReadingState.ACCEPTED,
                    row.reason,
                )
            )
    return {number: tuple(many) for number, many in submitted.items()}
