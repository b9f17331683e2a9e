"""What is done with a letter, and why: each rule tried is kept, hit or miss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from mailbot.model.ledger.account_state import DeliveryMethodChange
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.model.letter.facts import Judgement, Reading
from mailbot.model.outgoing.enclosed_documents import DocumentRequest
from mailbot.model.outgoing.writer_class import WriterClass


class Action(StrEnum):
    ANSWER = "answer"
    READING_ACCEPTED = "reading_accepted"
    REVIEW = "review"
    NO_REPLY = "no_reply"
    IGNORE = "ignore"

    @property
    def is_silent(self) -> bool:
        """Does the machine close the letter without any answer?"""
        match self:
            case Action.NO_REPLY | Action.IGNORE:
                return True
            case Action.ANSWER | Action.READING_ACCEPTED | Action.REVIEW:
                return False
            case _:
                assert_never(self)

    @property
    def is_answer(self) -> bool:
        """Does the machine answer the letter by itself?"""
        return self is not Action.REVIEW and not self.is_silent


class RuleAuthority(StrEnum):
    """Who carries a row of the rulebook out."""

    ACT = "act"  # the machine
    PROPOSE = "propose"  # the machine prepares it, a person decides


class Priority(StrEnum):
    EMERGENCY = "emergency"
    HIGH = "high"
    NORMAL = "normal"

    @property
    def rank(self) -> int:
        """By which the queue is sorted; written out, for rows of the database keep it."""
        match self:
            case Priority.EMERGENCY:
                return 0
            case Priority.HIGH:
                return 1
            case Priority.NORMAL:
                return 2
            case _:
                assert_never(self)

    @classmethod
    def of_rank(cls, rank: int) -> Priority:
        return next(priority for priority in cls if priority.rank == rank)


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """A rule that was tried on the letter. `clause` stands in `rules/standard.toml` (or is a source)."""

    rule: str
    clause: str
    finding: Judgement


@dataclass(frozen=True, slots=True)
class RefusedReading:
    """A reading that cannot be taken as it stands; `reason` is Russian, fit for the client."""

    reading: Reading
    reason: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What an accepted reading becomes in the ledger.

    `stands`: the same value stands in the ledger for this month, so nothing is written again. `replaces` are rows
    of the same month whose greater value this one corrects, the newest last.
    """

    account: str
    reading: DatedReading
    stands: bool = False
    replaces: tuple[int, ...] = ()

    @property
    def late(self) -> bool:
        """Did the reading come after the days in which its own month takes readings?"""
        return self.reading.month != Month.of(self.reading.day)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome for one letter.

    `rule` is the short name of a no-reply rule where the action is NO_REPLY, else the name of the row that decided.
    `clause` is that row's clause.
    `template` names the mail to send now (an answer or an acknowledgement), None for none; where
    `proposed` is given, a person may send that one. `accepted` and `refused` split the readings.
    `ledger` holds an entry for each of `accepted`, in that order; it is empty while no register is imported.
    `doubts` are sentences in Russian that tell a person what the machine was unsure of.
    `respond_by` is the deadline (aware), None where no answer is owed. `deadline_source` names the law.
    `on_substance` tells whether `template` answers the question itself (it then closes the case).
    `accounts` are those whose figures the letter tells to their client. `change` is the way of getting the bill that
    the letter asks about, or, once confirmed, that is carried out with the decision. `documents` are the papers that
    the letter of `template` brings along. `stops_reminders`: no more of them go to the letter's sender.
    `repeats` is the number of the answered case whose question the letter asks again (clause 2.2.email.4): with
    NO_REPLY word for word, with REVIEW perhaps, and a person decides with both letters side by side.
    `correspondent` is the group that the letter's writer belongs to, empty for a client; `their_number` is its
    registration number there, `assignee` the login that such letters are handed to.
    """

    action: Action
    rule: str | None
    clause: str | None
    because: str
    trials: tuple[RuleTrial, ...]
    template: str | None
    proposed: str | None
    on_substance: bool
    accepted: tuple[Reading, ...]
    refused: tuple[RefusedReading, ...]
    doubts: tuple[str, ...]
    priority: Priority
    topic: str | None
    respond_by: datetime | None
    deadline_source: str
    confidence: float
    rulebook_version: str
    decided_at: datetime
    ledger: tuple[LedgerEntry, ...] = ()
    accounts: tuple[str, ...] = ()
    change: DeliveryMethodChange | None = None
    documents: tuple[DocumentRequest, ...] = ()
    stops_reminders: bool = False
    repeats: str | None = None
    correspondent: str = ""
    their_number: str = ""
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class GateHold:
    """Why the gate did not let an automatic letter out; Russian, for staff.

    `waits_as`: whose turn it waits for where only the caps of all addresses hold it; None where it leaves by a person alone.
    """

    reason: str
    waits_as: WriterClass | None = None
