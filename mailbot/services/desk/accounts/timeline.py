"""Letters, readings, charges, bills, payments, grounds and changes of one account as one line of time, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.model.bill.sending import BillLetter
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge
from mailbot.model.ledger.sources import ReadingSource
from mailbot.services.desk.accounts.account_bills import DispatchedBill
from mailbot.store.accounts.timeline import AccountCase, AccountEvent, OurLetter
from mailbot.store.ledger.adjustments import LedgerAdjustment
from mailbot.store.ledger.charges import ChargeRun
from mailbot.store.ledger.meter_readings import LedgerReading
from mailbot.store.ledger.payment_lists import LedgerPayment

Happening = (
    AccountCase
    | OurLetter
    | LedgerReading
    | Charge
    | BillLetter
    | DispatchedBill
    | LedgerPayment
    | LedgerAdjustment
    | AccountEvent
)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened, when, and the case it belongs to (empty: to none)."""

    at: datetime
    what: Happening
    reference: str = ""

    @property
    def kind(self) -> str:
        """The name of what happened, as templates ask for it: AccountCase, LedgerReading, Charge…"""
        return type(self.what).__name__


def entries(
    happened: Iterable[tuple[Happening, str]], runs: Iterable[ChargeRun], zone: ZoneInfo
) -> tuple[TimelineEntry, ...]:
    """All of it with its cases, newest first. `runs` tell when the months of charges were closed."""
    closed = {run.month: run.begun_at for run in runs}
    timeline_entries = [
        TimelineEntry(_moment(what, closed, zone), what, reference) for what, reference in happened
    ]
    return tuple(sorted(timeline_entries, key=lambda entry: entry.at, reverse=True))


def _moment(what: Happening, closed: Mapping[Month, datetime], zone: ZoneInfo) -> datetime:
    """When it happened. Of payments and of readings from a table the day alone is known: noon of it."""
    match what:
        case AccountCase():
            return what.received_at
        case OurLetter() | AccountEvent() | DispatchedBill():
            return what.at
        case BillLetter():
            return what.sent_at or what.created_at
        case Charge():
            return closed[what.month]
        case LedgerPayment() if what.cancels is None:
            return _noon(what.paid_on, zone)
        case LedgerReading() if what.source is ReadingSource.TABLE and what.replaces is None:
            return _noon(what.day, zone)
        case LedgerReading() | LedgerPayment() | LedgerAdjustment():
            return what.entered_at
        case _:
            assert_never(what)


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(12), zone)
