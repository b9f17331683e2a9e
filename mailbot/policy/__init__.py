"""Facts and context → Decision: the rulebook, the checks, routing, deadlines, the gate."""

from mailbot.policy.checks.unseen import HARMLESS
from mailbot.policy.classifier_file import with_model, without_model
from mailbot.policy.deadlines import deadline
from mailbot.policy.decision import decide
from mailbot.policy.gate import gate, held_back
from mailbot.policy.ledger_answers import papers_asked, to_load
from mailbot.policy.loading import ledger_templates, load_rulebook, paper_templates, template_names
from mailbot.policy.open_reasons import open_reason
from mailbot.policy.ownership import asked_about, doubt_of_address, doubt_of_owner, owner_of
from mailbot.policy.rating import may_be_rated
from mailbot.policy.repeats import Piece, answers_on_substance, apart
from mailbot.policy.routing import REST, row_for

__all__ = [
    "HARMLESS",
    "REST",
    "Piece",
    "answers_on_substance",
    "apart",
    "asked_about",
    "deadline",
    "decide",
    "doubt_of_address",
    "doubt_of_owner",
    "gate",
    "held_back",
    "ledger_templates",
    "load_rulebook",
    "may_be_rated",
    "open_reason",
    "owner_of",
    "paper_templates",
    "papers_asked",
    "row_for",
    "template_names",
    "to_load",
    "with_model",
    "without_model",
]
