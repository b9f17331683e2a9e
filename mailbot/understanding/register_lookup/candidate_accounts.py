"""The accounts that a letter may mean: written in it, of its sender, of a place or a family that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mailbot.model import Contacts, ExtractedValue, Letter, Span
from mailbot.model.ledger.register import Register
from mailbot.model.written_forms.number import number_key
from mailbot.model.written_forms.surname import surname_stem
from mailbot.understanding.numbers.interpretations import find_numbers
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.register_lookup.places import RegisterPlace, find_places, in_digits, place_of
from mailbot.understanding.text.folding import fold

MAX_ACCOUNTS = 60
"""Accounts of one letter whose dials are looked up."""

MAX_OWN_ACCOUNTS = 5
"""Whoever has more accounts than these must say which."""

_READ = 12_000
_MIN_DIGITS = 3
_NO_ACCOUNTS = frozenset({NumberForm.DATE, NumberForm.CLOCK, NumberForm.DECIMAL})
_SURE = 0.5


@dataclass(frozen=True, slots=True)
class MeantAccounts:
    """The accounts of the sender, and those that the address of the letter leads to; `place` is that address, as it was
    found or as the register knows it."""

    own: tuple[str, ...] = ()
    there: tuple[str, ...] = ()
    place: ExtractedValue[str] | None = None

    @property
    def near(self) -> frozenset[str]:
        """Whatever account the letter writes is likely one of these."""
        return frozenset((*self.own, *self.there))


def accounts_meant(letter: Letter, register: Register) -> tuple[str, ...]:
    """Every account that the letter may mean, before it is understood: those whose dials are worth a look."""
    if not register:
        return ()
    accounts = list(own_accounts(letter, register))
    for part in letter.parts:
        text = part.text[:_READ]
        for number in find_numbers(fold(text)):
            if len(number.digits) >= _MIN_DIGITS and number.form not in _NO_ACCOUNTS:
                accounts += register.named(register.accounts, number_key(number.digits))
        for place in find_places(text, register):
            accounts += register.named(register.addresses, place.key)
        for address in find_places_of_families(text, register):
            accounts.append(address)
    return tuple(dict.fromkeys(accounts))[:MAX_ACCOUNTS]


def find_places_of_families(text: str, register: Register) -> Iterator[str]:
    """The accounts in a house that the text names without a flat, of families that it names too."""
    houses = [place for place in find_places(text, register) if not place.flat]
    if not houses:
        return
    stems = {surname_stem(word) for word in re.findall(r"[^\W\d_]{3,}", text[:_READ]) if word[0].isupper()}
    for place in houses:
        yield from _of_family(place, stems, register)


def own_accounts(letter: Letter, register: Register) -> tuple[str, ...]:
    """The accounts of the sender's address; whether a provider vouches for it, policy asks."""
    own = register.named(register.emails, letter.from_.email.lower())
    return own if len(own) <= MAX_OWN_ACCOUNTS else ()


def find_meant(letter: Letter, contacts: Contacts, register: Register) -> MeantAccounts:
    """Whose the letter is by its sender, its address and its surname."""
    if not register:
        return MeantAccounts()
    own = own_accounts(letter, register)
    named: ExtractedValue[str] | None = None
    stems = {
        surname_stem(word) for name in contacts.surnames for word in re.findall(r"[^\W\d_]{3,}", name.value)
    }
    for address, place in _places(letter, contacts, register):
        if there := _accounts_at(place, stems, register):
            return MeantAccounts(own, there, address)
        named = named or address
    return MeantAccounts(own, (), named)


def _places(
    letter: Letter, contacts: Contacts, register: Register
) -> Iterator[tuple[ExtractedValue[str], RegisterPlace]]:
    """Addresses that were found as such, the surest first; else whatever the register knows for a place."""
    known = False
    for address in contacts.addresses:
        if address.confidence >= _SURE and (place := place_of(address.value, register)):
            known = True
            yield address, place
    if known:
        return
    for part in letter.parts:
        for place in find_places(part.text[:_READ], register):
            if place.exact or place.flat:
                span = Span(part.name, place.start, place.end)
                written = " ".join(in_digits(part.text[:_READ])[place.start : place.end].split())
                yield ExtractedValue(written, (span,), 0.9 if place.flat else 0.7), place


def _accounts_at(place: RegisterPlace, stems: Iterable[str], register: Register) -> tuple[str, ...]:
    """The accounts of the flat; of several, and where no flat is given, those of the family that the letter names."""
    there = register.named(register.addresses, place.key)
    if len(there) == 1:
        return there
    return _of_family(place, stems, register) or there


def _of_family(place: RegisterPlace, stems: Iterable[str], register: Register) -> tuple[str, ...]:
    house = f"{place.street}|{place.house}|" + (place.flat if place.flat else "")
    rows = [row for stem in stems for row in register.surnames.of(stem)]
    return tuple(dict.fromkeys(register.number(row) for row in rows if register.place(row).startswith(house)))
