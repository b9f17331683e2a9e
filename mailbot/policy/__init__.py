"""Facts and context → Decision: the rulebook, the checks, routing, deadlines, the gate."""

from mailbot.policy.checks.unseen import HARMLESS
from mailbot.policy.classifier_file import with_model, without_model
from mailbot.policy.deadlines import calculate_deadline
from mailbot.policy.decision import decide
from mailbot.policy.gate import check_gate, hold_back
from mailbot.policy.ledger_answers import accounts_to_load, requested_documents
from mailbot.policy.loading import ledger_templates, load_rulebook, paper_templates, template_names
from mailbot.policy.open_reasons import disclosable_reason
from mailbot.policy.ownership import accounts_asked_about, check_owner, find_address_doubt, find_owner_doubt
from mailbot.policy.rating import may_be_rated
from mailbot.policy.repeats import DiffSegment, answers_on_substance, split_sides
from mailbot.policy.routing import REST, find_answer_row

__all__ = [
    "HARMLESS",
    "REST",
    "DiffSegment",
    "accounts_asked_about",
    "accounts_to_load",
    "answers_on_substance",
    "calculate_deadline",
    "check_gate",
    "check_owner",
    "decide",
    "disclosable_reason",
    "find_address_doubt",
    "find_answer_row",
    "find_owner_doubt",
    "hold_back",
    "ledger_templates",
    "load_rulebook",
    "may_be_rated",
    "paper_templates",
    "requested_documents",
    "split_sides",
    "template_names",
    "with_model",
    "without_model",
]
