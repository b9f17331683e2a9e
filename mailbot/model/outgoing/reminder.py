"""Reminders: of readings while they are still taken, of a bill whose day has passed; never more than politeness allows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mailbot.model.ledger.accounts_and_meters import Month


class ReminderKind(StrEnum):
    READINGS = "readings"  # передайте показания
    DEBT = "debt"  # квитанция не оплачена


MAX_REMINDERS_PER_BILL = 2
"""Reminders that one unpaid bill may bring."""


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """`[reminders]` of `rules/limits.toml`.

    `daily`: the daemon reminds by itself, once a day; else only the command does. Readings are asked for on the last
    `readings_days` days in which they are taken. A bill is reminded of `debt_days` days after its due day (rising, at
    most two), where more than `least_debt` roubles are overdue.
    """

    daily: bool = False
    readings_days: int = 3
    debt_days: tuple[int, ...] = (5, 20)
    least_debt: Decimal = Decimal(100)

    def nth_today(self, due: date, sent: tuple[date, ...], today: date) -> int | None:
        """Which reminder (from 1) of a bill due on `due` is to be sent today; None where none is.

        `sent` are the days of those before. After a long silence the second does not follow on the first's heels:
        what lies between them by the rules lies between them always.
        """
        nth = len(sent) + 1
        if nth > len(self.debt_days) or today < due + timedelta(days=self.debt_days[nth - 1]):
            return None
        if sent:
            pause = self.debt_days[nth - 1] - self.debt_days[nth - 2]
            if today < max(sent) + timedelta(days=pause):
                return None
        return nth


@dataclass(frozen=True, slots=True)
class Reminder:
    """The `nth` reminder (from 1) of an account's month."""

    kind: ReminderKind
    account: str
    month: Month
    nth: int
