"""Two sizes of the slow proofs: the short one for every change, the long one of `make torture` and `make fuzz`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("MAILBOT_TESTS_LONG") == "1"
"""Read here alone: a test asks `scale`."""


STEADY, SEARCHING = "steady", "searching"
PROFILE = os.environ.get("MAILBOT_TESTS_EXAMPLES", STEADY)
"""Which examples of a property are tried: the same few each time, or many new ones (`make fuzz`)."""


def tries(many: int) -> int:
    """How many examples of a property are tried: all that `make fuzz` and `make torture` try, or a third of them."""
    return many if LONG or PROFILE == SEARCHING else -(-many // 3)


def scale(short: T, long: T) -> T:
    """How much of a proof is done: `short` takes every path once, `long` shows that no more are hidden."""
    return long if LONG else short
