"""Answers from the ledger: which row asks for them, what the machine tells by itself, what it only lays ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from mailbot.model import (
    AccountState,
    Action,
    AnswerNeeds,
    AnswerRule,
    EarlierCase,
    Facts,
    Letter,
    LetterKind,
    RuleAuthority,
    Rulebook,
)
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.policy.account_ownership import (
    DisclosableAccounts,
    accounts_to_disclose,
    check_owner,
    names_other_place,
)
from mailbot.policy.answer_row_match import folded_words, matches_row
from mailbot.policy.answers.charge_relevance import charge_answers, names_other_month
from mailbot.policy.answers.delivery_change import request_change
from mailbot.policy.answers.document_answers import (
    RequestedDocuments,
    attach_documents,
    documents_for,
    month_of,
)
from mailbot.policy.answers.months_asked import RequestedMonths, find_requested_months
from mailbot.policy.case_folding import fold_case
from mailbot.policy.routing import COURTESY, answer_with_row
from mailbot.policy.verdict import LetterInContext, Verdict

FRESH = timedelta(days=31)
"""An answer of the same month is the answer; a later one has other figures."""

MORE = "в письме не один простой вопрос о счёте: ответ подготовлен, отправляет сотрудник"


MISSED = "в последнем начислении нет того, о чём спрашивают: ответ проверит сотрудник"


def answer_from_ledger(routed: Verdict, matter: LetterInContext) -> Verdict:
    """The routed verdict with the ledger's answer in its place, or laid ready for a person with the reason why.

    What another row answers on substance stays as it is.
    """
    unknown = not (matter.context.ledger_known or matter.context.states)
    if unknown or routed.on_substance or routed.action is not Action.REVIEW:
        return routed
    row = ledger_row(matter.letter, matter.facts, matter.rulebook)
    if row is None:
        return routed
    disclosable = disclosed_accounts(matter)
    if row.sets is not None:
        doubt = disclosable.doubt or ("" if _simple(row, matter) else MORE)
        return request_change(routed, row, disclosable.accounts, doubt, matter)
    if row.sends is not None:
        return attach_documents(routed, row, disclosable, "" if _simple(row, matter) else MORE, matter)
    if disclosable.doubt:
        return _laid_ready(routed, row, f"суммы по счёту машина не сообщает: {disclosable.doubt}")
    if row.authority is RuleAuthority.PROPOSE or not _simple(row, matter):
        return _laid_ready(routed, row, MORE)
    if not _told_by_charge(row, disclosable.accounts, matter):
        return _laid_ready(routed, row, MISSED)
    because = "простой вопрос клиента о своём счёте: отвечает учёт"
    return answer_with_row(routed, row, because, disclosable.accounts)


def accounts_to_load(matter: LetterInContext) -> tuple[str, ...]:
    """The accounts whose state may be read out of the ledger for this letter, and must: nothing else is even loaded."""
    letter, rulebook = matter.letter, matter.rulebook
    client, asked = matter.context.client, matter.context.asked
    accounts: tuple[str, ...] = ()
    if ledger_row(letter, matter.facts, rulebook) is not None:
        accounts = accounts_to_disclose(letter, matter.facts, client, rulebook).accounts
    theirs = asked is not None and client is not None and asked.account in client.accounts
    if asked is not None and theirs and check_owner(letter, client, rulebook):
        accounts = (*accounts, asked.account)
    return tuple(dict.fromkeys(accounts))


def ledger_row(letter: Letter, facts: Facts, rulebook: Rulebook) -> AnswerRule | None:
    """The first row that needs the ledger and fits the letter."""
    text = folded_words(letter)
    topic = facts.topics[0].value if facts.topics else None
    whens = {f"kind:{kind.value}" for kind in facts.kinds} | {f"topic:{topic}"}
    for row in rulebook.answers:
        if row.needs is not AnswerNeeds.NOTHING and row.when in whens and matches_row(row, text):
            return row
    return None


def disclosed_accounts(matter: LetterInContext) -> DisclosableAccounts:
    """The accounts that may be told of and are at hand in the context."""
    context = matter.context
    disclosable = accounts_to_disclose(matter.letter, matter.facts, context.client, matter.rulebook)
    states = {state.number: state for state in context.states}
    if disclosable.doubt:
        return disclosable
    if not all(account in states for account in disclosable.accounts):
        return DisclosableAccounts(doubt="состояния лицевого счёта в учёте нет")
    here = tuple(
        account
        for account in disclosable.accounts
        if not names_other_place(matter.facts, states[account].account.premises.address)
    )
    return (
        DisclosableAccounts(here)
        if here
        else DisclosableAccounts(doubt="в письме назван не тот адрес, что у лицевого счёта")
    )


def asked_recently(matter: LetterInContext) -> bool | None:
    """Was the ledger asked the same within a month? None where no plain question to the ledger stands."""
    letter, context, rulebook = matter.letter, matter.context, matter.rulebook
    row = ledger_row(letter, matter.facts, rulebook)
    if row is None or not row.asks or row.sets is not None:
        return None
    since = letter.received_at - FRESH
    lately = [
        case
        for case in context.earlier
        if case.received_at > since and matches_row(row, fold_case(case.text))
    ]
    if row.sends is None:
        return bool(lately)
    if not (context.ledger_known or context.states):
        return None  # no paper can come of it
    wanted = find_requested_months(folded_words(letter), month_of(letter, rulebook))
    return any(
        wanted == _months_of(case, rulebook) for case in lately
    )  # another month's paper is another question


def _months_of(case: EarlierCase, rulebook: Rulebook) -> RequestedMonths:
    zone = ZoneInfo(rulebook.channels.time_zone)
    text = " ".join(fold_case(case.text).split())
    return find_requested_months(text, Month.of(case.received_at.astimezone(zone).date()))


def requested_documents(
    letter: Letter, facts: Facts, states: tuple[AccountState, ...], rulebook: Rulebook
) -> RequestedDocuments | None:
    """The papers that a person may send in answer to the letter; None where it asks for none."""
    row = ledger_row(letter, facts, rulebook)
    return documents_for(row, letter, states, rulebook) if row is not None and row.sends is not None else None


def _simple(row: AnswerRule, matter: LetterInContext) -> bool:
    """One plain question and nothing beside it, not asked within a month."""
    facts = matter.facts
    sure = {topic.value for topic in facts.topics if topic.confidence >= matter.rulebook.thresholds.topic}
    return (
        {kind.value for kind in facts.kinds} == {LetterKind.QUESTION}
        and not sure - COURTESY - set(row.beside)
        and not (facts.abuse or facts.readings)
        and not asked_recently(matter)
    )


def _told_by_charge(row: AnswerRule, accounts: tuple[str, ...], matter: LetterInContext) -> bool:
    if row.needs is not AnswerNeeds.CHARGE:
        return True
    text = folded_words(matter.letter)
    states = tuple(state for state in matter.context.states if state.number in accounts)
    return charge_answers(text, states) and not names_other_month(text, states)


def _laid_ready(routed: Verdict, row: AnswerRule, doubt: str) -> Verdict:
    return replace(routed, proposed=row.template, doubts=(*routed.doubts, doubt))
