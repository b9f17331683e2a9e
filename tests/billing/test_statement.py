"""The reconciliation statement: every rouble stands in one month, and no way of cutting the time moves one."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.billing.statement import build_statement, calculate_balance, first_month
from mailbot.model import Resource
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, Payment
from mailbot.model.ledger.money import Money, Quantity
from tests.billing.builders import account

D = Decimal
JULY, AUGUST, SEPTEMBER, OCTOBER = Month(2026, 7), Month(2026, 8), Month(2026, 9), Month(2026, 10)
HOLDER = account(Resource.HEATING)


def line(kind: LineKind, month: Month, sum_: str | Decimal) -> ChargeLine:
    nothing = D("0.00")
    return ChargeLine(
        kind=kind,
        month=month,
        resource=None,
        component=None,
        meter=None,
        basis=None,
        volume=Quantity(D(0)),
        unit=None,
        price=None,
        net=Money(D(sum_)),
        vat=Money(nothing),
        benefit=Money(nothing),
        sum=Money(D(sum_)),
        because="потому",
        source="закон",
    )


def charged(month: Month, own: str | Decimal, *others: ChargeLine) -> Charge:
    return Charge(HOLDER, month, (line(LineKind.CHARGE, month, own), *others))


def paid(day: date, amount: str | Decimal, document: str = "П-1", month: Month | None = None) -> Payment:
    return Payment(day, D(amount), document, month)


BILLS = (
    charged(JULY, "1000.00"),
    charged(AUGUST, "1200.00"),
    charged(
        SEPTEMBER, "900.00", line(LineKind.CORRECTION, JULY, "-100.00"), line(LineKind.TAKEN_BACK, AUGUST, "-50.00"),
        line(LineKind.PENALTY, SEPTEMBER, "3.17"),
    ),
)  # fmt: skip
MONEY = (
    paid(date(2026, 8, 14), "1000.00"),
    paid(date(2026, 9, 1), "2000.00"),
    paid(date(2026, 9, 30), "0.50"),
)


def test_a_quarter_with_a_correction_a_penalty_and_an_advance() -> None:
    """1000 owed; + 1200 − 1000; + 753.17 − 2000.50: 47.33 paid ahead."""
    found = build_statement(BILLS, MONEY, JULY, SEPTEMBER)
    rows = [(one.opening, one.charged, one.paid, one.closing) for one in found.months]
    assert rows == [
        (D("0.00"), D("1000.00"), D("0.00"), D("1000.00")),
        (D("1000.00"), D("1200.00"), D("1000.00"), D("1200.00")),
        (D("1200.00"), D("753.17"), D("2000.50"), D("-47.33")),
    ]
    assert (found.months[2].penalty, found.months[2].corrections) == (D("3.17"), D("-150.00"))
    assert (
        (found.opening, found.closing)
        == (D("0.00"), D("-47.33"))
        == (D("0.00"), calculate_balance(BILLS, MONEY))
    )


def test_what_lies_before_is_the_opening_balance_and_what_lies_behind_is_left_out() -> None:
    found = build_statement(BILLS, MONEY, AUGUST, AUGUST)
    assert (found.opening, found.charged, found.paid, found.closing) == (
        D("1000.00"), D("1200.00"), D("1000.00"), D("1200.00"),
    )  # fmt: skip


def test_a_payment_stands_where_it_was_made_whatever_month_it_names() -> None:
    late = paid(date(2026, 10, 2), "500.00", month=JULY)
    found = build_statement(BILLS, [late], JULY, OCTOBER)
    assert [one.payments for one in found.months] == [(), (), (), (late,)]


def test_a_month_without_charge_or_payment_carries_the_balance_on() -> None:
    found = build_statement([charged(JULY, "10.00")], [], JULY, OCTOBER)
    assert [one.closing for one in found.months] == [D("10.00")] * 4


def test_an_account_without_a_story_owes_nothing_in_kopecks() -> None:
    assert str(build_statement([], [], JULY, JULY).closing) == "0.00"
    assert first_month([], []) is None
    assert first_month(BILLS[1:], MONEY) == AUGUST


def test_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(ValueError, match="is after"):
        build_statement([], [], OCTOBER, JULY)


months = st.integers(0, 23).map(lambda at: Month(2026, 12).back(at))
sums = st.decimals(min_value=-9999, max_value=99999, places=2, allow_nan=False, allow_infinity=False)
bills = st.dictionaries(months, st.tuples(sums, sums, sums), max_size=12).map(
    lambda by_month: [
        charged(
            month, own, line(LineKind.CORRECTION, month.preceding, right), line(LineKind.PENALTY, month, fine)
        )
        for month, (own, right, fine) in by_month.items()
    ]
)
money = st.lists(
    st.builds(
        lambda day, kopecks, paper: paid(date(2025, 1, 1) + timedelta(days=day), D(kopecks) / 100, str(paper)),
        st.integers(0, 729), st.integers(1, 10**7), st.integers(0, 9),
    ),
    max_size=12,
)  # fmt: skip


@given(bills, money, months, months)
def test_closing_is_opening_and_charged_less_paid(
    issued: list[Charge], taken: list[Payment], one: Month, other: Month
) -> None:
    found = build_statement(issued, taken, *sorted((one, other)))
    assert found.closing == found.opening + found.charged - found.paid == found.months[-1].closing
    for before, after in zip(found.months, found.months[1:], strict=False):
        assert after.month == before.month.following
        assert after.opening == before.closing == before.opening + before.charged - before.paid


@given(bills, money, st.lists(months, min_size=3, max_size=3, unique=True))
def test_a_statement_cut_in_two_says_the_same_as_the_whole(
    issued: list[Charge], taken: list[Payment], at: list[Month]
) -> None:
    since, cut, until = sorted(at)
    whole = build_statement(issued, taken, since, until)
    first, second = (
        build_statement(issued, taken, since, cut),
        build_statement(issued, taken, cut.following, until),
    )
    assert first.closing == second.opening
    assert first.months + second.months == whole.months
    assert (first.charged + second.charged, first.paid + second.paid) == (whole.charged, whole.paid)


@given(bills, money)
def test_the_statement_of_all_months_ends_with_the_balance(
    issued: list[Charge], taken: list[Payment]
) -> None:
    found = build_statement(issued, taken, Month(2025, 1), Month(2026, 12))
    assert (found.opening, found.closing) == (D(0), calculate_balance(issued, taken))


@given(bills, money, st.randoms())
def test_the_order_in_which_charges_and_payments_are_read_changes_nothing(
    issued: list[Charge], taken: list[Payment], chance: Random
) -> None:
    mixed, shuffled = issued[:], taken[:]
    chance.shuffle(mixed)
    chance.shuffle(shuffled)
    whole = Month(2025, 1), Month(2026, 12)
    assert build_statement(issued, taken, *whole) == build_statement(mixed, shuffled, *whole)
