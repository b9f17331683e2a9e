"""What a person does with a case in the queue: each act checks the page it was done on, can be undone, and is logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import partial

from sqlalchemy import Connection

from mailbot.composing import NoRecipient, Templates, compose_person_answer
from mailbot.model import CaseState, Correction, Letter, Mark, Refused, Resource, Rulebook, Unit
from mailbot.parsing import parse
from mailbot.services.desk.dial import dial_of
from mailbot.services.desk.enclosing import NOTHING, Enclosed, enclosed
from mailbot.services.desk.settings import House
from mailbot.services.inviting import Answered, with_rating
from mailbot.services.review import check_labels, respond_by
from mailbot.store import CaseSummary, Store, Work, audit, casework, queries, second_looks


@dataclass(frozen=True, slots=True)
class Page:
    """The page an act was done on: which case, in which version (None: a command line has no page), by whom."""

    number: str
    version: int | None
    by: str
    now: datetime


@contextmanager
def act(store: Store, page: Page, what: str, detail: str = "") -> Iterator[tuple[Work, int]]:
    """One act in one transaction: StaleCase where a colleague was faster; a line in the audit log."""
    with store.write() as work:
        case_id = work.do(casework.begin, page.number, page.version, what, page.by, page.now)
        yield work, case_id
        work.do(audit.tell, page.by, what, page.number, detail, page.now)


LETTERS = (Mark.ANSWERED, Mark.ASKED, Mark.RESPONDED)
"""What a person's letter may be."""

ASKED_FOR = timedelta(days=5)
"""A case whose writer was asked for something leaves the queue for so long, or until it falls due."""


def send(
    store: Store,
    templates: Templates,
    page: Page,
    text: str,
    *,
    means: Mark = Mark.ANSWERED,
    enclosing: Enclosed = NOTHING,
    house: House | None = None,
) -> None:
    """Send a letter in a person's words; it waits half a minute, in which the act can be undone.

    `means`: it answers on substance and closes the case, asks the client for something (the clock waits for them), or
    only tells how it stands (the clock runs on); in the last two the case is put off and stays open. `enclosing`: papers
    of the account, refused where the answer does not go to their client's own address. `house`: whose links may ask the
    client to rate an answer; None: it asks nothing.
    """
    if means not in LETTERS:
        raise Refused("Выберите, что это за письмо: ответ по существу, вопрос клиенту или промежуточное.")
    closes = means is Mark.ANSWERED
    if not text.strip():
        raise Refused("Ответ пуст: напишите текст ответа клиенту.")
    with act(store, page, "answer" if closes else "ask", text[:200]) as (work, case_id):
        case = work.case(page.number)
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
        if closes:
            answered = work.do(_answered, case, letter)
            outgoing = with_rating(
                work, house, answered, outgoing, lambda links: write(rating=links), page.now
            )
        leaves_at = page.now + casework.UNDO
        work.queue_answer(page.number, outgoing, page.by, text, page.now, leaves_at, means)
        if not closes:
            work.do(casework.put_off, case_id, page.now + ASKED_FOR, page.by, page.now)
        work.do(casework.forget_drafts, case_id)


def _answered(connection: Connection, case: CaseSummary, letter: Letter) -> Answered:
    """What people made of the letter goes before what the machine took it for."""
    judged = queries.judged(connection, case.number or str(case.id))
    abuse = judged.facts.abuse if judged else ()
    kind = case.kinds[0] if case.kinds else None
    return Answered(case.letter_id, case.number or "", letter, kind, case.priority, abuse)


WAYS = {"phone": "по телефону", "person": "лично", "paper": "на бумаге"}
"""How a client is answered where no letter is: most who call or come leave no address of e-mail."""


def answer_otherwise(store: Store, page: Page, way: str, text: str) -> None:
    """The client has been answered by telephone, in person or on paper: the case is answered on substance."""
    if way not in WAYS:
        raise Refused("Выберите, как ответили клиенту: по телефону, лично или на бумаге.")
    if not text.strip():
        raise Refused("Напишите коротко, что ответили клиенту: по этому тексту узнают повторный вопрос.")
    with act(store, page, "told", f"{way}: {text[:200]}") as (work, case_id):
        work.do(casework.answer_otherwise, case_id, WAYS[way], text.strip(), page.by, page.now)
        work.do(casework.forget_drafts, case_id)


def silence(store: Store, rulebook: Rulebook, page: Page, clause: str) -> None:
    """No reply is owed, by a clause of the standard."""
    if clause not in {rule.clause for rule in rulebook.no_reply}:
        raise Refused("Выберите пункт стандарта, по которому ответ не положен.")
    with act(store, page, "silence", clause) as (work, _):
        why = f"ответ не положен: п. {clause}"
        work.move(page.number, CaseState.SILENCED, page.by, why, page.now, clause=clause)


def ignore(store: Store, page: Page) -> None:
    """Not a client's letter."""
    with act(store, page, "ignore") as (work, _):
        work.move(page.number, CaseState.IGNORED, page.by, "не обращение клиента", page.now)


def take_back(store: Store, page: Page) -> None:
    """Back into the queue: the machine, or a colleague, was wrong."""
    with act(store, page, "take_back") as (work, case_id):
        work.do(second_looks.note_taken_back, case_id, page.by, page.now)
        work.move(page.number, CaseState.AWAITING_REVIEW, page.by, "возвращено в очередь", page.now)


def label(store: Store, rulebook: Rulebook, page: Page, said: Correction) -> None:
    """Say what the letter really is; the model learns from it at its next training."""
    check_labels(rulebook, said)
    named = (said.correspondent,) if said.correspondent else (*said.kinds, *said.topics)
    with act(store, page, "label", " ".join(named)) as (work, _):
        judged = work.do(queries.judged, page.number)
        due = respond_by(rulebook, said, work.case(page.number).received_at, judged)
        work.correct(page.number, said, page.by, page.now, due)


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """A reading as a person wants it: the value and what it is of, or a reason to refuse it.

    `meter` is the number of the meter where the account has several of the resource, else it may be empty.
    """

    state: str
    value: str
    account: str
    resource: str
    reason: str = ""
    meter: str = ""


def judge_reading(store: Store, rulebook: Rulebook, page: Page, reading_id: int, form: ReadingForm) -> None:
    """Accept (as it stands or corrected) or refuse a reading; the ledger holds what the person says."""
    values = _columns(form)
    with act(store, page, "reading", f"{form.state} {form.value}") as (work, case_id):
        dial = None
        if values["state"] == "accepted":
            dial = work.do(dial_of, rulebook, case_id, reading_id, values, form.meter.strip())
        if dial is not None:
            values |= {"meter": dial.meter.serial, "unit": dial.meter.unit}
        entry = dial.entry if dial is not None else None
        work.do(casework.judge_reading, case_id, reading_id, values, page.by, page.now, entry)


def _columns(form: ReadingForm) -> dict[str, str | None]:
    if form.state == "refused":
        if not form.reason.strip():
            raise Refused("Напишите, почему показание не принято: причину увидит клиент.")
        return {"state": "refused", "reason": form.reason.strip()}
    try:
        value = Decimal(form.value.strip().replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise Refused(f"«{form.value}» — не число. Напишите показание цифрами, например 123,4.") from None
    if value < 0 or not value.is_finite():
        raise Refused("Показание не может быть отрицательным.")
    if not form.account.strip():
        raise Refused("Укажите лицевой счёт, к которому относится показание.")
    if form.resource not in tuple(Resource):
        raise Refused("Укажите, что измеряет счётчик: отопление или горячую воду.")
    unit = Unit.M3 if form.resource == Resource.HOT_WATER else Unit.GCAL
    return {
        "state": "accepted",
        "reason": "",
        "value": str(value),
        "account": form.account.strip(),
        "resource": form.resource,
        "unit": unit,
    }


def assign(store: Store, page: Page, assignee: str | None) -> None:
    with act(store, page, "assign", assignee or "") as (work, case_id):
        work.do(casework.assign, case_id, assignee, page.by, page.now)


def put_off(store: Store, page: Page, until: datetime | None) -> None:
    if until is not None and until <= page.now:
        raise Refused("Отложить можно только на будущее время.")
    with act(store, page, "put_off", str(until or "")) as (work, case_id):
        work.do(casework.put_off, case_id, until, page.by, page.now)


def join(store: Store, page: Page, to: str) -> None:
    with act(store, page, "join", to) as (work, case_id):
        work.do(casework.join, case_id, to, page.by, page.now)


def note(store: Store, page: Page, text: str) -> None:
    """An internal note: no change of the case, so no colleague's page grows stale."""
    if not text.strip():
        raise Refused("Заметка пуста.")
    with store.write() as work:
        case = work.case(page.number)
        work.do(casework.add_note, case.id, text.strip(), page.by, page.now)
        work.do(audit.tell, page.by, "note", page.number, text[:200], page.now)


def undo(store: Store, page: Page) -> str:
    """Take the newest act back, within half a minute and before anything left; what it was."""
    with store.write() as work:
        what = work.do(casework.take_back_act, page.number, page.by, page.now)
        if what in ("second_look", "take_back"):
            work.do(second_looks.forget_word, work.case(page.number).id)
        work.do(audit.tell, page.by, "undo", page.number, what, page.now)
        return what
