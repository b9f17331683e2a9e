"""Try the rules on a letter: every one, in file order, and keep what each found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.model import Certainty, Rule, RuleTrial
from mailbot.policy.checks import CHECKS
from mailbot.policy.verdict import LetterInContext


@dataclass(frozen=True, slots=True)
class TriedRule:
    """A rule and what its check found."""

    rule: Rule
    trial: RuleTrial

    @property
    def answer(self) -> Certainty:
        return self.trial.finding.answer


def try_all(rules: Sequence[Rule], matter: LetterInContext) -> tuple[TriedRule, ...]:
    """All rules, hit or miss, also after a hit: each decision can be explained in full years later."""
    return tuple(
        TriedRule(rule, RuleTrial(rule.name, rule.clause, CHECKS[rule.check](matter))) for rule in rules
    )


def first_hit(tried: Sequence[TriedRule]) -> TriedRule | None:
    return next((rule for rule in tried if rule.answer is Certainty.YES), None)
