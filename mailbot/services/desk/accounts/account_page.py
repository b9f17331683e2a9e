"""All that a person sees of one account, gathered in one reading transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import Meter, Month
from mailbot.model.ledger.charges import Charge
from mailbot.services.desk.accounts.account_bills import MonthBill, bills_sent_by_hand, month_bills
from mailbot.services.desk.accounts.timeline import Happening, TimelineEntry, entries
from mailbot.services.ledger.accounts.client_card import SHOWN, ClientCard, PageTime, card_of, record_of
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import timeline
from mailbot.store.accounts.register_record import AccountRecord
from mailbot.store.accounts.timeline import AccountCase
from mailbot.store.ledger import adjustments, meter_readings, payment_lists
from mailbot.store.ledger import charges as charging
from mailbot.store.ledger.adjustments import LedgerAdjustment
from mailbot.store.ledger.meter_readings import LedgerReading
from mailbot.store.ledger.payment_lists import LedgerPayment

MAX_CASES, MAX_EVENTS = 200, 200
MAX_ROWS = 250
"""Readings, payments and letters of one page: where thirteen months have more, the page has fewer months."""


@dataclass(frozen=True, slots=True)
class LedgerReadingRow:
    """A row of the ledger, and the case it came from (empty: from none)."""

    row: LedgerReading
    reference: str


@dataclass(frozen=True, slots=True)
class ReadingPage:
    """One row of the ledger to be corrected: `before` are the rows it replaced, oldest first. `meter` None: the
    register has it no longer. `closed`: its month was charged already."""

    record: AccountRecord
    row: LedgerReading
    before: tuple[LedgerReading, ...]
    meter: Meter | None
    closed: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """Months `first` … `last` of an account, all of it newest first; `earlier`: there is more before them. Thirteen
    months, or fewer where they hold more than `MAX_ROWS`."""

    card: ClientCard
    first: Month
    last: Month
    earlier: bool
    readings: tuple[LedgerReadingRow, ...]
    charges: tuple[Charge, ...]
    bills: tuple[MonthBill, ...]
    payments: tuple[LedgerPayment, ...]
    grounds: tuple[LedgerAdjustment, ...]
    entries: tuple[TimelineEntry, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    """What a page shows: months `first` … `last`; where `open`, also all that is newer."""

    first: Month
    last: Month
    open: bool
    when: PageTime

    @property
    def since(self) -> datetime:
        return self.when.begins(self.first)

    @property
    def until(self) -> datetime | None:
        return None if self.open else self.when.begins(self.last.following)

    def month(self, one: Month) -> bool:
        return self.first <= one and (self.open or one <= self.last)

    def day(self, one: date) -> bool:
        return self.month(Month.of(one))

    def moment(self, one: datetime) -> bool:
        return self.day(one.astimezone(self.when.zone).date())


def account_page(store: Store, number: str, when: PageTime, last: Month | None = None) -> AccountPage:
    """Thirteen months of the account up to `last` (None: the newest). NoSuchAccount where there is none."""
    newest = when.month if last is None else min(last, when.month)
    span = _Span(newest.back(SHOWN - 1), newest, last is None, when)
    return store.ask(_page, number, span)


def reading_page(store: Store, number: str, row_id: int) -> ReadingPage:
    """A reading of the account; RequestRefused where it has none of that id."""
    return store.ask(_reading_page, number, row_id)


def _reading_page(transaction: StoreTransaction, number: str, row_id: int) -> ReadingPage:
    record = record_of(transaction, number)
    rows = {account.id: account for account in meter_readings.of_accounts(transaction, [number])}
    if row_id not in rows:
        raise RequestRefused("Такого показания у этого счёта нет. Обновите страницу.")
    row, before = rows[row_id], []
    older = row
    while older.replaces is not None:
        older = rows[older.replaces]
        before.append(older)
    meter = next((meter for meter in record.account.meters if meter.serial == row.meter), None)
    closed = any(run.month >= row.month for run in charging.runs(transaction))
    return ReadingPage(record, row, tuple(reversed(before)), meter, closed)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What of an account lies within a span."""

    cases: tuple[AccountCase, ...]
    readings: tuple[LedgerReading, ...]
    payments: tuple[LedgerPayment, ...]
    grounds: tuple[LedgerAdjustment, ...]

    def within(self, span: _Span) -> _Rows:
        return _Rows(
            tuple(case for case in self.cases if span.moment(case.received_at)),
            tuple(reading for reading in self.readings if span.month(reading.month)),
            tuple(payment for payment in self.payments if span.day(payment.paid_on)),
            tuple(ground for ground in self.grounds if span.moment(ground.entered_at)),
        )


def _rows(transaction: StoreTransaction, record: AccountRecord, span: _Span) -> _Rows:
    number = record.account.number
    return _Rows(
        timeline.cases(transaction, record, span.since, span.until, MAX_CASES + 1),
        meter_readings.of_accounts(transaction, [number]),
        payment_lists.of_account(transaction, number),
        adjustments.of_account(transaction, number),
    ).within(span)


def _page(transaction: StoreTransaction, number: str, asked: _Span) -> AccountPage:
    record = record_of(transaction, number)
    every = _rows(transaction, record, asked)
    span = _fitting(asked, every)
    rows = every.within(span)
    charges = charging.charges(transaction, [number], asked.first, asked.last.following).get(number, ())
    shown = tuple(charge for charge in charges if span.month(charge.month))
    readings = _readings(transaction, rows.readings)
    bills = month_bills(transaction, number, shown[::-1])
    happened = [
        *_letters(transaction, number, rows.cases, span),
        *((reading.row, reading.reference) for reading in readings),
        *_without_case(*shown, *rows.payments, *rows.grounds),
        *_without_case(*(letter for bill in bills for letter in bill.letters), *bills_sent_by_hand(bills)),
    ]
    begins = (str(span.first), span.first.first, span.since)
    return AccountPage(
        card_of(transaction, record, charges, span.when, span.last),
        span.first,
        span.last,
        timeline.anything_before(transaction, record, *begins),
        readings,
        shown[::-1],
        bills,
        rows.payments[::-1],
        rows.grounds[::-1],
        entries(happened, charging.runs(transaction), span.when.zone),
    )


def _fitting(span: _Span, rows: _Rows) -> _Span:
    """So many whole months, the newest first, as `MAX_ROWS` allows; one at least."""
    received = [Month.of(case.received_at.astimezone(span.when.zone).date()) for case in rows.cases]
    months = Counter([*received, *(reading.month for reading in rows.readings)])
    months.update(Month.of(payment.paid_on) for payment in rows.payments)
    floor = max(span.first, received[-1].following) if len(received) > MAX_CASES else span.first
    first, left = span.last, MAX_ROWS - sum(many for month, many in months.items() if month >= span.last)
    while first > floor and months[first.preceding] <= left:
        first = first.preceding
        left -= months[first]
    return replace(span, first=first)


def _letters(
    transaction: StoreTransaction, number: str, cases: Sequence[AccountCase], span: _Span
) -> list[tuple[Happening, str]]:
    """Letters of the client, ours to them, and changes of the account, each with its case."""
    happenings: list[tuple[Happening, str]] = [(case, case.reference) for case in cases]
    happenings += [(letter, letter.reference) for letter in timeline.our_letters(transaction, cases)]
    events = timeline.events(transaction, number, span.since, span.until, MAX_EVENTS)
    return happenings + _without_case(*events)


def _without_case(*happened: Happening) -> list[tuple[Happening, str]]:
    return [(happening, "") for happening in happened]


def _readings(transaction: StoreTransaction, rows: Sequence[LedgerReading]) -> tuple[LedgerReadingRow, ...]:
    """Newest first; each replaced row behind the one that replaced it."""
    ids = [row.reading_id for row in rows if row.reading_id is not None]
    references = timeline.references(transaction, ids)
    newest = sorted(
        rows, key=lambda reading: (reading.month, reading.day, reading.meter, reading.id), reverse=True
    )
    return tuple(LedgerReadingRow(row, references.get(row.reading_id or 0, "")) for row in newest)
