"""What the log of an account tells of."""

from __future__ import annotations

from enum import StrEnum


class AccountEventKind(StrEnum):
    BILL = "bill"  # what befell a bill, or a reminder; the words begin with which of them
    DELIVERY = "delivery"  # another way of delivering bills was chosen
