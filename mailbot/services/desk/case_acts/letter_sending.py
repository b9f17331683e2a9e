"""A person's letter to a client: an answer that closes the case, a question, or word of how it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from mailbot.composing import MailTemplates, NoRecipient, compose_person_answer
from mailbot.model import (
    CaseState,
    ClockMark,
    ContactChannels,
    DocumentRequest,
    Letter,
    OutgoingLetter,
    RequestRefused,
)
from mailbot.model.case.staff_act import CaseAct
from mailbot.parsing import parse
from mailbot.services.desk.case_acts.acts import ActContext, record_act
from mailbot.services.desk.case_acts.waiting_limits import check_waiting_limit, default_choice
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.writing.effect_of_text import INSISTED, ClosingInsistence, check_closing
from mailbot.services.desk.writing.enclosed_papers import build_enclosures
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.rating_invitation import SurveyedCase, add_rating_links
from mailbot.store import CaseSummary, Store, StoreTransaction
from mailbot.store.cases import summaries
from mailbot.store.casework import drafts, moves_and_answers, page_acts
from mailbot.store.mail import incoming

LETTERS = (ClockMark.ANSWERED, ClockMark.ASKED, ClockMark.RESPONDED)
"""What a person's letter may be."""


def send(
    store: Store,
    rules: ActiveRules,
    page: ActContext,
    text: str,
    *,
    means: ClockMark = ClockMark.ANSWERED,
    closing: ClosingInsistence = ClosingInsistence.ASKED,
    until: datetime | None = None,
    enclosing: Sequence[DocumentRequest] = (),
) -> None:
    """Send a letter in a person's words; it waits half a minute, in which the act can be undone.

    `means`: it answers on substance and closes the case, asks the client for something (the clock waits for them), or
    only tells how it stands (the clock runs on). In the last two the case stays open, and people look at it again
    `until` then (None: by `default_choice`); what is late or urgent does not leave their sight meanwhile. `enclosing`: papers of
    the account, refused where the answer does not go to their client's own address.

    TextAlreadySent where the same words were sent to this case; RequestRefused where they are known to answer nothing and are to
    close it; AnswerLacksSubstance where they seem to, and the person has not insisted (`closing`): the log tells that they did.
    """
    if means not in LETTERS:
        raise RequestRefused(
            "Выберите, что это за письмо: ответ по существу, вопрос клиенту или промежуточное."
        )
    closes = means is ClockMark.ANSWERED
    if not text.strip():
        raise RequestRefused("Ответ пуст: напишите текст ответа клиенту.")
    with record_act(store, page, CaseAct.ANSWER if closes else CaseAct.ASK, text[:200], words=text) as (
        transaction,
        case_id,
    ):
        case = summaries.case_of(transaction, page.number)
        insisted = False
        if closes:
            firmly = ClosingInsistence.ENCLOSING if enclosing else closing
            insisted = check_closing(transaction, case_id, text, rules.templates, page.now, firmly)
        else:
            _wait(transaction, case, until, rules.rulebook.channels, page)
        outgoing = _composed(transaction, case, rules, page, text, enclosing, means)
        leaves_at = page.now + page_acts.UNDO_WINDOW
        moves_and_answers.queue_answer(
            transaction, page.number, outgoing, page.by, text, page.now, leaves_at, means
        )
        if insisted:
            page_acts.log_note(transaction, case_id, page.by, INSISTED, page.now)
        drafts.forget_drafts(transaction, case_id)


def preview(file: CaseFile, templates: MailTemplates, text: str, now: datetime) -> OutgoingLetter:
    """The letter as the client would see it; nothing is sent."""
    if file.letter is None or not text.strip():
        raise RequestRefused("Ответ пуст: напишите текст ответа клиенту.")
    return compose_person_answer(
        text,
        number=file.line.number or file.line.reference,
        letter=file.letter,
        templates=templates,
        received_at=file.raw.received_at,
        raw_digest=file.summary.digest,
        now=now,
    )


def _wait(
    transaction: StoreTransaction,
    case: CaseSummary,
    until: datetime | None,
    channels: ContactChannels,
    page: ActContext,
) -> None:
    """A closed case waits for nobody; an overdue one stays where it is."""
    if case.state is not CaseState.AWAITING_REVIEW:
        return
    if until is not None:
        check_waiting_limit(case.respond_by, until, page.now, channels)
    chosen = until or default_choice(case.respond_by, page.now, channels)
    if chosen is not None:
        page_acts.put_off(transaction, case.id, chosen, page.by, page.now)


def _composed(
    transaction: StoreTransaction,
    case: CaseSummary,
    rules: ActiveRules,
    page: ActContext,
    text: str,
    enclosing: Sequence[DocumentRequest],
    means: ClockMark,
) -> OutgoingLetter:
    """The finished letter; an answer has links to rate it where the client may be asked."""
    raw = incoming.load_raw(transaction, case.letter_id)
    letter = parse(raw)
    write = partial(
        compose_person_answer,
        text,
        number=case.number or page.number,
        letter=letter,
        templates=rules.templates,
        received_at=raw.received_at,
        raw_digest=incoming.digest(transaction, case.letter_id),
        now=page.now,
        revision=moves_and_answers.next_revision(transaction, page.number),
        papers=build_enclosures(transaction, enclosing, rules, letter, page.now),
    )
    try:
        outgoing = write()
    except NoRecipient as error:
        raise RequestRefused(str(error)) from error
    if means is not ClockMark.ANSWERED:
        return outgoing
    answered = _answered(transaction, case, letter)
    return add_rating_links(
        transaction, rules, answered, outgoing, lambda links: write(rating=links), page.now
    )


def _answered(transaction: StoreTransaction, case: CaseSummary, letter: Letter) -> SurveyedCase:
    """What people made of the letter goes before what the machine took it for."""
    judged = summaries.judged(transaction, case.number or str(case.id))
    abuse = judged.facts.abuse if judged else ()
    kind = case.kinds[0] if case.kinds else None
    return SurveyedCase(case.letter_id, case.number or "", letter, kind, case.priority, abuse)
