"""Does a letter speak of the same account and address as an earlier one? Another flat is a new matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.model import CaseContext, EarlierCase, ExtractedValue, Facts
from mailbot.policy.case_folding import fold_case

_ACCOUNT = re.compile(r"(?<!\d)\d{5,10}(?!\d)")


def other_places(facts: Facts, case: EarlierCase, context: CaseContext) -> Iterator[ExtractedValue[str]]:
    """Accounts and addresses of the letter that are another's than the earlier letter's.

    One that is only added to what was given before («и лицевой счёт 330145») names no other place.
    """
    before = fold_case(case.text)
    numbers = frozenset(re.findall(r"\d+", before))
    own = context.client.accounts if context.client else ()
    contacts = facts.contacts
    accounts = [
        account for account in contacts.accounts if account.value not in numbers and account.value not in own
    ]
    addresses = [
        address for address in contacts.addresses if not _same_address(address.value, before, numbers)
    ]
    known = len(contacts.accounts) + len(contacts.addresses) - len(accounts) - len(addresses)
    anchored = known > 0 or any(
        _named(contact.value, before) for contact in (*contacts.names, *contacts.phones)
    )
    if not anchored or _ACCOUNT.search(before):
        yield from accounts
    if not anchored or any(argument.startswith("address:") for argument in case.arguments):
        yield from addresses


def _same_address(address: str, before: str, numbers: frozenset[str]) -> bool:
    plain = fold_case(address)
    streets = [
        word for word in re.findall(r"[а-я]{4,}", plain) if not word.startswith(("улиц", "дом", "квар"))
    ]
    named = any(street[:4] in before for street in streets) if streets else True
    return named and set(re.findall(r"\d+", plain)) <= numbers


def _named(value: str, before: str) -> bool:
    return any(word[:5] in before for word in re.findall(r"[а-я]{4,}|\d{6,}", fold_case(value)))
