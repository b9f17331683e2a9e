"""Values against the dials of the accounts that a letter means: what alone fits is sure, what contradicts is left."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mailbot.model import Contacts, Found, Reading, Resource, Unit
from mailbot.model.register import Dial
from mailbot.understanding.known.accounts import SLIPPED, Known
from mailbot.understanding.known.dials import BORNE_OUT, borne_out
from mailbot.understanding.known.meant import Meant
from mailbot.understanding.known.next_value import shows_next
from tests.understanding.registers import Client, register

REGISTER = register(Client("440215", hot="340", heat="12.31"))
WRITTEN = Known(Contacts(accounts=(Found("440215", (), 0.95),)), Meant())


def read(
    value: str, resource: Resource | None = None, unit: Unit | None = None, account: str = "440215"
) -> Reading:
    return Reading(Decimal(value), account, None, resource, unit, (), 0.5)


def test_a_hesitating_reader_is_borne_out_by_the_one_dial_that_can_show_the_value() -> None:
    (found,) = borne_out((read("345"),), ((), ()), WRITTEN, REGISTER)
    assert (found.resource, found.unit, found.confidence) == (Resource.HOT_WATER, Unit.M3, BORNE_OUT)


def test_of_two_readers_the_one_whose_values_fit_is_believed() -> None:
    wrong, right = (read("215"),), (read("345"), read("13.02"))
    assert [one.value for one in borne_out(wrong, (wrong, right), WRITTEN, REGISTER)] == [
        Decimal(345),
        Decimal("13.02"),
    ]


def test_readers_who_contradict_each_other_and_both_fit_are_left_to_a_person() -> None:
    one, other = (read("345"),), (read("346"),)
    assert borne_out(one, (one, other), WRITTEN, REGISTER) == one


def test_two_values_for_one_dial_fit_nothing() -> None:
    both = (read("345"), read("341"))
    assert borne_out(both, (both, ()), WRITTEN, REGISTER) == both


@pytest.mark.parametrize(
    "against", [read("345", Resource.HEATING), read("345", unit=Unit.GCAL), read("345", account="512044")]
)
def test_what_the_letter_says_otherwise_is_not_borne_out(against: Reading) -> None:
    assert borne_out((against,), ((), ()), WRITTEN, REGISTER) == (against,)


def test_a_doubted_account_bears_nothing_out() -> None:
    doubted = Known(Contacts(accounts=(Found("440215", (), SLIPPED),)), Meant())
    assert borne_out((read("345"),), ((), ()), doubted, REGISTER) == (read("345"),)


@pytest.mark.parametrize(
    ("last", "value", "shows"),
    [("340", "345", True), ("340", "340", False), ("340", "339", False), ("340", "370", False), ("8200", "8400", True),
     ("182.345", "187", False), ("182.345", "187.3", True)],
)  # fmt: skip
def test_a_dial_goes_on_by_a_months_use_to_as_many_places(last: str, value: str, shows: bool) -> None:
    assert shows_next(Decimal(value), Dial("1", Resource.HOT_WATER, Unit.M3, Decimal(last))) is shows


def test_a_dial_without_a_value_bears_nothing_out() -> None:
    assert not shows_next(Decimal(5), Dial("1", Resource.HOT_WATER, Unit.M3, None))
