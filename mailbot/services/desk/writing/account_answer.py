"""What a person is offered where a letter asks for an account's figures: them, or how the client may get them.

A person's letter goes where the letter asks for its answer. So the figures are offered only where that is the
address that the register holds for the account, whoever may have written; for any other address none is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import AccountState, DocumentRequest, Rulebook
from mailbot.policy import (
    accounts_asked_about,
    find_address_doubt,
    ledger_templates,
    paper_templates,
    requested_documents,
)
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import why_no_papers
from mailbot.store import Store
from mailbot.store.accounts import account_state
from mailbot.store.cases import summaries


@dataclass(frozen=True, slots=True)
class AccountAnswer:
    """`template` shows the `states`; where there are none, `doubt` says why (Russian). No template: not asked for.

    `documents` are the papers to be sent with it. Neither states nor a doubt: the company keeps no ledger here, or
    the papers asked for cannot be made, and another proposal must do.
    """

    template: str = ""
    states: tuple[AccountState, ...] = ()
    doubt: str = ""
    documents: tuple[DocumentRequest, ...] = ()


NOT_ASKED = AccountAnswer()


def account_answer(store: Store, file: CaseFile, rules: ActiveRules, now: datetime) -> AccountAnswer:
    """Of the accounts that the letter is about, those of its own sender; nothing where no row of the ledger decided."""
    rulebook, judged, letter = rules.rulebook, file.judged, file.letter
    if _of_another(store, file, rulebook):
        return AccountAnswer(doubt="ответ на то обращение мог назвать суммы другого клиента")
    template = judged.decision.proposed if judged else None
    if judged is None or letter is None or template not in ledger_templates(rulebook):
        return NOT_ASKED
    if not store.ask(account_state.in_use):
        return AccountAnswer(template)
    if doubt := find_address_doubt(letter, file.client):
        return AccountAnswer(template, doubt=doubt)
    disclosable = accounts_asked_about(judged.facts, file.client)
    if disclosable.doubt:
        return AccountAnswer(template, doubt=disclosable.doubt)
    today = now.astimezone(ZoneInfo(rulebook.channels.time_zone)).date()
    states = store.ask(account_state.states, disclosable.accounts, today, rulebook.ledger.terms)
    if not states:
        return AccountAnswer(template, doubt="в учёте такого лицевого счёта нет")
    if template not in paper_templates(rulebook):
        return AccountAnswer(template, states)
    asked = requested_documents(letter, judged.facts, states, rulebook)
    if asked is None or asked.doubt or why_no_papers(rules):
        return AccountAnswer(template)
    return AccountAnswer(template, states, documents=asked.documents)


def _of_another(store: Store, file: CaseFile, rulebook: Rulebook) -> bool:
    """Is the case joined to one of another writer, whose answer came out of the ledger?"""
    number, answer = file.joined_answer
    judged = store.ask(summaries.judged, number) if answer else None
    if judged is None or store.ask(summaries.case_of, number).sender == file.summary.sender:
        return False
    decision = judged.decision
    return bool({decision.template, decision.proposed} & ledger_templates(rulebook))
