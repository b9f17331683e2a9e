"""A month's bills on their way to the clients: what they are as of, which way each goes, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailbot.model.case.life_cycle import DeliveryState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month


@dataclass(frozen=True, slots=True)
class BillSending:
    """The sending of a month's bills: all of them show what was known at `begun_at`, and bear `issued_on`."""

    month: Month
    begun_at: datetime
    issued_on: date
    finished_at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class BillRoute:
    """How a bill goes. `recipient` is given where it goes by mail; `why` (Russian): why not as the client chose."""

    delivery: DeliveryMethod
    recipient: str | None = None
    why: str = ""


class BillState(StrEnum):
    """Where a bill stands: that of its newest letter, or of paper and ЭДО."""

    QUEUED = "queued"  # finished, waits for its turn
    SENT = "sent"
    HELD = "held"  # the gate stopped the letter
    REFUSED = "refused"  # the server refused it
    RETURNED = "returned"  # the server took it, and it came back later
    UNCERTAIN = "uncertain"  # nobody knows whether it arrived
    TO_PRINT = "to_print"
    PRINTED = "printed"
    TO_EXPORT = "to_export"  # for ЭДО
    EXPORTED = "exported"

    @property
    def is_queued(self) -> bool:
        """Does its letter still wait for its turn?"""
        return self is BillState.QUEUED

    @property
    def is_done(self) -> bool:
        """Has the bill left us, as far as is known?"""
        return self in (BillState.SENT, BillState.PRINTED, BillState.EXPORTED)

    @property
    def needs_person(self) -> bool:
        """Has a person to send it again, or to hand it over on paper?"""
        return self in FAILED_STATES


STATES_BY_METHOD: Mapping[DeliveryMethod, tuple[BillState, ...]] = {
    DeliveryMethod.EMAIL: (
        BillState.SENT,
        BillState.QUEUED,
        BillState.HELD,
        BillState.REFUSED,
        BillState.RETURNED,
        BillState.UNCERTAIN,
    ),
    DeliveryMethod.PAPER: (BillState.TO_PRINT, BillState.PRINTED),
    DeliveryMethod.EDO: (BillState.TO_EXPORT, BillState.EXPORTED),
}
"""Where a bill can stand that goes so, in the order of lists."""


STATE_BY_DELIVERY = {
    DeliveryState.READY: BillState.QUEUED,
    DeliveryState.SENDING: BillState.QUEUED,
    DeliveryState.SENT: BillState.SENT,
    DeliveryState.HELD: BillState.HELD,
    DeliveryState.REFUSED: BillState.REFUSED,
    DeliveryState.UNCERTAIN: BillState.UNCERTAIN,
}
FAILED_STATES = (BillState.HELD, BillState.REFUSED, BillState.RETURNED, BillState.UNCERTAIN)
"""States in which a person has to act: send again, or hand the bill over on paper."""


@dataclass(frozen=True, slots=True)
class SentBill:
    """A bill as a list shows it. `detail` (Russian): why it is held, refused, or goes another way than was chosen. `at`
    is when it left, or has been waiting since."""

    account: str
    month: Month
    number: str
    delivery: DeliveryMethod
    recipient: str | None
    state: BillState
    detail: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BillLetter:
    """A letter with the bill of `month`; `stands` is what that makes of the bill. `again_by`: who sent it again, None
    for the first."""

    outbox_id: int
    month: Month
    recipient: str
    state: DeliveryState
    stands: BillState
    detail: str
    created_at: datetime
    sent_at: datetime | None
    again_by: str | None
