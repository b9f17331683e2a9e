"""`[reminders]` of limits.toml: a fault stops the start with its file and line."""

from __future__ import annotations

import pytest

from mailbot.model import Rulebook, RulebookError
from mailbot.model.outgoing.reminder import ReminderRules
from mailbot.policy import load_rulebook
from tests.policy.rulebook.test_bill_limits import with_limits


def test_the_shipped_rules_are_those_of_the_model_and_send_nothing_by_themselves(rulebook: Rulebook) -> None:
    assert rulebook.reminders == ReminderRules(daily=False)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("debt_days = [5, 20]", "debt_days = [5, 20, 40]", "debt_days.*не больше двух"),
        ("debt_days = [5, 20]", "debt_days = [20, 5]", "debt_days.*по возрастанию"),
        ("debt_days = [5, 20]", "debt_days = [0]", "debt_days.*дни после срока"),
        ("readings_days = 3", "readings_days = 0", "readings_days.*целое число от 1"),
        ("readings_days = 3", "readings_days = 40", "readings_days.*от 1 до 28"),
        ("least_debt = 100", "least_debt = -1", "least_debt.*нужно число от 0"),
        ("daily = false", 'daily = "да"', "daily"),
        ("[reminders]", "[reminder]", "«reminder»"),
    ],
)
def test_a_fault_is_told_with_its_line(old: str, new: str, fault: str) -> None:
    with pytest.raises(RulebookError, match=rf"rules/limits\.toml:\d+: .*{fault}"):
        load_rulebook(with_limits(old, new))
