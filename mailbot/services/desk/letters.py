"""A person's letter to a client: an answer that closes the case, a question, or word of how it stands."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from mailbot.composing import NoRecipient, Templates, compose_person_answer
from mailbot.model import CaseState, Letter, Mark, Outgoing, Refused
from mailbot.parsing import parse
from mailbot.services.desk.acts import Page, act
from mailbot.services.desk.effects import INSISTED, Closing, doubt_closing
from mailbot.services.desk.enclosing import NOTHING, Enclosed, enclosed
from mailbot.services.desk.settings import House
from mailbot.services.desk.waiting import refuse_longer, usual
from mailbot.services.inviting import Answered, with_rating
from mailbot.store import CaseSummary, Store, Work, casework, drafts, queries

LETTERS = (Mark.ANSWERED, Mark.ASKED, Mark.RESPONDED)
"""What a person's letter may be."""


def send(
    store: Store,
    templates: Templates,
    page: Page,
    text: str,
    *,
    means: Mark = Mark.ANSWERED,
    closing: Closing = Closing.ASKED,
    until: datetime | None = None,
    enclosing: Enclosed = NOTHING,
    house: House | None = None,
) -> None:
    """Send a letter in a person's words; it waits half a minute, in which the act can be undone.

    `means`: it answers on substance and closes the case, asks the client for something (the clock waits for them), or
    only tells how it stands (the clock runs on). In the last two the case stays open, and people look at it again
    `until` then (None: by `usual`); what is late or urgent does not leave their sight meanwhile. `enclosing`: papers of
    the account, refused where the answer does not go to their client's own address. `house`: whose links may ask the
    client to rate an answer; None: it asks nothing.

    AlreadySent where the same words were sent to this case; Refused where they are known to answer nothing and are to
    close it; AnswersNothing where they seem to, and the person has not insisted (`closing`): the log tells that they did.
    """
    if means not in LETTERS:
        raise Refused("Выберите, что это за письмо: ответ по существу, вопрос клиенту или промежуточное.")
    closes = means is Mark.ANSWERED
    if not text.strip():
        raise Refused("Ответ пуст: напишите текст ответа клиенту.")
    with act(store, page, "answer" if closes else "ask", text[:200], words=text) as (work, case_id):
        case = work.case(page.number)
        insisted = False
        if closes:
            firmly = Closing.ENCLOSING if enclosing.documents else closing
            insisted = work.do(doubt_closing, case_id, text, templates, page.now, firmly)
        else:
            _wait(work, case, until, templates, page)
        outgoing = _composed(work, case, templates, page, text, enclosing, house if closes else None)
        leaves_at = page.now + casework.UNDO
        work.queue_answer(page.number, outgoing, page.by, text, page.now, leaves_at, means)
        if insisted:
            work.do(casework.tell, case_id, page.by, INSISTED, page.now)
        work.do(drafts.forget_drafts, case_id)


def _wait(work: Work, case: CaseSummary, until: datetime | None, templates: Templates, page: Page) -> None:
    """A closed case waits for nobody; an overdue one stays where it is."""
    if case.state is not CaseState.AWAITING_REVIEW:
        return
    if until is not None:
        refuse_longer(case.respond_by, until, page.now, templates.channels)
    chosen = until or usual(case.respond_by, page.now, templates.channels)
    if chosen is not None:
        work.do(casework.put_off, case.id, chosen, page.by, page.now)


def _composed(
    work: Work,
    case: CaseSummary,
    templates: Templates,
    page: Page,
    text: str,
    enclosing: Enclosed,
    house: House | None,
) -> Outgoing:
    """The finished letter; with links to rate it where `house` has them and the client may be asked."""
    raw = work.raw(case.letter_id)
    letter = parse(raw)
    write = partial(
        compose_person_answer,
        text,
        number=case.number or page.number,
        letter=letter,
        templates=templates,
        received_at=raw.received_at,
        raw_digest=work.digest(case.letter_id),
        now=page.now,
        revision=work.next_revision(page.number),
        papers=work.do(enclosed, enclosing, letter, page.now),
    )
    try:
        outgoing = write()
    except NoRecipient as error:
        raise Refused(str(error)) from error
    if house is None:
        return outgoing
    answered = work.do(_answered, case, letter)
    return with_rating(work, house, answered, outgoing, lambda links: write(rating=links), page.now)


def _answered(connection: Connection, case: CaseSummary, letter: Letter) -> Answered:
    """What people made of the letter goes before what the machine took it for."""
    judged = queries.judged(connection, case.number or str(case.id))
    abuse = judged.facts.abuse if judged else ()
    kind = case.kinds[0] if case.kinds else None
    return Answered(case.letter_id, case.number or "", letter, kind, case.priority, abuse)
