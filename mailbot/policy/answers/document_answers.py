"""Papers asked for by letter: the bill of a month, a reconciliation statement, a certificate that nothing is owed.

The machine sends them where the sender is proven to be the client and the letter leaves no doubt which it wants.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from mailbot.model import (
    AccountState,
    AnswerRule,
    DocumentKind,
    DocumentRequest,
    Letter,
    RuleAuthority,
    Rulebook,
)
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.policy.account_ownership import DisclosableAccounts
from mailbot.policy.answer_row_match import folded_words
from mailbot.policy.answers.months_asked import RequestedMonths, find_requested_months
from mailbot.policy.routing import answer_with_row
from mailbot.policy.verdict import LetterInContext, Verdict

MAX_BILLS = 3
"""Bills of one account that one letter brings; whoever wants more is answered by a person."""

YEAR = 12
"""Months of a statement where the letter names none."""

INSTEAD = "ledger_balance"
"""What a person is offered where something is owed and a certificate cannot be given."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ON_A_DAY = re.compile(r"(?<!\w)(?:на|по состоянию на) \d{1,2}(?:[ .]|-?(?:го|е) )")
_LAST_YEAR = re.compile(r"(?<!\w)за (?:последний |прошедший |истекший )?год(?!\w)")


@dataclass(frozen=True, slots=True)
class RequestedDocuments:
    """The papers that a letter asks for; where `doubt` (Russian) is told, a person decides and none is sent.

    `instead` is the answer to offer in their place.
    """

    documents: tuple[DocumentRequest, ...] = ()
    doubt: str = ""
    instead: str = ""


def attach_documents(
    routed: Verdict, row: AnswerRule, told: DisclosableAccounts, doubt: str, matter: LetterInContext
) -> Verdict:
    """The verdict with the papers that the row sends, or laid ready for a person with the reason why."""
    states = tuple(state for state in matter.context.states if state.number in told.accounts)
    asked = documents_for(row, matter.letter, states, matter.rulebook)
    because = (
        (told.doubt and f"документы по счёту машина не отправляет: {told.doubt}")
        or asked.doubt
        or matter.context.no_papers
        or doubt
    )
    if because or row.authority is RuleAuthority.PROPOSE:
        told_why = (because,) if because else ()
        return replace(routed, proposed=asked.instead or row.template, doubts=(*routed.doubts, *told_why))
    enclosed = "клиент просит документ по своему счёту: он приложен к ответу"
    return answer_with_row(routed, row, enclosed, told.accounts, asked.documents)


def documents_for(
    row: AnswerRule, letter: Letter, states: tuple[AccountState, ...], rulebook: Rulebook
) -> RequestedDocuments:
    """What the letter asks for of the accounts of `states`, which are its writer's own."""
    if row.sends is None or not states:
        return RequestedDocuments(doubt="состояния лицевого счёта в учёте нет")
    text = folded_words(letter)
    if other := [address for address in _EMAIL.findall(text) if address != letter.from_.email]:
        return RequestedDocuments(doubt=f"в письме назван другой адрес почты: {other[0]}")
    now = month_of(letter, rulebook)
    asked = find_requested_months(text, now)
    requests: list[DocumentRequest] = []
    for state in states:
        papers = _OF_KIND[row.sends](state, asked, text, now)
        if papers.doubt:
            return papers
        requests += papers.documents
    return RequestedDocuments(tuple(requests))


def month_of(letter: Letter, rulebook: Rulebook) -> Month:
    """The month in which the letter came, where the company is."""
    return Month.of(letter.received_at.astimezone(ZoneInfo(rulebook.channels.time_zone)).date())


def _bills(state: AccountState, asked: RequestedMonths, _text: str, _now: Month) -> RequestedDocuments:
    """Of the months named, else of the last closed one."""
    if asked.through or asked.unplaced or len(asked.months) > MAX_BILLS:
        return RequestedDocuments(doubt="за какие месяцы нужны квитанции, машина не поняла")
    last = (state.last.month,) if state.last else ()
    months = asked.months or last
    missing = [str(month) for month in months if month not in state.charged]
    if missing or not months:
        when = f" за {', '.join(missing)}" if missing else ""
        return RequestedDocuments(doubt=f"счёту {state.number}{when} ничего не начислено: квитанции нет")
    return RequestedDocuments(
        tuple(DocumentRequest(DocumentKind.BILL, state.number, month, month) for month in months)
    )


def _statement(state: AccountState, asked: RequestedMonths, text: str, now: Month) -> RequestedDocuments:
    """Of the period named, else of the last year; never of months before the first charge."""
    if not state.charged:
        return RequestedDocuments(doubt=f"счёту {state.number} ничего не начислено: сверять нечего")
    if asked.unplaced and not _LAST_YEAR.search(text):
        return RequestedDocuments(doubt="за какое время нужна сверка, машина не поняла")
    since, until = now.back(YEAR - 1), now
    if asked.through and len(asked.months) == 1:
        since = asked.months[0]
    elif asked.months:
        since, until = asked.months[0], asked.months[-1]
    if not asked.through and len(asked.months) > 1:
        return RequestedDocuments(doubt="за какое время нужна сверка, машина не поняла")
    since, until = max(since, state.charged[0]), min(until, now)
    if since > until:
        return RequestedDocuments(
            doubt=f"счёту {state.number} за это время ничего не начислено: сверять нечего"
        )
    return RequestedDocuments((DocumentRequest(DocumentKind.STATEMENT, state.number, since, until),))


def _certificate(state: AccountState, asked: RequestedMonths, text: str, _now: Month) -> RequestedDocuments:
    """Only where nothing is owed today."""
    if state.balance > 0:
        doubt = f"по счёту {state.number} есть долг: справку об отсутствии задолженности дать нельзя"
        return RequestedDocuments(doubt=doubt, instead=INSTEAD)
    if not state.charged:
        return RequestedDocuments(
            doubt=f"счёту {state.number} ещё ничего не начислено: справку готовит сотрудник"
        )
    if asked.months or asked.unplaced or _ON_A_DAY.search(text):
        return RequestedDocuments(doubt="справку просят не на сегодня: её готовит сотрудник")
    return RequestedDocuments((DocumentRequest(DocumentKind.CERTIFICATE, state.number),))


_OF_KIND: dict[DocumentKind, Callable[[AccountState, RequestedMonths, str, Month], RequestedDocuments]] = {
    DocumentKind.BILL: _bills,
    DocumentKind.STATEMENT: _statement,
    DocumentKind.CERTIFICATE: _certificate,
}
