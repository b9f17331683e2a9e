"""Whose a value is: which of the accounts of a letter it belongs to."""

from __future__ import annotations

from mailbot.model import Contacts
from mailbot.understanding.dial_values.passed_value import PassedValue

_SEEN = 0.6
"""What an account in a quotation or a profile is worth for a value; one read with doubt is worth less."""
UNCLEAR = 0.5  # two accounts could be meant: a person looks


def assign_account(
    part: str, one: PassedValue, others: list[PassedValue], contacts: Contacts
) -> tuple[str | None, float]:
    """The letter's one account; of several the one on the value's line, or the last before the value.

    `others` are all values of the part: they tell whether accounts stand before or after their values.
    """
    accounts = contacts.accounts
    if not accounts:
        return None, 1.0
    if len(accounts) == 1:
        sure = accounts[0].confidence
        return accounts[0].value, UNCLEAR if UNCLEAR <= sure < _SEEN else max(sure, _SEEN)
    places = sorted(
        (span.start, account.value) for account in accounts for span in account.spans if span.part == part
    )
    own_line = [place for place in places if one.line[0] <= place[0] < one.line[1]]
    first = min(other.start for other in others if other.line == one.line)
    if own_line and first < own_line[0][0]:
        after = [place for place in own_line if place[0] > one.start]
        return (after[0][1], 0.9) if after else (own_line[-1][1], UNCLEAR)
    if len({value for _, value in own_line}) == 1:
        return own_line[0][1], 0.95
    before = [place for place in places if place[0] < one.start]
    if not before:
        return (places[0][1], UNCLEAR) if places else (None, 0.7)
    start, value = before[-1]
    earlier = [place for place in before if place[1] != value]
    if earlier and not any(earlier[-1][0] < other.start < start for other in others):
        return value, UNCLEAR  # «лс 120031, лс 120032. гвс 123 и 98»
    return value, 0.9
