"""Whose figures may be told in answer to a letter: a client's own, to the client's own address, and nobody else's.

Both who reads the figures out of the ledger and who proposes them to a person ask here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.model import Certainty, Client, Facts, Letter, Rulebook, SegmentRole
from mailbot.policy.sender_authenticity import check_authenticity

MAX_ACCOUNTS = 3
"""Accounts that one letter of the machine tells of; whoever has more names one, or is answered by a person."""

_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
"""Of a house or a flat; a postal code has six digits."""


@dataclass(frozen=True, slots=True)
class DisclosableAccounts:
    """The accounts that may be told of; where there are none, `doubt` says why (Russian, for staff)."""

    accounts: tuple[str, ...] = ()
    doubt: str = ""


def check_owner(letter: Letter, client: Client | None, rulebook: Rulebook) -> bool:
    """Is the letter proven to be the client's own, and does its answer go to the client's address alone?"""
    return not find_owner_doubt(letter, client, rulebook)


def find_owner_doubt(letter: Letter, client: Client | None, rulebook: Rulebook) -> str:
    """Why the sender is not proven to be the client (Russian); empty where they are."""
    if doubt := find_address_doubt(letter, client):
        return doubt
    if letter.writers != 1:
        return "в письме несколько отправителей, за первого почтовая служба не ручается"
    if check_authenticity(letter, rulebook.trusted_authservers) is not Certainty.YES:
        return "отправитель не подтверждён почтовой службой: адрес мог подставить кто угодно"
    return ""


def find_address_doubt(letter: Letter, client: Client | None) -> str:
    """Why an answer to the letter would not reach the client's own address, whoever wrote it; empty where it would."""
    sender = letter.from_.email
    if client is None or not sender or sender not in client.emails:
        return f"адреса {sender or 'отправителя'} нет в реестре у клиента"
    if any(address.email != sender for address in letter.reply_to):
        return "ответ просят прислать на другой адрес (Reply-To)"
    return ""


def accounts_to_disclose(
    letter: Letter, facts: Facts, client: Client | None, rulebook: Rulebook
) -> DisclosableAccounts:
    """The accounts whose figures the machine may tell in answer to the letter."""
    if doubt := find_owner_doubt(letter, client, rulebook):
        return DisclosableAccounts(doubt=doubt)
    if any(segment.role is SegmentRole.FORWARDED for part in letter.parts for segment in part.segments):
        return DisclosableAccounts(
            doubt="в письме переслано другое письмо: о чьём счёте спрашивают, решает сотрудник"
        )
    return accounts_asked_about(facts, client)


def accounts_asked_about(facts: Facts, client: Client | None) -> DisclosableAccounts:
    """The client's accounts that the letter is about: those named, else all of them. A stranger's is nobody's to hear of."""
    own = client.accounts if client else ()
    named = tuple(dict.fromkeys(account.value for account in facts.contacts.accounts))
    if foreign := [account for account in named if account not in own]:
        return DisclosableAccounts(
            doubt=f"назван лицевой счёт, который не записан за отправителем: {foreign[0]}"
        )
    accounts = named or own
    if not accounts:
        return DisclosableAccounts(doubt="за отправителем не записан ни один лицевой счёт")
    if len(accounts) > MAX_ACCOUNTS:
        return DisclosableAccounts(
            doubt=f"у отправителя лицевых счетов: {len(accounts)}; о каком вопрос, решает сотрудник"
        )
    return DisclosableAccounts(accounts)


def names_other_place(facts: Facts, address: str) -> bool:
    """Does the letter name a house or a flat that is not the account's? A number that the address has not tells it."""
    known = set(_NUMBER.findall(address))
    return any(set(_NUMBER.findall(written.value)) - known for written in facts.contacts.addresses)
