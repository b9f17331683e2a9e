"""Which readings of a letter the ledger takes, and why not the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from mailbot.model import (
    CaseContext,
    Certainty,
    Contacts,
    Reading,
    RefusedReading,
    Resource,
)
from mailbot.policy.public_reasons import (
    GENERIC_REASON,
    NO_ACCOUNT,
    NO_RESOURCE,
    SEVERAL_VALUES,
    why_not_ours,
)
from mailbot.policy.reading_split import ReadingSplit
from mailbot.policy.readings.account_match import find_account, only
from mailbot.policy.readings.register_match import split_by_register
from mailbot.policy.readings.value_plausibility import why_implausible
from mailbot.policy.sender_authenticity import check_authenticity
from mailbot.policy.verdict import LetterInContext

__all__ = ["ReadingSplit", "split_readings"]


def split_readings(matter: LetterInContext) -> ReadingSplit:
    """Every distinct reading of the letter stands in one of the two lists, in the order of the letter.

    A value written twice (in the subject and in the body) is one reading. Where the company has a register of
    meters, each is compared with its meter; else with the earlier readings of letters.
    """
    proven = check_authenticity(matter.letter, matter.rulebook.trusted_authservers) is Certainty.YES
    if matter.context.ledger_known:
        return split_by_register(matter, proven=proven)
    whole = _distinct(
        _completed(reading, matter.facts.contacts, matter.context, proven)
        for reading in matter.facts.readings
    )
    values_of = Counter(_meter(reading) for reading in whole)
    accepted, refused = [], []
    for reading in whole:
        reason = _refusal(reading, matter)
        if not reason and values_of[_meter(reading)] > 1:
            reason = SEVERAL_VALUES
        if reason:
            refused.append(RefusedReading(reading, reason))
        else:
            accepted.append(reading)
    return ReadingSplit(tuple(accepted), tuple(refused))


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    return tuple({(_meter(reading), reading.value, reading.unit): reading for reading in readings}.values())


def _meter(reading: Reading) -> tuple[str | None, str | None, Resource | None, str]:
    return reading.account, reading.meter, reading.resource, reading.place


def _completed(reading: Reading, contacts: Contacts, context: CaseContext, proven: bool) -> Reading:
    """The reading with what is known without it: the only account, the only resource of that account."""
    account = find_account(reading, contacts, context, proven=proven)
    resource = reading.resource or only(
        {before.resource for before in context.readings if before.account == account and before.resource}
        if account
        else set()
    )
    return replace(reading, account=account, resource=resource)


def _refusal(reading: Reading, matter: LetterInContext) -> str:
    """Why a reading is not taken; Russian, fit for the client; empty where it is."""
    if not_ours := why_not_ours(reading.resource):
        return not_ours
    if reading.account is None:
        return NO_ACCOUNT
    if reading.resource is None and reading.confidence < matter.rulebook.thresholds.nameless:
        return NO_RESOURCE
    if reading.confidence < matter.rulebook.thresholds.reading:
        return GENERIC_REASON
    return why_implausible(reading, matter.context)
