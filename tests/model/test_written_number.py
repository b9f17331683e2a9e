"""One account, contract or serial has one key, however it was written; a slip of the pen makes another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model.written_forms.number import differ_by_one_sign, number_key

DIGITS = st.text("0123456789", min_size=5, max_size=10).filter(lambda number: number.lstrip("0"))


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("№ 00-55 01", "5501"),
        ("440 215", "440215"),
        ("ТС-0391", "tc 0391"),
        ("№ТСН-15/7", "тсн 15-7"),
        ("0012", "12"),
    ],
)
def test_the_notation_does_not_matter(written: str, same: str) -> None:
    assert number_key(written) == number_key(same)


@given(DIGITS, st.integers(1, 4), st.sampled_from([" ", "-", "\u00a0", "/"]))
def test_any_grouping_of_an_account_is_the_account(number: str, size: int, joint: str) -> None:
    grouped = joint.join(number[at : at + size] for at in range(0, len(number), size))
    assert number_key(f"№ {grouped}") == number_key(number)


@given(DIGITS, st.data())
def test_every_single_slip_is_seen_as_one_and_as_another_number(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    for slipped in (
        number[:at] + digit + number[at + 1 :],
        number[:at] + number[at + 1 :],
        number[:at] + number[at] + number[at:],
        number[:at] + number[at : at + 2][::-1] + number[at + 2 :],
    ):
        assert differ_by_one_sign(number, slipped) == (number != slipped)
        assert differ_by_one_sign(slipped, number) == (number != slipped)


@pytest.mark.parametrize(("one", "other"), [("440215", "440315"), ("440215", "44215"), ("440215", "442015")])
def test_one_slip(one: str, other: str) -> None:
    assert differ_by_one_sign(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("440215", "440215"), ("440215", "450315"), ("440215", "4402"), ("440215", "512044")]
)
def test_none_or_more_than_one_slip(one: str, other: str) -> None:
    assert not differ_by_one_sign(one, other)
