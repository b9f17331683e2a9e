"""What a person does with a case beyond writing to its client: one form, one act, and on to the next case."""

from __future__ import annotations

from datetime import datetime, time

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import LetterCorrection, LetterKind, RequestRefused, StaffRole
from mailbot.model.case.reading_state import ReadingState
from mailbot.services.desk import case_lists
from mailbot.services.desk.case_acts import acts, closing_confirmed, closing_unanswered
from mailbot.services.desk.case_acts.acts import ReadingForm, StaleCase
from mailbot.services.desk.case_acts.closing_unanswered import AnswerMayBeOwed
from mailbot.services.desk.case_acts.reading_acceptance import ReadingUnsettled, decide_reading
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.web.access import needs
from mailbot.web.cases.case_pages import HeldReading, SilencingAct, go_on, render
from mailbot.web.hostile_content import opened_files
from mailbot.web.request_context import active_rules, inside, member, now, page, store, sureness
from mailbot.web.value_display import zone

pages = Blueprint("act", __name__)


@pages.post("/case/<reference>/reading/<int:reading_id>")
@needs(StaffRole.OPERATOR)
def judge_reading(reference: str, reading_id: int) -> AnyResponse | tuple[str, int]:
    """What keeps the reading from being taken is said, and asked, beside it; what was typed stays."""
    form = ReadingForm(
        state=ReadingState(request.form["state"])
        if request.form.get("state") in tuple(ReadingState)
        else ReadingState.ACCEPTED,
        value=request.form.get("value", ""),
        account=request.form.get("account", ""),
        resource=request.form.get("chosen", "") or request.form.get("resource", ""),
        reason=request.form.get("reason", ""),
        meter=request.form.get("meter", ""),
    )
    file = case_file(store(), reference, member(), now())
    try:
        decide_reading(store(), active_rules().rulebook, page(reference), file, reading_id, form, sureness())
    except RequestRefused as error:
        if isinstance(error, StaleCase) or all(reading.id != reading_id for reading in file.readings):
            raise
        question = error.question if isinstance(error, ReadingUnsettled) else None
        return render(file, held=HeldReading(reading_id, form, str(error), question)), 409
    return go_on(reference, stay=True)


@pages.post("/case/<reference>/silence")
@needs(StaffRole.OPERATOR)
def silence(reference: str) -> AnyResponse | tuple[str, int]:
    """No answer is owed; where something is at stake the page comes back once, and asks."""
    clause, file = request.form.get("clause", ""), case_file(store(), reference, member(), now())
    try:
        closing_unanswered.silence(
            store(), active_rules().rulebook, page(reference), file, clause, sureness()
        )
    except AnswerMayBeOwed as error:
        return render(file, asked=SilencingAct("silence", clause, error.stakes)), 409
    return go_on(reference)


@pages.post("/case/<reference>/answer-owed")
@needs(StaffRole.OPERATOR)
def answer_owed(reference: str) -> AnyResponse:
    """What looked like a repeat is answered like any other letter."""
    acts.decline_silence(store(), page(reference))
    return go_on(reference, stay=True)


@pages.post("/case/<reference>/nothing-more")
@needs(StaffRole.OPERATOR)
def nothing_more(reference: str) -> AnyResponse:
    """Readings are confirmed, and the rest was read, attachments too: it wants no answer."""
    file = case_file(store(), reference, member(), now())
    closing_confirmed.nothing_more(
        store(), active_rules().rulebook, page(reference), file, opened_files(reference)
    )
    return go_on(reference)


@pages.post("/case/<reference>/ignore")
@needs(StaffRole.OPERATOR)
def ignore(reference: str) -> AnyResponse | tuple[str, int]:
    """Not a client's letter; where something is at stake the page comes back once, and asks."""
    file = case_file(store(), reference, member(), now())
    try:
        closing_unanswered.ignore(store(), page(reference), file, sureness())
    except AnswerMayBeOwed as error:
        return render(file, asked=SilencingAct("ignore", "", error.stakes)), 409
    return go_on(reference)


@pages.post("/case/<reference>/take-back")
@needs(StaffRole.OPERATOR)
def take_back(reference: str) -> AnyResponse:
    acts.take_back(store(), page(reference))
    return redirect(inside(request.form.get("back", "") or url_for("queue.show")))


@pages.post("/case/<reference>/label")
@needs(StaffRole.OPERATOR)
def label(reference: str) -> AnyResponse:
    kinds = tuple(LetterKind(kind) for kind in request.form.getlist("kind") if kind in tuple(LetterKind))
    topics = tuple(topic for topic in request.form.getlist("topic") if topic)
    primary = request.form.get("primary", "")
    ordered = tuple(sorted(kinds, key=lambda kind: kind != primary))
    writer = request.form.get("correspondent", "")
    was = case_lists.line_of(store(), reference).correspondent or ""
    said = LetterCorrection(ordered, topics, "urgent" in request.form, writer if writer or was else None)
    acts.relabel_case(store(), active_rules().rulebook, page(reference), said)
    return go_on(reference, stay=True)


@pages.post("/case/<reference>/assign")
@needs(StaffRole.OPERATOR)
def assign(reference: str) -> AnyResponse:
    chosen = request.form.get("assignee") or None
    acts.assign(store(), page(reference), chosen)
    return go_on(reference, stay=chosen in (None, member().login))


@pages.post("/case/<reference>/put-off")
@needs(StaffRole.OPERATOR)
def put_off(reference: str) -> AnyResponse:
    wanted = request.form.get("until", "")
    channels = active_rules().rulebook.channels
    if not wanted:
        acts.put_off(store(), page(reference), None, channels)
        return go_on(reference, stay=True)
    try:
        day = datetime.strptime(wanted, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise RequestRefused(f"«{wanted}» — не дата. Выберите день, до которого отложить.") from None
    acts.put_off(store(), page(reference), datetime.combine(day, time(8), zone()), channels)
    return go_on(reference)


@pages.post("/case/<reference>/join")
@needs(StaffRole.OPERATOR)
def join(reference: str) -> AnyResponse:
    acts.join_cases(store(), page(reference), request.form.get("to", "").strip())
    return go_on(reference)


@pages.post("/case/<reference>/note")
@needs(StaffRole.OPERATOR)
def note(reference: str) -> AnyResponse:
    acts.note(store(), page(reference), request.form.get("text", ""))
    view = request.form.get("view", "")
    return redirect(url_for("case.show", reference=reference, view=view or None) + "#notes")
