"""What a person does with a case in the queue: each act checks the page it was done on, can be undone, and is logged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import assert_never

from mailbot.model import (
    CaseState,
    ContactChannels,
    LetterCorrection,
    RequestRefused,
    Resource,
    Rulebook,
    Unit,
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.case.staff_act import AnswerWay, CaseAct, OfficeAct
from mailbot.services.desk.case_acts.review import check_labels, respond_by
from mailbot.services.desk.case_acts.waiting_limits import check_not_urgent, check_waiting_limit
from mailbot.services.desk.readings.meter_choice import find_dial
from mailbot.services.desk.writing.effect_of_text import INSISTED, ClosingInsistence, check_told_closing
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import summaries
from mailbot.store.casework import drafts, page_acts, second_looks
from mailbot.store.casework import undo as undoing
from mailbot.store.staff import audit_log
from mailbot.wording.case_titles import ANSWER_WAYS


@dataclass(frozen=True, slots=True)
class ActContext:
    """The page an act was done on: which case, in which version (None: a command line has no page), by whom."""

    number: str
    version: int | None
    by: str
    now: datetime


@contextmanager
def record_act(
    store: Store, page: ActContext, what: CaseAct, detail: str = "", *, words: str = ""
) -> Iterator[tuple[StoreTransaction, int]]:
    """One act in one transaction: StaleCase where a colleague was faster; a line in the audit log.

    `words` of the letter that the act sends: AlreadySent where they were sent before.
    """
    with store.write() as work:
        case_id = work.do(page_acts.begin, page.number, page.version, what, page.by, page.now, words)
        yield work, case_id
        work.do(audit_log.log_act, page.by, what, page.number, detail, page.now)


def answer_otherwise(
    store: Store, page: ActContext, way: str, text: str, closing: ClosingInsistence = ClosingInsistence.ASKED
) -> None:
    """The client has been answered by telephone, in person or on paper: the case is answered on substance.

    AnswersNothing where what they were told seems to be no answer, and the person has not insisted.
    """
    if way not in tuple(AnswerWay):
        raise RequestRefused("Выберите, как ответили клиенту: по телефону, лично или на бумаге.")
    if not text.strip():
        raise RequestRefused(
            "Напишите коротко, что ответили клиенту: по этому тексту узнают повторный вопрос."
        )
    with record_act(store, page, CaseAct.TOLD, f"{way}: {text[:200]}") as (work, case_id):
        insisted = work.do(check_told_closing, case_id, text, closing)
        work.do(page_acts.answer_otherwise, case_id, ANSWER_WAYS[way], text.strip(), page.by, page.now)
        if insisted:
            work.do(page_acts.log_note, case_id, page.by, INSISTED, page.now)
        work.do(drafts.forget_drafts, case_id)


def decline_silence(store: Store, page: ActContext) -> None:
    """An answer is owed to what a rule takes for a repeat: the proposal is dropped, the case stays."""
    with record_act(store, page, CaseAct.ANSWER_OWED) as (work, case_id):
        work.do(page_acts.decline_silence, case_id, page.by, page.now)


def take_back(store: Store, page: ActContext) -> None:
    """Back into the queue: the machine, or a colleague, was wrong."""
    with record_act(store, page, CaseAct.TAKE_BACK) as (work, case_id):
        work.do(second_looks.note_taken_back, case_id, page.by, page.now)
        work.move(page.number, CaseState.AWAITING_REVIEW, page.by, "возвращено в очередь", page.now)


def relabel_case(store: Store, rulebook: Rulebook, page: ActContext, said: LetterCorrection) -> None:
    """Say what the letter really is; the model learns from it at its next training."""
    check_labels(rulebook, said)
    named = (said.correspondent,) if said.correspondent else (*said.kinds, *said.topics)
    with record_act(store, page, CaseAct.LABEL, " ".join(named)) as (work, _):
        judged = work.do(summaries.judged, page.number)
        due = respond_by(rulebook, said, work.case(page.number).received_at, judged)
        work.correct(page.number, said, page.by, page.now, due)


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """A reading as a person wants it: the value and what it is of, or a reason to refuse it.

    `meter` is the number of the meter where the account has several of the resource, else it may be empty.
    """

    state: ReadingState
    value: str
    account: str
    resource: str
    reason: str = ""
    meter: str = ""


def judge_reading(
    store: Store, rulebook: Rulebook, page: ActContext, reading_id: int, form: ReadingForm
) -> None:
    """Accept (as it stands or corrected) or refuse a reading; the ledger holds what the person says."""
    values = _columns(form)
    with record_act(store, page, CaseAct.READING, f"{form.state} {form.value}") as (work, case_id):
        dial = None
        if form.state is ReadingState.ACCEPTED:
            dial = work.do(find_dial, rulebook, case_id, reading_id, values, form.meter.strip())
        if dial is not None:
            values |= {"meter": dial.meter.serial, "unit": dial.meter.unit}
        entry = dial.entry if dial is not None else None
        work.do(page_acts.judge_reading, case_id, reading_id, values, page.by, page.now, entry)


def parse_value(text: str) -> Decimal:
    """A reading as a person types it; Refused where it is none."""
    try:
        value = Decimal(text.strip().replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise RequestRefused(f"«{text}» — не число. Напишите показание цифрами, например 123,4.") from None
    if value < 0 or not value.is_finite():
        raise RequestRefused("Показание не может быть отрицательным.")
    return value


def _columns(form: ReadingForm) -> dict[str, str | None]:
    match form.state:
        case ReadingState.REFUSED:
            if not form.reason.strip():
                raise RequestRefused("Напишите, почему показание не принято: причину увидит клиент.")
            return {"state": form.state, "reason": form.reason.strip()}
        case ReadingState.ACCEPTED:
            return {"state": form.state, "reason": "", **_accepted_values(form)}
        case _:
            assert_never(form.state)


def _accepted_values(form: ReadingForm) -> dict[str, str | None]:
    value = parse_value(form.value)
    if not form.account.strip():
        raise RequestRefused("Укажите лицевой счёт, к которому относится показание.")
    if form.resource not in tuple(Resource):
        raise RequestRefused("Укажите, что измеряет счётчик: отопление или горячую воду.")
    unit = Unit.M3 if form.resource == Resource.HOT_WATER else Unit.GCAL
    return {
        "value": str(value),
        "account": form.account.strip(),
        "resource": form.resource,
        "unit": unit,
    }


def assign(store: Store, page: ActContext, assignee: str | None) -> None:
    with record_act(store, page, CaseAct.ASSIGN, assignee or "") as (work, case_id):
        work.do(page_acts.assign, case_id, assignee, page.by, page.now)


def put_off(store: Store, page: ActContext, until: datetime | None, company: ContactChannels) -> None:
    """Out of sight until then, never past the deadline; nothing urgent or late. None: back at once."""
    with record_act(store, page, CaseAct.PUT_OFF, str(until or "")) as (work, case_id):
        if until is not None:
            case = work.case(page.number)
            check_waiting_limit(case.respond_by, until, page.now, company)
            check_not_urgent(case)
        work.do(page_acts.put_off, case_id, until, page.by, page.now)


def join_cases(store: Store, page: ActContext, to: str) -> None:
    with record_act(store, page, CaseAct.JOIN, to) as (work, case_id):
        work.do(page_acts.join, case_id, to, page.by, page.now)


def note(store: Store, page: ActContext, text: str) -> None:
    """An internal note: no change of the case, so no colleague's page grows stale."""
    if not text.strip():
        raise RequestRefused("Заметка пуста.")
    with store.write() as work:
        case = work.case(page.number)
        work.do(page_acts.add_note, case.id, text.strip(), page.by, page.now)
        work.do(audit_log.log_act, page.by, OfficeAct.NOTE, page.number, text[:200], page.now)


def undo(store: Store, page: ActContext) -> CaseAct:
    """Take the newest act back, before anything of it has left; what it was."""
    with store.write() as work:
        what = work.do(undoing.take_back_act, page.number, page.by, page.now)
        if what in (CaseAct.SECOND_LOOK, CaseAct.TAKE_BACK):
            work.do(second_looks.delete_finding, work.case(page.number).id)
        work.do(audit_log.log_act, page.by, OfficeAct.UNDO, page.number, what, page.now)
        return what
