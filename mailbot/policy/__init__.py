"""Facts and context → Decision: the rulebook, the checks, routing, deadlines, the gate."""

from mailbot.policy.classifier_file import with_model, without_model
from mailbot.policy.deadlines import deadline
from mailbot.policy.decision import decide
from mailbot.policy.gate import gate
from mailbot.policy.loading import load_rulebook, template_names
from mailbot.policy.repeats import answers_on_substance

__all__ = [
    "answers_on_substance",
    "deadline",
    "decide",
    "gate",
    "load_rulebook",
    "template_names",
    "with_model",
    "without_model",
]
