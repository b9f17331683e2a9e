"""Facts and decisions as JSON and back: what was decided can be read years later, to the last digit."""

from __future__ import annotations

from pydantic import TypeAdapter

from mailbot.model import Decision, Facts

_FACTS = TypeAdapter(Facts)
_DECISION = TypeAdapter(Decision)


def facts_to_json(facts: Facts) -> str:
    return _FACTS.dump_json(facts).decode()


def facts_from_json(text: str) -> Facts:
    return _FACTS.validate_json(text)


def decision_to_json(decision: Decision) -> str:
    return _DECISION.dump_json(decision).decode()


def decision_from_json(text: str) -> Decision:
    return _DECISION.validate_json(text)
