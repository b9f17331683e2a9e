"""Values of a letter against the dials of the accounts it means: which of two readers the last values bear out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mailbot.model import Reading
from mailbot.model.register import Dial, Register
from mailbot.model.written_number import number_key
from mailbot.understanding.known.accounts import SLIPPED, Known
from mailbot.understanding.known.next_value import shows_next

BORNE_OUT = 0.8
"""What a value is worth that one dial alone can show, a little above what it showed last."""

LEAST_SUFFIX = 4


def borne_out(
    found: tuple[Reading, ...], readers: Iterable[tuple[Reading, ...]], known: Known, register: Register
) -> tuple[Reading, ...]:
    """The readings, and where the readers of the letter differ or hesitate, those that alone fit the dials.

    A list fits where each of its values is possible for one dial, and each for another. Of two that fit the one that
    holds the other is taken; where they contradict each other nothing is changed.
    """
    if not register.dials or not any((found, *readers)):
        return found
    fitting: dict[tuple[Decimal, ...], tuple[Reading, ...]] = {}
    for one in (found, *readers):
        if one and (fits := _fitted(one, known, register)):
            fitting.setdefault(tuple(sorted(reading.value for reading in one)), fits)
    if not fitting:
        return found
    widest = max(fitting, key=len)
    if any(Counter(values) - Counter(widest) for values in fitting):
        return found
    return fitting[widest]


def _fitted(readings: Sequence[Reading], known: Known, register: Register) -> tuple[Reading, ...]:
    """The readings with what their dials say of them; empty where they do not fit, each one dial of its own."""
    chosen: list[tuple[str, Dial]] = []
    for reading in readings:
        fits = list(_dials(reading, known, register))
        if len(fits) != 1 or fits[0] in chosen:
            return ()
        chosen.append(fits[0])
    return tuple(
        replace(
            reading,
            account=account if reading.account else None,
            resource=dial.resource,
            unit=reading.unit or dial.unit,
            confidence=max(reading.confidence, BORNE_OUT),
        )
        for reading, (account, dial) in zip(readings, chosen, strict=True)
    )


def _dials(reading: Reading, known: Known, register: Register) -> Iterator[tuple[str, Dial]]:
    for account in _accounts(reading, known):
        for dial in register.dials.get(account, ()):
            if _may_be(reading, dial) and shows_next(reading.value, dial):
                yield account, dial


def _accounts(reading: Reading, known: Known) -> tuple[str, ...]:
    sure = {one.value for one in known.contacts.accounts if one.confidence > SLIPPED}
    if reading.account is not None:
        return (reading.account,) if reading.account in sure else ()
    if known.contacts.accounts:
        return tuple(sorted(sure))
    return known.meant.there or known.meant.own


def _may_be(reading: Reading, dial: Dial) -> bool:
    """Does nothing that the letter says of the value speak against the dial?"""
    if reading.meter:
        serial, written = number_key(dial.serial), number_key(reading.meter)
        if serial != written and not (len(written) >= LEAST_SUFFIX and serial.endswith(written)):
            return False
    return reading.resource in (None, dial.resource) and reading.unit in (None, dial.unit)
