"""Facts and context → Decision: the rulebook, the checks, routing, deadlines, the gate."""

from mailbot.policy.account_ownership import (
    accounts_asked_about,
    check_owner,
    find_address_doubt,
    find_owner_doubt,
)
from mailbot.policy.answers.ledger_answers import accounts_to_load, requested_documents
from mailbot.policy.answers.rating_eligibility import may_be_rated
from mailbot.policy.checks.unseen import HARMLESS
from mailbot.policy.deadlines import calculate_deadline
from mailbot.policy.decision.decide import decide
from mailbot.policy.public_reasons import disclosable_reason, leaves_to_check
from mailbot.policy.repeats import DiffSegment, answers_on_substance, split_sides
from mailbot.policy.routing import REST, find_answer_row
from mailbot.policy.rulebook.loading import ledger_templates, load_rulebook, paper_templates
from mailbot.policy.rulebook.trained_models.classifier_file import with_model, without_model
from mailbot.policy.sending_gate import check_gate, hold_back
from mailbot.policy.verdict import LetterInContext

__all__ = [
    "HARMLESS",
    "REST",
    "DiffSegment",
    "LetterInContext",
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
    "leaves_to_check",
    "ledger_templates",
    "load_rulebook",
    "may_be_rated",
    "paper_templates",
    "requested_documents",
    "split_sides",
    "with_model",
    "without_model",
]
