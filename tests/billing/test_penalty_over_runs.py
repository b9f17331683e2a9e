"""The penalties of all runs together are the penalty reckoned at once, day by day, by what is known in the end."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.billing.month_charge import charge_month
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import ClientGroup, Month
from mailbot.model.ledger.charges import Charge, LineKind, Payment
from tests.billing.builders import D, account, run, tariffs
from tests.billing.lives import Life, lives
from tests.scale import tries

KOPECK = D("0.01")


def fines(charge: Charge) -> Decimal:
    return sum((line.sum for line in charge.lines if line.kind is LineKind.PENALTY), D(0))


@dataclass
class Owed:
    month: Month
    due: date
    left: Decimal


@dataclass
class Purse:
    """Debts, penalties, and money that waits, as a clerk would keep them on paper from day to day."""

    owed: list[Owed]
    fines: Decimal = Decimal(0)
    waiting: Decimal = Decimal(0)

    def settle(self, named: Month | None = None) -> None:
        for debt in sorted(self.owed, key=lambda one: (one.month != named, one.month)):
            part = min(debt.left, max(self.waiting, D(0)))
            debt.left -= part
            self.waiting -= part
        if self.fines < 0:
            self.waiting, self.fines = self.waiting - self.fines, D(0)
            return self.settle()
        part = min(self.fines, self.waiting)
        self.fines, self.waiting = self.fines - part, self.waiting - part
        return None


def reckoned_at_once(closed: Sequence[Charge], payments: Sequence[Payment], until: date) -> Decimal:
    """9.5 % a year: a 300th a day from day 31 of delay, a 130th from day 91; half a kopeck up, a stretch of days with
    the same debt at a time."""
    purse, days = Purse([]), Counter[tuple[Month, Decimal, int]]()
    day = closed[0].month.first if closed else until
    day = min([day, *(one.paid_on for one in payments)])
    while day <= until:
        for debt in purse.owed:
            delay = (day - debt.due).days
            if delay > 30 and debt.left:
                days[debt.month, debt.left, 300 if delay <= 90 else 130] += 1
        for one in closed:
            if one.month.following.first == day:
                purse.fines += fines(one)
                principal = one.total - fines(one)
                if principal > 0:
                    purse.owed.append(Owed(one.month, day.replace(day=15), principal))
                else:
                    purse.waiting -= principal
                purse.settle()
        for paid in sorted(payments, key=lambda one: f"{one.document} {one.month} {one.amount}"):
            if paid.paid_on == day:
                purse.waiting += paid.amount
                purse.settle(paid.month)
        day += timedelta(days=1)
    stretches = (left * D("9.5") / 100 / share * count for (_, left, share), count in days.items())
    return sum((one.quantize(KOPECK, ROUND_HALF_UP) for one in stretches), D(0))


@given(lives(), st.integers())
@settings(max_examples=tries(60), deadline=None)
def test_the_penalties_of_all_runs_are_the_penalty_reckoned_at_once(life: Life, seed: int) -> None:
    lived = life.lived()
    book, last = life.last_book(lived), lived[-1].month
    assert sum(fines(one) for one in lived) == reckoned_at_once(book.closed, book.payments, last.last)
    mixed = random.Random(seed).sample(book.payments, len(book.payments))
    assert fines(charge_month(replace(book, payments=tuple(mixed)), last, life.tariffs)) == fines(lived[-1])


def test_a_penalty_paid_in_vain_pays_the_next_charge() -> None:
    """Heating by the norm costs 2993.19 a month. January, due on 15.02., is unpaid on 31.03.: 44 days, 14 beyond 30:
    2993.19 × 9.5 % / 300 × 14 = 13.27. On 10.04. come 8992.84: three months and that penalty. In May it is found that
    January's 2993.19 had been paid on 10.02.: the 13.27 are reversed, and with 2993.19 stand for what follows.

    April takes 2993.19 of them, May the 13.27: 2979.92 of May are open on 31.07., 46 days after 15.06., 16 beyond 30:
    2979.92 × 9.5 % / 300 × 16 = 15.10 (15.0983). June is late by 16 days only.
    """
    who = account(Resource.HEATING)
    january, march = Month(2026, 1), Month(2026, 3)
    unpaid = run(who, january, march, tariffs())
    assert fines(unpaid[-1]) == D("13.27")
    late = Payment(date(2026, 4, 10), D("8992.84"), "п/п 1")
    found_out = Payment(date(2026, 2, 10), D("2993.19"), "п/п 0")
    closed = run(who, Month(2026, 4), Month(2026, 4), tariffs(), paid=[late, found_out], closed=unpaid)
    assert fines(closed[-1]) == D("-13.27")
    rest = run(who, Month(2026, 5), Month(2026, 7), tariffs(), paid=[late, found_out], closed=closed)
    assert [fines(one) for one in rest[4:]] == [D(0), D(0), D("15.10")]


def test_organisations_pay_no_penalty_of_the_housing_code() -> None:
    firm = account(Resource.HEATING, group=ClientGroup.BUSINESS)
    charges = run(firm, Month(2026, 1), Month(2026, 9), tariffs(group=ClientGroup.BUSINESS))
    assert sum(fines(one) for one in charges) == 0
