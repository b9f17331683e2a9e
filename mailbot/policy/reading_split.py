"""The two lists into which the readings of a letter fall, and what the first becomes in the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import LedgerEntry, Reading, RefusedReading
from mailbot.policy.public_reasons import leaves_to_check


@dataclass(frozen=True, slots=True)
class ReadingSplit:
    """`accepted` are complete (account and resource known), `refused` carry a reason for the client.

    `ledger` holds an entry for each of `accepted`, in that order; it is empty while no register is imported.
    """

    accepted: tuple[Reading, ...] = ()
    refused: tuple[RefusedReading, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()

    @property
    def to_check(self) -> tuple[RefusedReading, ...]:
        """The refused that somebody may yet accept; the others are told all there is to say."""
        return tuple(item for item in self.refused if leaves_to_check(item.reason))
