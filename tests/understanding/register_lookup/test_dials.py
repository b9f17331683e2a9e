"""Values against the dials of the accounts that a letter means: what alone fits is sure, what contradicts is left."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.model import Contacts, ExtractedValue, Reading, Resource, Unit
from mailbot.model.ledger.register import RegisterMeter
from mailbot.understanding.dial_values.confidence import GUESSED
from mailbot.understanding.dial_values.plausible_next_value import shows_next
from mailbot.understanding.register_lookup.account_check import SLIPPED, KnownContacts
from mailbot.understanding.register_lookup.candidate_accounts import MeantAccounts
from mailbot.understanding.register_lookup.value_check import BORNE_OUT, all_next, confirm_by_register
from tests.understanding.register_lookup.registers import Client, register

REGISTER = register(Client("440215", hot="340", heat="12.31"))
WRITTEN = KnownContacts(Contacts(accounts=(ExtractedValue("440215", (), 0.95),)), MeantAccounts())


def read(
    value: str, resource: Resource | None = None, unit: Unit | None = None, account: str = "440215"
) -> Reading:
    return Reading(Decimal(value), account, None, resource, unit, (), 0.5)


def test_a_hesitating_reader_is_borne_out_by_the_one_dial_that_can_show_the_value() -> None:
    (found,) = confirm_by_register((read("345"),), ((), ()), WRITTEN, REGISTER)
    assert (found.resource, found.unit, found.confidence) == (Resource.HOT_WATER, Unit.M3, BORNE_OUT)


def test_of_two_readers_the_one_whose_values_fit_is_believed() -> None:
    wrong, right = (read("215"),), (read("345"), read("13.02"))
    assert [one.value for one in confirm_by_register(wrong, (wrong, right), WRITTEN, REGISTER)] == [
        Decimal(345),
        Decimal("13.02"),
    ]


def test_readers_who_contradict_each_other_and_both_fit_are_left_to_a_person() -> None:
    one, other = (read("345"),), (read("346"),)
    assert confirm_by_register(one, (one, other), WRITTEN, REGISTER) == one


def values(found: tuple[Reading, ...]) -> list[str]:
    return [str(one.value) for one in found]


def test_a_value_that_another_dial_could_show_is_not_left_out() -> None:
    narrow, wide = (read("345"),), (read("345"), replace(read("13.02"), meter="5518"))
    assert confirm_by_register(wide, (narrow, wide), WRITTEN, REGISTER) == wide


def test_where_every_dial_has_its_value_the_model_of_the_device_is_none() -> None:
    both = (read("402"), read("345"), read("13.02"))
    found = confirm_by_register(both, (both,), WRITTEN, REGISTER)
    assert values(found) == ["345", "13.02"]
    assert all(one.confidence <= GUESSED for one in found)


def test_while_a_dial_is_left_without_a_value_nothing_is_dropped() -> None:
    both = (read("402"), read("345"))
    assert confirm_by_register(both, (both,), WRITTEN, REGISTER) == both


def test_the_same_value_for_the_same_dial_is_said_twice() -> None:
    twice = (read("345"), read("345"))
    assert values(confirm_by_register(twice, (twice,), WRITTEN, REGISTER)) == ["345"]


def test_a_value_said_roughly_and_then_with_its_fraction_is_the_finer() -> None:
    only_hot = register(Client("440215", hot="340.2"))
    both = (read("345"), read("345.6"))
    assert values(confirm_by_register(both, ((read("345"),), both), WRITTEN, only_hot)) == ["345.6"]


def test_a_value_between_two_accounts_belongs_to_the_one_whose_dial_can_show_it() -> None:
    two = register(Client("440215", heat="211.0"), Client("440216", heat="18.02"))
    written = KnownContacts(
        Contacts(accounts=tuple(ExtractedValue(one, (), 0.95) for one in ("440215", "440216"))),
        MeantAccounts(),
    )
    bare = tuple(replace(read(value), account=None) for value in ("214.6", "18.33"))
    assert [one.account for one in confirm_by_register(bare, (), written, two)] == ["440215", "440216"]


@pytest.mark.parametrize(("value", "is_next"), [("345", True), ("402", False), ("340", False)])
def test_what_a_dial_shows_next_is_no_argument(value: str, is_next: bool) -> None:
    assert all_next((read(value),), WRITTEN, REGISTER) is is_next


def test_two_values_for_one_dial_fit_nothing() -> None:
    both = (read("345"), read("341"))
    assert confirm_by_register(both, (both, ()), WRITTEN, REGISTER) == both


@pytest.mark.parametrize(
    "against", [read("345", Resource.HEATING), read("345", unit=Unit.GCAL), read("345", account="512044")]
)
def test_what_the_letter_says_otherwise_is_not_borne_out(against: Reading) -> None:
    assert confirm_by_register((against,), ((), ()), WRITTEN, REGISTER) == (against,)


def test_a_doubted_account_bears_nothing_out() -> None:
    doubted = KnownContacts(Contacts(accounts=(ExtractedValue("440215", (), SLIPPED),)), MeantAccounts())
    assert confirm_by_register((read("345"),), ((), ()), doubted, REGISTER) == (read("345"),)


@pytest.mark.parametrize(
    ("last", "value", "shows"),
    [("340", "345", True), ("340", "340", False), ("340", "339", False), ("340", "370", False), ("8200", "8400", True),
     ("182.345", "187", False), ("182.345", "187.3", True)],
)  # fmt: skip
def test_a_dial_goes_on_by_a_months_use_to_as_many_places(last: str, value: str, shows: bool) -> None:
    assert shows_next(Decimal(value), RegisterMeter("1", Resource.HOT_WATER, Unit.M3, Decimal(last))) is shows


def test_a_dial_without_a_value_bears_nothing_out() -> None:
    assert not shows_next(Decimal(5), RegisterMeter("1", Resource.HOT_WATER, Unit.M3, None))
