"""`[reminders]` of `limits.toml`: whom to remind, when, and of how little not at all."""

from __future__ import annotations

from mailbot.model.outgoing.reminder import MAX_REMINDERS_PER_BILL, ReminderRules
from mailbot.toml import TableFields


def reminder_rules(row: TableFields) -> ReminderRules:
    """The rules; a fault is told with its line."""
    rules = ReminderRules(
        daily=row.flag("daily"),
        readings_days=row.whole("readings_days", 1),
        debt_days=row.wholes("debt_days"),
        least_debt=row.amount("least_debt"),
    )
    if rules.readings_days > 28:
        row.fault("readings_days", "поле «readings_days»: дней от 1 до 28")
    days = rules.debt_days
    if len(days) > MAX_REMINDERS_PER_BILL or sorted(set(days)) != list(days) or any(day < 1 for day in days):
        row.fault(
            "debt_days",
            "поле «debt_days»: не больше двух напоминаний об одной квитанции, дни после срока по возрастанию, "
            "например [5, 20]; пустой список — не напоминать",
        )
    return rules
