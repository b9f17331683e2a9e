"""Answers from the ledger: which row asks for them, what the machine tells by itself, what it only lays ready."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from mailbot.model import (
    AccountState,
    Action,
    Answer,
    Authority,
    Context,
    EarlierCase,
    Facts,
    Kind,
    Letter,
    Needs,
    Rulebook,
)
from mailbot.model.ledger import Month
from mailbot.policy.delivery_change import asked_for
from mailbot.policy.document_answers import PapersAsked, month_of, papers_of, with_papers
from mailbot.policy.folding import folded
from mailbot.policy.ledger_fits import charge_answers, of_other_month
from mailbot.policy.months_asked import MonthsAsked, months_asked
from mailbot.policy.ownership import Told, another_place, owner_of, told_to
from mailbot.policy.routing import COURTESY, told_by
from mailbot.policy.verdict import Matter, Verdict
from mailbot.policy.written import fits, folded_words

FRESH = timedelta(days=31)
"""An answer of the same month is the answer; a later one has other figures."""

MORE = "в письме не один простой вопрос о счёте: ответ подготовлен, отправляет сотрудник"


MISSED = "в последнем начислении нет того, о чём спрашивают: ответ проверит сотрудник"


def from_ledger(routed: Verdict, matter: Matter) -> Verdict:
    """The routed verdict with the ledger's answer in its place, or laid ready for a person with the reason why.

    What another row answers on substance stays as it is.
    """
    unknown = not (matter.context.ledger_known or matter.context.states)
    if unknown or routed.on_substance or routed.action is not Action.REVIEW:
        return routed
    row = ledger_row(matter.letter, matter.facts, matter.rulebook)
    if row is None:
        return routed
    told = told_now(matter)
    if row.sets is not None:
        doubt = told.doubt or ("" if _simple(row, matter) else MORE)
        return asked_for(routed, row, told.accounts, doubt, matter)
    if row.sends is not None:
        return with_papers(routed, row, told, "" if _simple(row, matter) else MORE, matter)
    if told.doubt:
        return _laid_ready(routed, row, f"суммы по счёту машина не сообщает: {told.doubt}")
    if row.authority is Authority.PROPOSE or not _simple(row, matter):
        return _laid_ready(routed, row, MORE)
    if not _told_by_charge(row, told.accounts, matter):
        return _laid_ready(routed, row, MISSED)
    because = "простой вопрос клиента о своём счёте: отвечает учёт"
    return told_by(routed, row, because, told.accounts)


def to_load(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> tuple[str, ...]:
    """The accounts whose state may be read out of the ledger for this letter, and must: nothing else is even loaded."""
    client, asked = context.client, context.asked
    accounts: tuple[str, ...] = ()
    if ledger_row(letter, facts, rulebook) is not None:
        accounts = told_to(letter, facts, client, rulebook).accounts
    theirs = asked is not None and client is not None and asked.account in client.accounts
    if asked is not None and theirs and owner_of(letter, client, rulebook):
        accounts = (*accounts, asked.account)
    return tuple(dict.fromkeys(accounts))


def ledger_row(letter: Letter, facts: Facts, rulebook: Rulebook) -> Answer | None:
    """The first row that needs the ledger and fits the letter."""
    text = folded_words(letter)
    topic = facts.topics[0].value if facts.topics else None
    whens = {f"kind:{found.value}" for found in facts.kinds} | {f"topic:{topic}"}
    for row in rulebook.answers:
        if row.needs is not Needs.NOTHING and row.when in whens and fits(row, text):
            return row
    return None


def told_now(matter: Matter) -> Told:
    """The accounts that may be told of and are at hand in the context."""
    context = matter.context
    told = told_to(matter.letter, matter.facts, context.client, matter.rulebook)
    states = {state.number: state for state in context.states}
    if told.doubt:
        return told
    if not all(account in states for account in told.accounts):
        return Told(doubt="состояния лицевого счёта в учёте нет")
    here = tuple(
        account
        for account in told.accounts
        if not another_place(matter.facts, states[account].account.premises.address)
    )
    return Told(here) if here else Told(doubt="в письме назван не тот адрес, что у лицевого счёта")


def asked_lately(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> bool | None:
    """Was the ledger asked the same within a month? None where no plain question to the ledger stands."""
    row = ledger_row(letter, facts, rulebook)
    if row is None or not row.asks or row.sets is not None:
        return None
    since = letter.received_at - FRESH
    lately = [case for case in context.earlier if case.received_at > since and fits(row, folded(case.text))]
    if row.sends is None:
        return bool(lately)
    if not (context.ledger_known or context.states):
        return None  # no paper can come of it
    wanted = months_asked(folded_words(letter), month_of(letter, rulebook))
    return any(
        wanted == _months_of(case, rulebook) for case in lately
    )  # another month's paper is another question


def _months_of(case: EarlierCase, rulebook: Rulebook) -> MonthsAsked:
    zone = ZoneInfo(rulebook.channels.time_zone)
    text = " ".join(folded(case.text).split())
    return months_asked(text, Month.of(case.received_at.astimezone(zone).date()))


def papers_asked(
    letter: Letter, facts: Facts, states: tuple[AccountState, ...], rulebook: Rulebook
) -> PapersAsked | None:
    """The papers that a person may send in answer to the letter; None where it asks for none."""
    row = ledger_row(letter, facts, rulebook)
    return papers_of(row, letter, states, rulebook) if row is not None and row.sends is not None else None


def _simple(row: Answer, matter: Matter) -> bool:
    """One plain question and nothing beside it, not asked within a month."""
    facts, letter = matter.facts, matter.letter
    sure = {found.value for found in facts.topics if found.confidence >= matter.rulebook.thresholds.topic}
    return (
        {found.value for found in facts.kinds} == {Kind.QUESTION}
        and not sure - COURTESY - set(row.beside)
        and not (facts.abuse or facts.readings)
        and not asked_lately(letter, facts, matter.context, matter.rulebook)
    )


def _told_by_charge(row: Answer, accounts: tuple[str, ...], matter: Matter) -> bool:
    if row.needs is not Needs.CHARGE:
        return True
    text = folded_words(matter.letter)
    states = tuple(state for state in matter.context.states if state.number in accounts)
    return charge_answers(text, states) and not of_other_month(text, states)


def _laid_ready(routed: Verdict, row: Answer, doubt: str) -> Verdict:
    return replace(routed, proposed=row.template, doubts=(*routed.doubts, doubt))
