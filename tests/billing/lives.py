"""Accounts as they really live: readings late, wrong, withdrawn; grounds and payments entered when they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from mailbot.billing.month_charge import charge_month
from mailbot.billing.tariffs import HotWaterPricing, Tariffs
from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import Account, DatedReading, Meter, Month
from mailbot.model.ledger.charges import (
    Adjustment,
    Charge,
    ChargeInputs,
    ChargeLine,
    LineKind,
    Payment,
    RecalculationGround,
)
from tests.billing.builders import VAT_IN_PRICE, D, account, reading, tariffs

BEGINNING = Month(2026, 1)
KITCHEN = Meter("5501", Resource.HOT_WATER, Unit.M3, 5, date(2024, 1, 1))
BATH = replace(KITCHEN, serial="5502")
RADIATOR = Meter("77", Resource.HEATING, Unit.GCAL, 5, date(2024, 1, 1))
REPLACED = (
    replace(KITCHEN, removed=date(2026, 4, 10)),
    replace(KITCHEN, serial="5503", installed=date(2026, 4, 10)),
)
EXPIRED = replace(BATH, verified_until=date(2026, 5, 1))
SHAPES: tuple[tuple[Meter, ...], ...] = (
    (), (KITCHEN,), (KITCHEN, BATH), (KITCHEN, RADIATOR), REPLACED, (KITCHEN, EXPIRED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the books from the run `since` on, until the run `until` finds it withdrawn or replaced."""

    what: DatedReading | Adjustment
    since: int
    until: int | None = None

    def stands(self, run: int) -> bool:
        return self.since <= run and (self.until is None or run < self.until)

    @property
    def month(self) -> Month:
        return self.what.month if isinstance(self.what, DatedReading) else Month.of(self.what.first)


@dataclass(frozen=True, slots=True)
class Life:
    """An account over `accounts`' months, one for each; what is entered, by the number of the run that first sees it."""

    accounts: tuple[Account, ...]
    entries: tuple[Entry, ...]
    payments: tuple[tuple[int, Payment], ...] = ()
    hot: HotWaterPricing = HotWaterPricing.CLOSED

    @property
    def tariffs(self) -> Tariffs:
        return tariffs(hot=self.hot, vat=VAT_IN_PRICE)

    def known(self, run: int) -> list[DatedReading | Adjustment]:
        return [one.what for one in self.entries if one.stands(run)]

    def changed(self, run: int, month: Month) -> Month | None:
        """The oldest month behind whose readings or grounds have changed since the last run, as the ledger tells it."""
        moved = (
            one.month for one in self.entries if one.since != one.until and run in (one.since, one.until)
        )
        return min((at for at in moved if at < month), default=None) if run else None

    def lived(self) -> list[Charge]:
        """Month by month, each by what was known then."""
        closed: list[Charge] = []
        for run, (who, month) in enumerate(self._months()):
            paid = tuple(one for since, one in self.payments if since <= run)
            book = _book(who, self.known(run), closed, paid, self.changed(run, month))
            closed.append(charge_month(book, month, self.tariffs))
        return closed

    def afresh(self) -> list[Charge]:
        """As if all that is known in the end had been known from the first day."""
        closed: list[Charge] = []
        for who, month in self._months():
            book = _book(who, self.known(len(self.accounts) - 1), closed, (), None)
            closed.append(charge_month(book, month, self.tariffs))
        return closed

    def _months(self) -> list[tuple[Account, Month]]:
        return [(who, BEGINNING.back(-nth)) for nth, who in enumerate(self.accounts)]

    def last_book(self, closed: Sequence[Charge]) -> ChargeInputs:
        """What the last run rested on."""
        run = len(self.accounts) - 1
        paid = tuple(one for since, one in self.payments if since <= run)
        month = BEGINNING.back(-run)
        return _book(self.accounts[run], self.known(run), closed[:-1], paid, self.changed(run, month))


def _book(
    who: Account,
    known: Sequence[DatedReading | Adjustment],
    closed: Sequence[Charge],
    paid: tuple[Payment, ...],
    changed: Month | None,
) -> ChargeInputs:
    readings = tuple(one for one in known if isinstance(one, DatedReading))
    grounds = tuple(one for one in known if isinstance(one, Adjustment))
    return ChargeInputs(who, readings, grounds, tuple(closed), paid, changed)


def lines_of(charges: Sequence[Charge]) -> list[ChargeLine]:
    """All lines but the penalties."""
    return [line for one in charges for line in one.lines if line.kind is not LineKind.PENALTY]


values = st.decimals(min_value=0, max_value=40, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def lives(draw: st.DrawFn, *, honest: bool = False, meters: tuple[Meter, ...] | None = None) -> Life:
    """Six to ten months of one account. `honest`: wrong readings are found out in the end, the dials only go up."""
    count = draw(st.integers(6, 10))
    shape = draw(st.sampled_from(SHAPES)) if meters is None else meters
    entries: list[Entry] = []
    for meter in shape:
        entries += draw(_dial(meter, count, honest))
    if not honest:
        entries += draw(st.lists(_grounds(count), max_size=4))
    paid = draw(st.lists(_payments(count), max_size=6))
    whole = account(Resource.HEATING, Resource.HOT_WATER, meters=shape)
    accounts = [whole] * count
    if not honest and shape and draw(st.booleans()):  # the register did not know a meter for some months
        blind = draw(st.integers(0, count - 1))
        accounts[blind : blind + 2] = [replace(whole, meters=shape[:-1])] * len(accounts[blind : blind + 2])
    return Life(tuple(accounts), tuple(entries), tuple(paid), draw(st.sampled_from(list(HotWaterPricing))))


@st.composite
def _dial(draw: st.DrawFn, meter: Meter, count: int, honest: bool) -> list[Entry]:
    """A reading a month where one was sent, the first before the first month; some of them late or wrong at first."""
    value = D(100)
    found = [Entry(reading(str(value), date(2025, 12, 20), meter.serial), 0)]
    for nth in range(count):
        value += draw(values)
        if not draw(st.booleans()):
            continue
        right = reading(str(value), BEGINNING.back(-nth).first.replace(day=20), meter.serial)
        since = nth + draw(st.sampled_from((0, 0, 0, 1, 2, 4)))
        gone = draw(st.sampled_from((None, None, None, 1, 2, 3)))
        if gone is None:
            found.append(Entry(right, since))
            continue
        wrong = replace(right, value=value + draw(values))
        until = since + gone
        if honest:
            until = min(until, count - 1)
        found.append(Entry(wrong, since, until))
        if honest or draw(st.booleans()):
            found.append(Entry(right, max(since, until)))
    return found


@st.composite
def _grounds(draw: st.DrawFn, count: int) -> Entry:
    nth = draw(st.integers(0, count - 1))
    first = BEGINNING.back(-nth).first + timedelta(days=draw(st.integers(0, 27)))
    ground = draw(st.sampled_from(list(RecalculationGround)))
    what = Adjustment(
        resource=Resource.HOT_WATER
        if ground in (RecalculationGround.ABSENCE, RecalculationGround.COLD_WATER)
        else Resource.HEATING,
        ground=ground,
        first=first,
        last=first + timedelta(days=draw(st.integers(0, 40))),
        document=f"акт {draw(st.integers(1, 9))}",
        residents=draw(st.integers(1, 2)),
        hours=Decimal(draw(st.integers(1, 200))),
        degrees=Decimal(draw(st.integers(0, 13))),
    )
    since = nth + draw(st.integers(0, 3))
    return Entry(what, since, draw(st.sampled_from((None, since + 1, since + 2))))


@st.composite
def _payments(draw: st.DrawFn, count: int) -> tuple[int, Payment]:
    """Entered by the run of its own month, or later."""
    day = BEGINNING.first + timedelta(days=draw(st.integers(0, 28 * count)))
    named = draw(st.sampled_from((None, None, BEGINNING, BEGINNING.following)))
    amount = draw(st.decimals(min_value="0.01", max_value=9000, places=2))
    run = (day.year - BEGINNING.year) * 12 + day.month - BEGINNING.number
    return run + draw(st.sampled_from((0, 0, 1, 3))), Payment(
        day, amount, f"п/п {draw(st.integers(1, 3))}", named
    )
