"""What a letter of ours does to its case: a closed set that every template and ready phrase names."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from mailbot.model.case.life_cycle import ClockMark


class ReplyEffect(StrEnum):
    """Only what answers on substance closes a case: «ответ по существу» of clause 2.2.email.4."""

    ANSWERS = "answers"  # speaks to the matter itself
    ASKS = "asks"  # asks the client for something: the clock waits for them
    ACKNOWLEDGES = (
        "acknowledges"  # says that the letter came, what is being done, or by when: the clock runs on
    )

    @property
    def mark(self) -> ClockMark:
        """What the clocks are told when such a letter of a person's has left."""
        match self:
            case ReplyEffect.ANSWERS:
                return ClockMark.ANSWERED
            case ReplyEffect.ASKS:
                return ClockMark.ASKED
            case ReplyEffect.ACKNOWLEDGES:
                return ClockMark.RESPONDED
            case _:
                assert_never(self)
