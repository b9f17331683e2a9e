"""Values of a letter against the dials of the accounts it means: which of two readers the last values bear out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mailbot.model import Reading
from mailbot.model.ledger.register import Register, RegisterMeter
from mailbot.model.written_forms.number import number_key
from mailbot.understanding.dial_values.confidence import GUESSED
from mailbot.understanding.dial_values.plausible_next_value import shows_next
from mailbot.understanding.number_roles.agreed_values import more_precise
from mailbot.understanding.register_lookup.account_check import SLIPPED, KnownContacts

BORNE_OUT = 0.8
"""What a value is worth that one dial alone can show, a little above what it showed last."""

MIN_SUFFIX_LENGTH = 4

_Place = tuple[str, RegisterMeter]
"""A dial and the account it hangs on."""


def confirm_by_register(
    found: tuple[Reading, ...],
    readers: Iterable[tuple[Reading, ...]],
    known: KnownContacts,
    register: Register,
) -> tuple[Reading, ...]:
    """The readings, and where the readers of the letter differ or hesitate, those that alone fit the dials.

    A list fits where each of its values is possible for one dial, and each for another; the same value for the same dial
    is said twice. Of two that fit the one that holds the other is taken; where they contradict each other, or leave out a
    value that a dial could show as well, nothing is changed, but that values beside serials go before others, and then a
    person looks. Where no list fits, but every dial of the letter has its value, whatever else was read is no value; that
    is put before a person, too.
    """
    lists = [reader for reader in (found, *readers) if reader]
    if not register.dials or not lists:
        return found
    read = list({reading.value: reading for many in reversed(lists) for reading in reversed(many)}.values())[
        ::-1
    ]
    fitting = [(readings, fits) for readings in lists if (fits := _fitted(readings, known, register))]
    if fitting:
        agreed, widest = max(fitting, key=lambda pair: (len(pair[1]), _placed(pair[0])))
        chosen = {reading.value for reading in widest}
        rivals = [
            readings for readings, fits in fitting if any(reading.value not in chosen for reading in fits)
        ]
        others = (reading for reading in read if reading.value not in chosen)
        if not rivals and not any(_adds(other, widest, known, register) for other in others):
            return widest
        if rivals and all(_placed(agreed) > _placed(rival) for rival in rivals):
            return tuple(replace(reading, confidence=min(reading.confidence, GUESSED)) for reading in agreed)
    return _filled(read, known, register) or found


def _placed(readings: Iterable[Reading]) -> int:
    """How many of the readings say themselves which meter they are of."""
    return sum(reading.meter is not None for reading in readings)


def _adds(other: Reading, chosen: Sequence[Reading], known: KnownContacts, register: Register) -> bool:
    """Could the value belong to a dial that has none yet, or is it one of the chosen with its fraction?"""
    taken = {_key(place) for reading in chosen for place in _dials(reading, known, register)}
    free = any(_key(place) not in taken for place in _dials(_bare(other), known, register))
    return free or any(more_precise(reading, other) is other for reading in chosen)


def all_next(readings: Sequence[Reading], known: KnownContacts, register: Register) -> bool:
    """Is each of the values what a dial of the accounts that the letter means shows next?"""
    return bool(readings) and all(any(_dials(reading, known, register)) for reading in readings)


def _fitted(readings: Sequence[Reading], known: KnownContacts, register: Register) -> tuple[Reading, ...]:
    """The readings with what their dials say of them; empty where they do not fit, each one dial of its own."""
    chosen: dict[str, tuple[Reading, _Place]] = {}
    for reading in readings:
        fits = list(_dials(reading, known, register))
        if len(fits) != 1:
            return ()
        earlier = chosen.setdefault(_key(fits[0]), (reading, fits[0]))
        if earlier[0].value != reading.value:
            return ()
    return tuple(_of_dial(reading, place, known) for reading, place in chosen.values())


def _key(place: _Place) -> str:
    return f"{place[0]}|{place[1].serial}"


def _of_dial(reading: Reading, place: _Place, known: KnownContacts) -> Reading:
    account, dial = place
    written = reading.account is not None or account in _sure(known)
    guessed = reading.account is None and written
    return replace(
        reading,
        account=account if written else None,
        resource=dial.resource,
        unit=reading.unit or dial.unit,
        confidence=min(reading.confidence, GUESSED) if guessed else max(reading.confidence, BORNE_OUT),
    )


def _filled(read: Sequence[Reading], known: KnownContacts, register: Register) -> tuple[Reading, ...]:
    """One value for every dial of the accounts, out of all that was read; empty where any dial is left without."""
    chosen: dict[str, tuple[Reading, _Place]] = {}
    for reading in read:
        fits = list(_dials(reading, known, register))
        if len(fits) > 1 or (not fits and any(_dials(_bare(reading), known, register))):
            return ()
        for place in fits:
            earlier = chosen.get(_key(place))
            fine = more_precise(earlier[0], reading) if earlier else reading
            if fine is None:
                return ()
            chosen[_key(place)] = fine, place
    written = {account.value for account in known.contacts.accounts}
    accounts = written | {account for _, (account, _) in chosen.values()}
    dials = sum(len(register.dials.get(account, ())) for account in accounts)
    if not chosen or len(chosen) < dials:
        return ()
    return tuple(
        replace(_of_dial(reading, place, known), confidence=min(reading.confidence, GUESSED))
        for reading, place in chosen.values()
    )


def _bare(reading: Reading) -> Reading:
    """The value alone, whatever else the letter is thought to say of it."""
    return replace(reading, meter=None, resource=None, unit=None)


def _dials(reading: Reading, known: KnownContacts, register: Register) -> Iterator[_Place]:
    for account in _accounts(reading, known):
        for dial in register.dials.get(account, ()):
            if _may_be(reading, dial) and shows_next(reading.value, dial):
                yield account, dial


def _sure(known: KnownContacts) -> set[str]:
    return {account.value for account in known.contacts.accounts if account.confidence > SLIPPED}


def _accounts(reading: Reading, known: KnownContacts) -> tuple[str, ...]:
    sure = _sure(known)
    if reading.account is not None:
        return (reading.account,) if reading.account in sure else ()
    if known.contacts.accounts:
        return tuple(sorted(sure))
    return known.meant.there or known.meant.own


def _may_be(reading: Reading, dial: RegisterMeter) -> bool:
    """Does nothing that the letter says of the value speak against the dial?"""
    if reading.meter:
        serial, written = number_key(dial.serial), number_key(reading.meter)
        if serial != written and not (len(written) >= MIN_SUFFIX_LENGTH and serial.endswith(written)):
            return False
    return reading.resource in (None, dial.resource) and reading.unit in (None, dial.unit)
