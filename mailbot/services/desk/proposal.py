"""The letter that is proposed to a person for a case: whole sentences, variables filled, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from mailbot.composing import (
    WITHHELD,
    MailView,
    ReadingLine,
    Snippet,
    Templates,
    account_lines,
    document_line,
    wording,
)
from mailbot.composing.document_lines import DocumentLine
from mailbot.model import Decision
from mailbot.services.desk.account_answer import NOT_ASKED, AccountAnswer
from mailbot.store.desk import CaseReading, QueueLine


@dataclass(frozen=True, slots=True)
class Proposal:
    """`title` says where it comes from; `closes` whether sending it answers on substance. No text: none is proposed.

    `documents` are the papers that go with it.
    """

    title: str = ""
    text: str = ""
    closes: bool = True
    documents: tuple[DocumentLine, ...] = ()


def propose(
    line: QueueLine,
    topics: tuple[str, ...],
    decision: Decision | None,
    readings: Iterable[CaseReading],
    templates: Templates,
    now: datetime,
    *,
    judged: bool = False,
    joined: tuple[str, str] = ("", ""),
    account: AccountAnswer = NOT_ASKED,
) -> Proposal:
    """What the machine prepared; else the outcome of the readings; else the phrase of the first topic that has one.

    `judged`: a person has said something of the readings. Before that the client knows their outcome already:
    the same letter again would be a second answer. `joined`: number and answer of the case this one was joined to.
    `account`: what the ledger holds for its sender, where the letter asks for that. A correspondent is proposed nothing
    that is made for clients.
    """
    if line.correspondent:
        return Proposal()
    if joined[1] and not account.doubt:
        return Proposal(f"ответ на обращение № {joined[0]}", joined[1], True)
    view = mail_view(line, readings, templates, now)
    if account.states or account.doubt:
        return _of_account(account, view, templates)
    if decision is not None and decision.proposed and decision.proposed != account.template:
        return Proposal("подготовлено по правилам", templates.words(decision.proposed, view), True)
    if judged and (view.accepted or view.refused):
        outcome = "reading_refused" if view.refused else "reading_accepted"
        return Proposal("итог по показаниям", templates.words(outcome, view), True)
    for topic in topics:
        for snippet in templates.snippets:
            if topic in snippet.topics:
                return Proposal(snippet.title, templates.phrase(snippet, view), snippet.closes)
    return Proposal()


def _of_account(account: AccountAnswer, view: MailView, templates: Templates) -> Proposal:
    """The figures where they may go to the letter's address; else how to get them, which closes nothing."""
    if not account.states:
        return Proposal(f"без сумм: {account.doubt}", templates.words(WITHHELD, view), False)
    numbers = ", ".join(state.number for state in account.states)
    shown = tuple(account_lines(state, templates.zone) for state in account.states)
    papers = tuple(document_line(one) for one in account.documents)
    text = templates.words(account.template, replace(view, accounts=shown, documents=papers))
    return Proposal(
        f"из учёта, лицевой счёт {numbers}; уйдёт на адрес клиента из реестра", text, True, papers
    )


def phrases(
    line: QueueLine, readings: Iterable[CaseReading], templates: Templates, now: datetime
) -> tuple[tuple[Snippet, str], ...]:
    """All ready phrases with their variables filled for this case."""
    view = mail_view(line, readings, templates, now)
    return tuple((snippet, templates.phrase(snippet, view)) for snippet in templates.snippets)


def mail_view(
    line: QueueLine, readings: Iterable[CaseReading], templates: Templates, now: datetime
) -> MailView:
    """The variables of the mails as the case stands now; the readings as people have left them."""
    known = tuple(readings)
    return MailView(
        number=line.number or "",
        date=wording.date(line.received_at, templates.zone),
        respond_by=wording.deadline(line.respond_by, now, templates.zone),
        greeting=wording.greeting(""),
        accepted=tuple(_reading_line(one) for one in known if one.state == "accepted"),
        refused=tuple(_reading_line(one) for one in known if one.state == "refused"),
        answer=(),
        channels=templates.channels,
    )


def _reading_line(one: CaseReading) -> ReadingLine:
    return ReadingLine(
        account=one.account or "",
        meter=one.meter or "",
        resource=wording.RESOURCES[one.resource] if one.resource else "",
        value=wording.quantity(Decimal(one.value)),
        unit=wording.unit(one.unit),
        reason=wording.one_line(one.reason),
    )
