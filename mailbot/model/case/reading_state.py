"""What became of a reading of a letter; the database's check holds these words."""

from __future__ import annotations

from enum import StrEnum


class ReadingState(StrEnum):
    ACCEPTED = "accepted"
    REFUSED = "refused"

    @property
    def is_accepted(self) -> bool:
        return self is ReadingState.ACCEPTED
