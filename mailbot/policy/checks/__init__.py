"""The checks that rules name: each puts one question of the standard to a letter.

A check sees the letter in its context (facts, what the company knows, the rulebook), and answers YES, NO or
DOUBT with its reason. It decides nothing: what follows from YES is the rule's to say.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType

from mailbot.model import Judgement
from mailbot.policy.checks.abuse import abuse_without_substance
from mailbot.policy.checks.answered_before import answered_repeat
from mailbot.policy.checks.contacts import no_contact_data
from mailbot.policy.checks.copies import second_copy
from mailbot.policy.checks.machine import automatic_letter
from mailbot.policy.checks.origin import not_a_client, own_address
from mailbot.policy.checks.readability import unreadable_text
from mailbot.policy.verdict import LetterInContext

Check = Callable[[LetterInContext], Judgement]

CHECKS: MappingProxyType[str, Check] = MappingProxyType(
    {
        check.__name__: check
        for check in (
            own_address,
            automatic_letter,
            not_a_client,
            second_copy,
            unreadable_text,
            abuse_without_substance,
            answered_repeat,
            no_contact_data,
        )
    }
)
"""By the name that `check = "…"` of a rule holds."""

__all__ = ["CHECKS", "Check"]
