"""How the sum between the company and a client stands."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class BalanceStanding(StrEnum):
    DEBT = "debt"  # the client owes
    AHEAD = "ahead"  # the client has paid more than was charged
    EVEN = "even"

    @property
    def is_debt(self) -> bool:
        return self is BalanceStanding.DEBT

    @property
    def is_ahead(self) -> bool:
        return self is BalanceStanding.AHEAD

    @classmethod
    def of(cls, balance: Decimal) -> BalanceStanding:
        """Of a balance in roubles: above zero is the client's debt."""
        return cls.DEBT if balance > 0 else cls.AHEAD if balance < 0 else cls.EVEN
