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
)
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.case.staff_act import AnswerWay, CaseAct, OfficeAct
from mailbot.services.desk.case_acts.labels import check_labels, respond_by
from mailbot.services.desk.case_acts.waiting_limits import check_not_urgent, check_waiting_limit
from mailbot.services.desk.readings.meter_choice import find_dial
from mailbot.services.desk.writing.effect_of_text import INSISTED, ClosingInsistence, check_told_closing
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import summaries
from mailbot.store.casework import corrections, drafts, moves_and_answers, page_acts, second_looks
from mailbot.store.casework import undo as undoing
from mailbot.store.casework.page_acts import StaleCase as StaleCase
from mailbot.store.staff import audit_log, members_and_sessions
from mailbot.wording.case_titles import ANSWER_WAYS
from mailbot.wording.resources import list_measured


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

    `words` of the letter that the act sends: TextAlreadySent where they were sent before.
    """
    with store.write() as transaction:
        case_id = page_acts.begin(transaction, page.number, page.version, what, page.by, page.now, words)
        yield transaction, case_id
        audit_log.log_act(transaction, page.by, what, page.number, detail, page.now)


def answer_otherwise(
    store: Store, page: ActContext, way: str, text: str, closing: ClosingInsistence = ClosingInsistence.ASKED
) -> None:
    """The client has been answered by telephone, in person or on paper: the case is answered on substance.

    AnswerLacksSubstance where what they were told seems to be no answer, and the person has not insisted.
    """
    if way not in tuple(AnswerWay):
        raise RequestRefused("Выберите, как ответили клиенту: по телефону, лично или на бумаге.")
    if not text.strip():
        raise RequestRefused(
            "Напишите коротко, что ответили клиенту: по этому тексту узнают повторный вопрос."
        )
    with record_act(store, page, CaseAct.TOLD, f"{way}: {text[:200]}") as (transaction, case_id):
        insisted = check_told_closing(transaction, case_id, text, closing)
        page_acts.answer_otherwise(transaction, case_id, ANSWER_WAYS[way], text.strip(), page.by, page.now)
        if insisted:
            page_acts.log_note(transaction, case_id, page.by, INSISTED, page.now)
        drafts.forget_drafts(transaction, case_id)


def decline_silence(store: Store, page: ActContext) -> None:
    """An answer is owed to what a rule takes for a repeat: the proposal is dropped, the case stays."""
    with record_act(store, page, CaseAct.ANSWER_OWED) as (transaction, case_id):
        page_acts.decline_silence(transaction, case_id, page.by, page.now)


def take_back(store: Store, page: ActContext, why: str = "возвращено в очередь") -> None:
    """Back into the queue: the machine, or a colleague, was wrong. `why` stands in the log of the case."""
    with record_act(store, page, CaseAct.TAKE_BACK) as (transaction, case_id):
        second_looks.note_taken_back(transaction, case_id, page.by, page.now)
        moves_and_answers.move(transaction, page.number, CaseState.AWAITING_REVIEW, page.by, why, page.now)


def relabel_case(store: Store, rulebook: Rulebook, page: ActContext, said: LetterCorrection) -> None:
    """Say what the letter really is; the model learns from it at its next training."""
    check_labels(rulebook, said)
    named = (said.correspondent,) if said.correspondent else (*said.kinds, *said.topics)
    with record_act(store, page, CaseAct.LABEL, " ".join(named)) as (transaction, _):
        judged = summaries.judged(transaction, page.number)
        due = respond_by(rulebook, said, summaries.case_of(transaction, page.number).received_at, judged)
        corrections.correct(transaction, page.number, said, page.by, page.now, due)


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
    with record_act(store, page, CaseAct.READING, f"{form.state} {form.value}") as (transaction, case_id):
        dial = None
        if form.state is ReadingState.ACCEPTED:
            dial = find_dial(transaction, rulebook, case_id, reading_id, values, form.meter.strip())
        if dial is not None:
            values |= {"meter": dial.meter.serial, "unit": dial.meter.unit}
        entry = dial.entry if dial is not None else None
        page_acts.judge_reading(transaction, case_id, reading_id, values, page.by, page.now, entry)


def parse_value(text: str) -> Decimal:
    """A reading as a person types it; RequestRefused where it is none."""
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
        raise RequestRefused(f"Укажите, что измеряет счётчик: {list_measured(Resource)}.")
    return {
        "value": str(value),
        "account": form.account.strip(),
        "resource": form.resource,
        "unit": Resource(form.resource).unit,
    }


def assign(store: Store, page: ActContext, assignee: str | None) -> None:
    """Hand the case to a colleague who works here, or (None) to nobody."""
    with record_act(store, page, CaseAct.ASSIGN, assignee or "") as (transaction, case_id):
        known = {member.login for member in members_and_sessions.members(transaction) if not member.disabled}
        if assignee is not None and assignee not in known:
            raise RequestRefused("Такого сотрудника нет. Выберите из списка.")
        page_acts.assign(transaction, case_id, assignee, page.by, page.now)


def put_off(store: Store, page: ActContext, until: datetime | None, channels: ContactChannels) -> None:
    """Out of sight until then, never past the deadline; nothing urgent or late. None: back at once."""
    with record_act(store, page, CaseAct.PUT_OFF, str(until or "")) as (transaction, case_id):
        if until is not None:
            case = summaries.case_of(transaction, page.number)
            check_waiting_limit(case.respond_by, until, page.now, channels)
            check_not_urgent(case)
        page_acts.put_off(transaction, case_id, until, page.by, page.now)


def join_cases(store: Store, page: ActContext, to: str) -> None:
    with record_act(store, page, CaseAct.JOIN, to) as (transaction, case_id):
        page_acts.join(transaction, case_id, to, page.by, page.now)


def note(store: Store, page: ActContext, text: str) -> None:
    """An internal note: no change of the case, so no colleague's page grows stale."""
    if not text.strip():
        raise RequestRefused("Заметка пуста.")
    with store.write() as transaction:
        case = summaries.case_of(transaction, page.number)
        page_acts.add_note(transaction, case.id, text.strip(), page.by, page.now)
        audit_log.log_act(transaction, page.by, OfficeAct.NOTE, page.number, text[:200], page.now)


def undo(store: Store, page: ActContext) -> CaseAct:
    """Take the newest act back, before anything of it has left; what it was."""
    with store.write() as transaction:
        what = undoing.take_back_act(transaction, page.number, page.by, page.now)
        if what in (CaseAct.SECOND_LOOK, CaseAct.TAKE_BACK):
            second_looks.delete_finding(transaction, summaries.case_of(transaction, page.number).id)
        audit_log.log_act(transaction, page.by, OfficeAct.UNDO, page.number, what, page.now)
        return what
