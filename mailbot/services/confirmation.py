"""How surely a person does what is asked about once."""

from __future__ import annotations

from enum import StrEnum


class ConfirmationLevel(StrEnum):
    ONCE = "once"  # done, unless something is at stake: then they are asked
    SURE = "sure"  # they were asked, and want it done
