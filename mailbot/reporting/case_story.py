"""What the marks of a log come to, line by line: what left and was not void, the answer that stands, the pauses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from mailbot.model import CaseState, ClockMark
from mailbot.model.case.life_cycle import CaseEvent

MACHINE = "mailbot"
"""Who stands in the log where no person does."""

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, eq=False)
class ResponseEvent:
    """A letter of ours that left, or an answer given otherwise. Two of one second are two."""

    mark: ClockMark
    at: datetime
    by: str


@dataclass(slots=True)
class CaseStory:
    """What the lines told so far: all that left and was not void, and of that the letter that asked and the answers
    that stand, the first of them first."""

    at: datetime
    left: list[ResponseEvent] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)
    asked: ResponseEvent | None = None
    answers: list[ResponseEvent] = field(default_factory=list)

    @property
    def responded_at(self) -> datetime | None:
        return self.left[0].at if self.left else None

    @property
    def answer(self) -> ResponseEvent | None:
        return self.answers[0] if self.answers else None

    def take(self, event: CaseEvent) -> None:
        match event.mark:
            case ClockMark.RESPONDED:
                self._leave(event)
            case ClockMark.ASKED:
                asked = self._leave(event)
                if self.asked is None and not self.answers:
                    self.asked = asked
            case ClockMark.HEARD:
                # a case that the machine asked and closed stays so: what its writer says next is a case that follows
                if event.became is not CaseState.ANSWERED:
                    self._go_on()
            case ClockMark.ANSWERED:
                self._go_on()
                self.answers.append(self._leave(event))
            case ClockMark.WITHDRAWN:
                self._withdraw(event.by)
            case ClockMark.UNDELIVERED:
                self._undeliver()
            case None | ClockMark.CORRECTED | ClockMark.WARNED | ClockMark.ESCALATED:
                pass
            case _:
                assert_never(event.mark)

    def _leave(self, event: CaseEvent) -> ResponseEvent:
        self.left.append(ResponseEvent(event.mark or ClockMark.RESPONDED, self.at, event.by))
        return self.left[-1]

    def _go_on(self) -> None:
        if self.asked is not None:
            self.pauses.append((self.asked.at, self.at))
            self.asked = None

    def _withdraw(self, by: str) -> None:
        """No answer stands. Where the machine says so the client never had it: it was no response either."""
        self._go_on()
        if by == MACHINE:
            self.left = [event for event in self.left if event not in self.answers]
        self.answers = []

    def _undeliver(self) -> None:
        """The newest response that was no answer never came: if it asked, nobody was asked by it."""
        void = next((event for event in reversed(self.left) if event.mark is not ClockMark.ANSWERED), None)
        self.left = [event for event in self.left if event is not void]
        if self.asked is void:
            self.asked = None
