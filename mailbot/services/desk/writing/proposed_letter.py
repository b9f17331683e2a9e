"""The letter that is proposed to a person for a case: whole sentences, variables filled, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from mailbot.composing import (
    LEDGER_WITHHELD,
    MailTemplates,
    MailView,
    ReadingLine,
    Snippet,
    document_line,
    format_account,
    wording,
)
from mailbot.composing.views.document_lines import DocumentLine
from mailbot.model import Decision, ReplyEffect
from mailbot.model.case.reading_state import ReadingState
from mailbot.policy import leaves_to_check
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.case_file.told_readings import CORRECTED, disclosed_readings, why_unproven
from mailbot.services.desk.case_file.unaccounted_text import asks_more
from mailbot.services.desk.writing.account_answer import NOT_ASKED, AccountAnswer, account_answer
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.cases.review_queue import CaseReading, QueueLine
from mailbot.wording.resources import RESOURCES, format_unit


@dataclass(frozen=True, slots=True)
class Proposal:
    """`title` says where it comes from, `does` what sending it does to the case. No text: none is proposed.

    `documents` are the papers that go with it.
    """

    title: str = ""
    text: str = ""
    does: ReplyEffect | None = None
    documents: tuple[DocumentLine, ...] = ()

    @property
    def closes(self) -> bool:
        """Does sending it answer on substance?"""
        return self.does is ReplyEffect.ANSWERS


def propose(
    line: QueueLine,
    topics: tuple[str, ...],
    decision: Decision | None,
    readings: Iterable[CaseReading],
    templates: MailTemplates,
    now: datetime,
    *,
    judged: bool = False,
    more: bool = False,
    unproven: str = "",
    joined: tuple[str, str] = ("", ""),
    account: AccountAnswer = NOT_ASKED,
) -> Proposal:
    """What the machine prepared; else the outcome of the readings; else the phrase of the first topic that has one.

    An acknowledgement is no answer, and is not proposed: it stands among the phrases.
    `judged`: a person has said something of the readings. Before that the client knows their outcome already:
    the same letter again would be a second answer. `joined`: number and answer of the case this one was joined to.
    `more`: the letter holds something else than readings, so their outcome closes nothing. `unproven`: why the sender may
    be anybody; `readings` then hold only what the letter itself says (`disclosed_readings`).
    `account`: what the ledger holds for its sender, where the letter asks for that. A correspondent is proposed nothing
    that is made for clients.
    """
    if line.correspondent:
        return Proposal()
    if joined[1] and not account.doubt:
        return Proposal(f"ответ на обращение № {joined[0]}", joined[1], ReplyEffect.ANSWERS)
    view = mail_view(line, readings, templates, now)
    if account.states or account.doubt:
        return _of_account(account, view, templates)
    proposed = decision.proposed if decision is not None else None
    outcome = _outcome(view, templates, more=more) if judged or proposed in OUTCOMES else None
    if outcome is not None:
        title = "подготовлено по правилам" if outcome == proposed else "итог по показаниям"
        title += f"; без номеров приборов и причин: {unproven}" if unproven else ""
        return Proposal(title, templates.words(outcome, view), _does(outcome, templates, more=more))
    if proposed and proposed not in (account.template, *OUTCOMES):
        does = templates.does(proposed)
        if does is not ReplyEffect.ACKNOWLEDGES:
            return Proposal("подготовлено по правилам", templates.words(proposed, view), does)
    for topic in topics:
        for snippet in templates.snippets:
            if topic in snippet.topics:
                return _phrase(snippet, view, templates)
    return Proposal()


ACCEPTED, TAKEN, NOT_TAKEN = "reading_accepted", "reading_rest", "reading_refused"
OUTCOMES = (ACCEPTED, TAKEN, NOT_TAKEN)
"""Letters that say what became of readings: all taken, taken while the rest is still read, not all taken."""


def _outcome(view: MailView, templates: MailTemplates, *, more: bool) -> str | None:
    """The letter by what stands in the ledger; None where there is nothing to tell."""
    if _is_undecided(view) or (view.refused and not view.accepted):
        return NOT_TAKEN
    if not view.accepted:
        return None
    return TAKEN if more and TAKEN in templates.effects else ACCEPTED


def _is_undecided(view: MailView) -> bool:
    """Does a reading still wait for a person's word?"""
    return any(leaves_to_check(row.reason) for row in view.refused)


def _phrase(snippet: Snippet, view: MailView, templates: MailTemplates) -> Proposal:
    """A phrase answers its own topic: a reading that is not taken still waits for a person's word."""
    text = templates.phrase(snippet, view)
    if _is_undecided(view) and snippet.does is ReplyEffect.ANSWERS:
        return Proposal(f"{snippet.title}; о показании ещё не решено", text, ReplyEffect.ACKNOWLEDGES)
    return Proposal(snippet.title, text, snippet.does)


def _does(outcome: str, templates: MailTemplates, *, more: bool) -> ReplyEffect:
    """The outcome of readings answers readings alone."""
    does = templates.does(outcome)
    return ReplyEffect.ACKNOWLEDGES if more and does is ReplyEffect.ANSWERS else does


def proposal_of(store: Store, file: CaseFile, rules: ActiveRules, now: datetime) -> Proposal:
    """What is proposed for the case as it stands now."""
    return propose(
        file.line,
        file.topics,
        file.judged.decision if file.judged else None,
        disclosed_readings(file, rules.rulebook),
        rules.templates,
        now,
        judged=file.readings_judged,
        more=asks_more(file),
        unproven=why_unproven(file, rules.rulebook),
        joined=file.joined_answer,
        account=account_answer(store, file, rules, now),
    )


def _of_account(account: AccountAnswer, view: MailView, templates: MailTemplates) -> Proposal:
    """The figures where they may go to the letter's address; else how to get them, which closes nothing."""
    if not account.states:
        text = templates.words(LEDGER_WITHHELD, view)
        return Proposal(f"без сумм: {account.doubt}", text, templates.does(LEDGER_WITHHELD))
    numbers = ", ".join(state.number for state in account.states)
    shown = tuple(format_account(state, templates.zone) for state in account.states)
    papers = tuple(document_line(document) for document in account.documents)
    text = templates.words(account.template, replace(view, accounts=shown, documents=papers))
    title = f"из учёта, лицевой счёт {numbers}; уйдёт на адрес клиента из реестра"
    return Proposal(title, text, templates.does(account.template), papers)


def phrases(
    line: QueueLine, readings: Iterable[CaseReading], templates: MailTemplates, now: datetime
) -> tuple[tuple[Snippet, str], ...]:
    """All ready phrases with their variables filled for this case; first the acknowledgement that the machine held back."""
    view = mail_view(line, readings, templates, now)
    ready = tuple((snippet, templates.phrase(snippet, view)) for snippet in templates.snippets)
    name = line.proposed or ""
    if not name or templates.does(name) is not ReplyEffect.ACKNOWLEDGES:
        return ready
    received = Snippet(name, "Подтвердить получение: номер и срок", "", (), ReplyEffect.ACKNOWLEDGES)
    return ((received, templates.words(name, view)), *ready)


def mail_view(
    line: QueueLine, readings: Iterable[CaseReading], templates: MailTemplates, now: datetime
) -> MailView:
    """The variables of the mails as the case stands now; the readings as people have left them."""
    known = tuple(readings)
    return MailView(
        number=line.number or "",
        date=wording.format_date(line.received_at, templates.zone),
        respond_by=wording.format_deadline(line.respond_by, now, templates.zone),
        greeting=wording.format_greeting(""),
        accepted=tuple(_reading_line(reading) for reading in known if reading.state == ReadingState.ACCEPTED),
        refused=tuple(_reading_line(reading) for reading in known if reading.state == ReadingState.REFUSED),
        answer=(),
        channels=templates.channels,
    )


def _reading_line(one: CaseReading) -> ReadingLine:
    return ReadingLine(
        account=one.account or "",
        meter=one.meter or "",
        resource=RESOURCES[one.resource] if one.resource else "",
        value=wording.format_quantity(Decimal(one.value)) if one.value else CORRECTED,
        unit=format_unit(one.unit) if one.value else "",
        reason=wording.single_line(one.reason),
    )
