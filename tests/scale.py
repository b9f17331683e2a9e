"""Two sizes of the slow proofs: the short one for every change, the long one of `make torture`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")

LONG = os.environ.get("MAILBOT_TESTS_LONG") == "1"
"""Read here alone: a test asks `scale`."""


def scale(short: T, long: T) -> T:
    """How much of a proof is done: `short` takes every path once, `long` shows that no more are hidden."""
    return long if LONG else short
