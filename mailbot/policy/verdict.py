"""What the steps of a decision pass on: the question put to them, and their answer to it."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import (
    Action,
    CaseContext,
    DeliveryMethodChange,
    DocumentRequest,
    Facts,
    Letter,
    Priority,
    Reading,
    RefusedReading,
    Rulebook,
)
from mailbot.policy.reading_split import ReadingSplit


@dataclass(frozen=True, slots=True)
class LetterInContext:
    """One letter with all that is known of it: what every check and step of a decision asks."""

    letter: Letter
    facts: Facts
    context: CaseContext
    rulebook: Rulebook


@dataclass(frozen=True, slots=True)
class LetterWithReadings(LetterInContext):
    """The same with its readings judged: which the ledger takes, and why not the others."""

    readings: ReadingSplit


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision but for the clock and the record: the fields mean what they mean in `Decision`.

    `deadline` names a row of `deadlines.toml`; it is empty where no answer is owed.
    A correspondent's own term goes before it (`correspondence`).
    """

    action: Action
    because: str
    rule: str | None = None
    clause: str | None = None
    template: str | None = None
    proposed: str | None = None
    on_substance: bool = False
    accepted: tuple[Reading, ...] = ()
    refused: tuple[RefusedReading, ...] = ()
    doubts: tuple[str, ...] = ()
    priority: Priority = Priority.NORMAL
    topic: str | None = None
    deadline: str = ""
    confidence: float = 1.0
    accounts: tuple[str, ...] = ()
    change: DeliveryMethodChange | None = None
    documents: tuple[DocumentRequest, ...] = ()
    stops_reminders: bool = False
    repeats: str | None = None
    correspondent: str = ""
    their_number: str = ""
    assignee: str = ""
