"""Which readings of a letter the ledger takes, and why not the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from mailbot.model import (
    Certainty,
    Contacts,
    Context,
    Facts,
    Letter,
    Reading,
    RefusedReading,
    Resource,
    Rulebook,
)
from mailbot.policy.authenticity import authenticity
from mailbot.policy.plausibility import implausible

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Split:
    """`accepted` are complete (account and resource known), `refused` carry a reason for the client."""

    accepted: tuple[Reading, ...] = ()
    refused: tuple[RefusedReading, ...] = ()


def split(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Split:
    """Every distinct reading of the letter stands in one of the two lists, in the order of the letter.

    A value written twice (in the subject and in the body) is one reading.
    """
    proven = authenticity(letter, rulebook.trusted_authservers) is Certainty.YES
    whole = _distinct(_completed(reading, facts.contacts, context, proven) for reading in facts.readings)
    values_of = Counter(_meter(reading) for reading in whole)
    accepted, refused = [], []
    for reading in whole:
        reason = _refusal(reading, context, rulebook)
        if not reason and values_of[_meter(reading)] > 1:
            reason = "для одного счётчика несколько значений; напишите, пожалуйста, номер каждого счётчика"
        if reason:
            refused.append(RefusedReading(reading, reason))
        else:
            accepted.append(reading)
    return Split(tuple(accepted), tuple(refused))


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple({(_meter(reading), reading.value, reading.unit): reading for reading in readings}.values())


def _meter(reading: Reading) -> tuple[str | None, str | None, Resource | None, str]:
    return reading.account, reading.meter, reading.resource, reading.place


def _completed(reading: Reading, contacts: Contacts, context: Context, proven: bool) -> Reading:
    """The reading with what is known without it: the only account, the only resource of that account.

    The register's account is used only where our provider vouches for the sender: anybody can write a
    client's address into From, and the value would go to the client's bill.
    """
    account = reading.account or _only({found.value for found in contacts.accounts})
    if account is None and context.client is not None and proven and not contacts.accounts:
        account = _only(set(context.client.accounts))
    resource = reading.resource or _only(
        {before.resource for before in context.readings if before.account == account and before.resource}
        if account
        else set()
    )
    return replace(reading, account=account, resource=resource)


def _refusal(reading: Reading, context: Context, rulebook: Rulebook) -> str:
    """Why a reading is not taken; Russian, fit for the client; empty where it is."""
    if reading.account is None:
        return "не указан номер лицевого счёта"
    if reading.resource is None and reading.confidence < rulebook.thresholds.nameless:
        return "не указано, что измеряет счётчик: отопление или горячую воду"
    if reading.confidence < rulebook.thresholds.reading:
        return "показание не удалось прочитать уверенно; проверит сотрудник"
    return implausible(reading, context)


def _only(values: set[T]) -> T | None:
    """The one value of a set; None where there is none or a choice."""
    return next(iter(values)) if len(values) == 1 else None
