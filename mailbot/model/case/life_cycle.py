"""The life of a case (обращение) and of an outgoing letter, as two tables of lawful steps.

    collected ─► answered | awaiting_review | silenced | ignored
    awaiting_review ─person─► answered | silenced (by a clause) | ignored (not a client's letter)
    silenced | ignored ─person takes back─► awaiting_review

A later letter in the thread is a new case that follows the old one: closed cases are not reopened
by letters, only taken back by a person who sees that the machine was wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from mailbot.model.letter.facts import LetterKind
from mailbot.model.refused import RequestRefused


class CaseState(StrEnum):
    COLLECTED = "collected"  # the raw letter is kept; nothing is decided
    ANSWERED = "answered"  # the answer is committed (sent, or on its way in the outbox)
    AWAITING_REVIEW = "awaiting_review"  # a person must decide
    SILENCED = "silenced"  # no reply is owed, by a named clause
    IGNORED = "ignored"  # not a client's letter

    @property
    def ends_unanswered(self) -> bool:
        """Is the case closed with nobody owed an answer?"""
        match self:
            case CaseState.SILENCED | CaseState.IGNORED:
                return True
            case CaseState.COLLECTED | CaseState.ANSWERED | CaseState.AWAITING_REVIEW:
                return False
            case _:
                assert_never(self)

    @property
    def is_waiting(self) -> bool:
        """Must a person act?"""
        return self is CaseState.AWAITING_REVIEW

    @property
    def is_closed(self) -> bool:
        """Has somebody, or the machine, finished the case?"""
        return self is CaseState.ANSWERED or self.ends_unanswered

    @property
    def is_appeal(self) -> bool:
        """Is it, as far as is known, a client's letter?"""
        return self is not CaseState.IGNORED


CLOSED_UNANSWERED = tuple(state for state in CaseState if state.ends_unanswered)
"""States in which nobody is owed an answer, for queries."""
APPEAL_STATES = tuple(state for state in CaseState if state.is_appeal)
"""States of clients' letters, for queries."""


CASE_STEPS: frozenset[tuple[CaseState, CaseState]] = frozenset(
    {
        (CaseState.COLLECTED, CaseState.ANSWERED),
        (CaseState.COLLECTED, CaseState.AWAITING_REVIEW),
        (CaseState.COLLECTED, CaseState.SILENCED),
        (CaseState.COLLECTED, CaseState.IGNORED),
        (CaseState.AWAITING_REVIEW, CaseState.ANSWERED),
        (CaseState.AWAITING_REVIEW, CaseState.SILENCED),
        (CaseState.AWAITING_REVIEW, CaseState.IGNORED),
        (CaseState.SILENCED, CaseState.AWAITING_REVIEW),
        (CaseState.IGNORED, CaseState.AWAITING_REVIEW),
        (CaseState.ANSWERED, CaseState.AWAITING_REVIEW),  # the answer was refused, bounced, or held
    }
)


class ClockMark(StrEnum):
    """What a line of the log means to the clocks; most lines mean nothing to them.

    A letter of ours counts from the moment it left, not from the moment it was written.
    """

    RESPONDED = "responded"  # a letter of ours left that does not answer on substance: an acknowledgement
    ASKED = "asked"  # a letter left that asks the client for something: the clock is paused
    HEARD = "heard"  # the client wrote again: the clock runs on
    ANSWERED = "answered"  # an answer on substance left, or was given by telephone, in person or on paper
    WITHDRAWN = "withdrawn"  # the answer counts no longer: refused, bounced, or taken back
    UNDELIVERED = "undelivered"  # the newest response that was no answer did not arrive
    CORRECTED = "corrected"  # a person says that what was done with the letter, or said of it, was wrong
    WARNED = "warned"  # the deadline is near, and people were told
    ESCALATED = "escalated"  # the deadline has passed, and the manager was told

    @property
    def moves_clock(self) -> bool:
        """May it stop the clock of the client's answer, or let it run on?"""
        match self:
            case ClockMark.ASKED | ClockMark.HEARD | ClockMark.ANSWERED:
                return True
            case ClockMark.WITHDRAWN | ClockMark.UNDELIVERED:
                return True
            case ClockMark.RESPONDED | ClockMark.CORRECTED | ClockMark.WARNED | ClockMark.ESCALATED:
                return False
            case _:
                assert_never(self)


CLOCK_MOVING = tuple(mark for mark in ClockMark if mark.moves_clock)
"""The marks of which the newest says whether the clock stands still, for queries."""
ANSWER_MOVING = (ClockMark.ANSWERED, ClockMark.WITHDRAWN)
"""The marks of which the newest says whether an answer stands."""


class DeliveryState(StrEnum):
    READY = "ready"  # committed, to be sent at `next_at`
    SENDING = "sending"  # claimed with a lease
    SENT = "sent"  # the SMTP server said 250 after DATA, or Sent holds the letter
    HELD = "held"  # the gate stopped it; shown to people
    REFUSED = "refused"  # 5xx: a person decides
    UNCERTAIN = "uncertain"  # the connection broke after DATA began; never sent again blindly


STOPPED = (DeliveryState.HELD, DeliveryState.REFUSED)
"""The states of a letter that certainly did not reach its reader, and will not by itself."""


class SendOutcome(StrEnum):
    """What one attempt at sending came to."""

    SENT = "sent"
    NOT_SENT = "not_sent"  # certainly not accepted; may be tried again
    UNREACHED = "unreached"  # there was no server to speak to: nothing that concerns this letter
    CUT_OFF = (
        "cut_off"  # the server went away before the letter's text began: its own fault, or this letter's
    )
    THROTTLED = (
        "throttled"  # not accepted either: the server takes us for a mass sender, and wants us to wait
    )
    REFUSED = "refused"  # the server refuses it for good (5xx)
    UNCERTAIN = "uncertain"  # DATA was on its way; the server may have it


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of an attempt and the server's own words."""

    outcome: SendOutcome
    detail: str


@dataclass(frozen=True, slots=True)
class CaseLabels:
    """What a case is from a line of the log on; None: as it was before.

    `kind` is the primary one (`LetterKind`), `topic` a row of `topics.toml` or "" for none,
    `clause` that of the standard by which no reply is owed, `respond_by` the deadline, `correspondent` a group of
    `correspondents.toml` or "" for a client.
    """

    kind: str | None = None
    topic: str | None = None
    clause: str | None = None
    respond_by: datetime | None = None
    correspondent: str | None = None


NO_LABELS = CaseLabels()


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """A line of the append-only log of a case: reports are reckoned from nothing else."""

    at: datetime
    was: CaseState | None
    became: CaseState
    by: str
    why: str
    mark: ClockMark | None = None
    labels: CaseLabels = NO_LABELS


class InvalidCaseTransition(RequestRefused):
    """A case was asked to take a step that `CASE_STEPS` does not hold."""


@dataclass(frozen=True, slots=True)
class LetterCorrection:
    """What a person says a letter is, where the machine said otherwise; the primary kind first, never empty.

    `topics` name rows of `topics.toml`; `urgent`: someone must act within hours. `correspondent` is a group of
    `correspondents.toml`, "" for a client, None where nothing is said of it.
    """

    kinds: tuple[LetterKind, ...]
    topics: tuple[str, ...]
    urgent: bool
    correspondent: str | None = None
