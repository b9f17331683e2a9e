"""Whose figures may be told in answer to a letter: a client's own, to the client's own address, and nobody else's.

Both who reads the figures out of the ledger and who proposes them to a person ask here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.model import Certainty, Client, Facts, Letter, Role, Rulebook
from mailbot.policy.authenticity import authenticity

MOST_ACCOUNTS = 3
"""Accounts that one letter of the machine tells of; whoever has more names one, or is answered by a person."""

_NUMBER = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
"""Of a house or a flat; a postal code has six digits."""


@dataclass(frozen=True, slots=True)
class Told:
    """The accounts that may be told of; where there are none, `doubt` says why (Russian, for staff)."""

    accounts: tuple[str, ...] = ()
    doubt: str = ""


def owner_of(letter: Letter, client: Client | None, rulebook: Rulebook) -> bool:
    """Is the letter proven to be the client's own, and does its answer go to the client's address alone?"""
    return not doubt_of_owner(letter, client, rulebook)


def doubt_of_owner(letter: Letter, client: Client | None, rulebook: Rulebook) -> str:
    """Why the sender is not proven to be the client (Russian); empty where they are."""
    if doubt := doubt_of_address(letter, client):
        return doubt
    if letter.writers != 1:
        return "в письме несколько отправителей, за первого почтовая служба не ручается"
    if authenticity(letter, rulebook.trusted_authservers) is not Certainty.YES:
        return "отправитель не подтверждён почтовой службой: адрес мог подставить кто угодно"
    return ""


def doubt_of_address(letter: Letter, client: Client | None) -> str:
    """Why an answer to the letter would not reach the client's own address, whoever wrote it; empty where it would."""
    sender = letter.from_.email
    if client is None or not sender or sender not in client.emails:
        return f"адреса {sender or 'отправителя'} нет в реестре у клиента"
    if any(address.email != sender for address in letter.reply_to):
        return "ответ просят прислать на другой адрес (Reply-To)"
    return ""


def told_to(letter: Letter, facts: Facts, client: Client | None, rulebook: Rulebook) -> Told:
    """The accounts whose figures the machine may tell in answer to the letter."""
    if doubt := doubt_of_owner(letter, client, rulebook):
        return Told(doubt=doubt)
    if any(segment.role is Role.FORWARDED for part in letter.parts for segment in part.segments):
        return Told(doubt="в письме переслано другое письмо: о чьём счёте спрашивают, решает сотрудник")
    return asked_about(facts, client)


def asked_about(facts: Facts, client: Client | None) -> Told:
    """The client's accounts that the letter is about: those named, else all of them. A stranger's is nobody's to hear of."""
    own = client.accounts if client else ()
    named = tuple(dict.fromkeys(found.value for found in facts.contacts.accounts))
    if foreign := [account for account in named if account not in own]:
        return Told(doubt=f"назван лицевой счёт, который не записан за отправителем: {foreign[0]}")
    accounts = named or own
    if not accounts:
        return Told(doubt="за отправителем не записан ни один лицевой счёт")
    if len(accounts) > MOST_ACCOUNTS:
        return Told(doubt=f"у отправителя лицевых счетов: {len(accounts)}; о каком вопрос, решает сотрудник")
    return Told(accounts)


def another_place(facts: Facts, address: str) -> bool:
    """Does the letter name a house or a flat that is not the account's? A number that the address has not tells it."""
    known = set(_NUMBER.findall(address))
    return any(set(_NUMBER.findall(found.value)) - known for found in facts.contacts.addresses)
