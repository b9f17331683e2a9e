"""`rules/alarm.toml`: who is told of an emergency."""

from __future__ import annotations

from datetime import timedelta

from mailbot.model.case.emergency import AlarmRules
from mailbot.policy.rulebook.reports_file import addresses
from mailbot.toml import TableFields

FILE = "alarm.toml"
MAX_WAIT = 240
"""Minutes: the standard's emergency is acted on within two hours, so a longer wait is a slip of the pen."""


def alarm_rules(row: TableFields) -> AlarmRules:
    """The rules; a fault is told with its line."""
    minutes = row.whole("minutes", 1)
    if minutes > MAX_WAIT:
        row.fault("minutes", f"поле «minutes»: от 1 до {MAX_WAIT} минут")
    return AlarmRules(people=addresses(row, "people"), wait=timedelta(minutes=minutes))
