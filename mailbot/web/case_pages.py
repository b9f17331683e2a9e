"""One case: the letter beside what was understood, and everything a person may do with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mailbot.composing import compose_person_answer
from mailbot.console.explanation import evidence
from mailbot.model import CaseState, Correction, Found, Kind, Mark, Refused, Span, StaffRole
from mailbot.services.desk import acts
from mailbot.services.desk.account_answer import account_answer
from mailbot.services.desk.acts import ReadingForm
from mailbot.services.desk.casefile import CaseFile, case_file
from mailbot.services.desk.enclosing import NOTHING, Enclosed
from mailbot.services.desk.proposal import phrases, propose
from mailbot.services.desk.settings import House
from mailbot.store import casework, desk, staff
from mailbot.store.casework import StaleCase
from mailbot.web.access import needs
from mailbot.web.account_pages import MOST_CARDS, cards
from mailbot.web.filters import asked_in
from mailbot.web.letter_pages import safe_name, shown_type
from mailbot.web.marks import stretches
from mailbot.web.place import house, inside, member, now, page, store
from mailbot.web.queue_pages import next_line
from mailbot.web.show import moment, remember_act, zone

pages = Blueprint("case", __name__)

MOST_TEXT = 60_000
"""Characters of a letter's part that are shown at once; the rest is in the letter as it came."""


@pages.get("/case/<reference>")
@needs(StaffRole.OPERATOR)
def show(reference: str) -> str:
    """The case's page; whoever opens it has seen it, also without script: alarms go no further."""
    file = case_file(store(), reference, member(), now())
    with store().write() as work:
        work.do(casework.look, file.line.id, member().id, writing=False, now=now())
    return _page(file)


def _page(file: CaseFile, *, text: str | None = None, fault: str = "") -> str:
    """The case; `text` is what was typed and could not be sent, `fault` why."""
    rules = house()
    judged = file.judged
    decision = judged.decision if judged else None
    proposal = propose(
        file.line,
        file.topics,
        decision,
        file.readings,
        rules.templates,
        now(),
        judged=file.readings_judged,
        joined=file.joined_answer,
        account=account_answer(store(), file, rules.rulebook, now(), rules),
    )
    findings = _findings(file)
    query = request.args.get("view", "") or request.form.get("view", "")
    following = next_line(asked_in(query), file.line.id)
    return render_template(
        "case.html",
        file=file,
        line=file.line,
        decision=decision,
        findings=findings,
        parts=_parts(file, [(name, span) for name, _, _, _, spans in findings for span in spans]),
        proposal=proposal,
        text=text if text is not None else file.draft or proposal.text,
        drafted=bool(file.draft) and text is None,
        fault=fault,
        phrases=phrases(file.line, file.readings, rules.templates, now()),
        no_reply=rules.rulebook.no_reply,
        ways=acts.WAYS,
        topics=rules.rulebook.topics,
        groups=rules.rulebook.correspondents,
        people=[one for one in store().ask(staff.members) if not one.disabled],
        view=query,
        next_reference=following.reference if following else "",
        waiting=file.line.state is CaseState.AWAITING_REVIEW,
        attachments=[(one, safe_name(one), shown_type(one)) for one in file.letter.attachments]
        if file.letter
        else [],
        cards=cards(one.account for one in file.accounts),
        most_cards=MOST_CARDS,
        tomorrow=(now().astimezone(zone()) + timedelta(days=1)).date().isoformat(),
    )


def _findings(file: CaseFile) -> list[tuple[str, str, str, float | None, tuple[Span, ...]]]:
    """(name, what, value, confidence, spans) of all that was understood and of every rule that hit or is in doubt."""
    if file.judged is None:
        return []
    facts, rows = file.judged.facts, []
    sureness = _sureness(file)
    for at, (what, value, spans) in enumerate(evidence(facts)):
        rows.append((f"e{at}", what, value, sureness.get((what, spans)), spans))
    for at, trial in enumerate(file.judged.decision.trials):
        if trial.finding.spans:
            rows.append((f"t{at}", "", trial.rule, None, trial.finding.spans))
    return rows


def _sureness(file: CaseFile) -> dict[tuple[str, tuple[Span, ...]], float]:
    if file.judged is None:
        return {}
    facts = file.judged.facts
    contacts = facts.contacts
    sure = {("показание", one.spans): one.confidence for one in facts.readings}
    found: tuple[tuple[str, Iterable[Found[Any]]], ...] = (
        ("вид", facts.kinds),
        ("тема", facts.topics),
        ("лицевой счёт", contacts.accounts),
        ("имя", contacts.names),
        ("телефон", contacts.phones),
        ("адрес", contacts.addresses),
    )
    sure.update(((what, one.spans), one.confidence) for what, many in found for one in many)
    return sure


def _parts(file: CaseFile, marked: list[tuple[str, Span]]) -> list[tuple[str, Any]]:
    """(title, stretches) of each text of the letter."""
    if file.letter is None:
        return []
    names = {f"attachment:{one.number}": safe_name(one) for one in file.letter.attachments}
    shown = []
    for part in file.letter.parts:
        if part.name != "subject" and part.text.strip():
            shown.append((names.get(part.name, ""), stretches(part, marked)))
    return shown


@pages.post("/case/<reference>/send")
@needs(StaffRole.OPERATOR)
def send(reference: str) -> AnyResponse | tuple[str, int]:
    """Send the text; where a colleague was faster, the page comes back with the text kept."""
    text, said = request.form.get("text", ""), request.form.get("means", "")
    means = (
        Mark(said) if said in tuple(Mark) else Mark.WITHDRAWN
    )  # no button has it: the act says what to choose
    rules = house()
    try:
        enclosing = _enclosing(reference, rules)
        acts.send(
            store(), rules.templates, page(reference), text, means=means, enclosing=enclosing, house=rules
        )
    except Refused as error:
        if isinstance(error, StaleCase):
            _keep_draft(reference, text)
        file = case_file(store(), reference, member(), now())
        return _page(file, text=text, fault=str(error)), 409
    return _done("answer" if means is Mark.ANSWERED else "ask", reference)


def _enclosing(reference: str, rules: House) -> Enclosed:
    """The papers that the page offered, where the person lets them go along."""
    if request.form.get("attach") != "1":
        return NOTHING
    file = case_file(store(), reference, member(), now())
    return Enclosed(account_answer(store(), file, rules.rulebook, now(), rules).documents, rules)


def _done(what: str, reference: str, *, stay: bool = False) -> AnyResponse:
    """Remember what may be undone, and go on to the next case of the list one came from."""
    remember_act(what, reference)
    view = request.form.get("view", "")
    if stay:
        return redirect(url_for("case.show", reference=reference, view=view or None))
    following = next_line(asked_in(view), -1)
    if following is None or following.reference == reference:
        return redirect(url_for("queue.show") + ("?" + view if view else ""))
    return redirect(url_for("case.show", reference=following.reference, view=view or None))


@pages.post("/case/<reference>/preview")
@needs(StaffRole.OPERATOR)
def preview(reference: str) -> str | tuple[str, int]:
    """The whole letter as the client will see it."""
    file = case_file(store(), reference, member(), now())
    text = request.form.get("text", "")
    if file.letter is None or not text.strip():
        raise Refused("Ответ пуст: напишите текст ответа клиенту.")
    outgoing = compose_person_answer(
        text,
        number=file.line.number or file.line.reference,
        letter=file.letter,
        templates=house().templates,
        received_at=file.raw.received_at,
        raw_digest=file.summary.digest,
        now=now(),
    )
    return render_template(
        "preview.html", outgoing=outgoing, line=file.line, text=text, attach=request.form.get("attach", "")
    )


@pages.post("/case/<reference>/reading/<int:reading_id>")
@needs(StaffRole.OPERATOR)
def judge_reading(reference: str, reading_id: int) -> AnyResponse:
    form = ReadingForm(
        state="refused" if request.form.get("state") == "refused" else "accepted",
        value=request.form.get("value", ""),
        account=request.form.get("account", ""),
        resource=request.form.get("resource", ""),
        reason=request.form.get("reason", ""),
        meter=request.form.get("meter", ""),
    )
    acts.judge_reading(store(), house().rulebook, page(reference), reading_id, form)
    return _done("reading", reference, stay=True)


@pages.post("/case/<reference>/told")
@needs(StaffRole.OPERATOR)
def told(reference: str) -> AnyResponse:
    acts.answer_otherwise(store(), page(reference), request.form.get("way", ""), request.form.get("text", ""))
    return _done("told", reference)


@pages.post("/case/<reference>/silence")
@needs(StaffRole.OPERATOR)
def silence(reference: str) -> AnyResponse:
    acts.silence(store(), house().rulebook, page(reference), request.form.get("clause", ""))
    return _done("silence", reference)


@pages.post("/case/<reference>/ignore")
@needs(StaffRole.OPERATOR)
def ignore(reference: str) -> AnyResponse:
    acts.ignore(store(), page(reference))
    return _done("ignore", reference)


@pages.post("/case/<reference>/take-back")
@needs(StaffRole.OPERATOR)
def take_back(reference: str) -> AnyResponse:
    acts.take_back(store(), page(reference))
    remember_act("take_back", reference)
    return redirect(inside(request.form.get("back", "") or url_for("queue.show")))


@pages.post("/case/<reference>/label")
@needs(StaffRole.OPERATOR)
def label(reference: str) -> AnyResponse:
    kinds = tuple(Kind(one) for one in request.form.getlist("kind") if one in tuple(Kind))
    topics = tuple(one for one in request.form.getlist("topic") if one)
    primary = request.form.get("primary", "")
    ordered = tuple(sorted(kinds, key=lambda kind: kind != primary))
    writer = request.form.get("correspondent", "")
    was = store().ask(desk.line_of, store().case(reference).id).correspondent or ""
    said = Correction(ordered, topics, "urgent" in request.form, writer if writer or was else None)
    acts.label(store(), house().rulebook, page(reference), said)
    return _done("label", reference, stay=True)


@pages.post("/case/<reference>/assign")
@needs(StaffRole.OPERATOR)
def assign(reference: str) -> AnyResponse:
    chosen = request.form.get("assignee") or None
    known = {one.login for one in store().ask(staff.members) if not one.disabled}
    if chosen is not None and chosen not in known:
        raise Refused("Такого сотрудника нет. Выберите из списка.")
    acts.assign(store(), page(reference), chosen)
    return _done("assign", reference, stay=chosen in (None, member().login))


@pages.post("/case/<reference>/put-off")
@needs(StaffRole.OPERATOR)
def put_off(reference: str) -> AnyResponse:
    wanted = request.form.get("until", "")
    if not wanted:
        acts.put_off(store(), page(reference), None)
        return _done("put_off", reference, stay=True)
    try:
        day = datetime.strptime(wanted, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise Refused(f"«{wanted}» — не дата. Выберите день, до которого отложить.") from None
    acts.put_off(store(), page(reference), datetime.combine(day, time(8), zone()))
    return _done("put_off", reference)


@pages.post("/case/<reference>/join")
@needs(StaffRole.OPERATOR)
def join(reference: str) -> AnyResponse:
    acts.join(store(), page(reference), request.form.get("to", "").strip())
    return _done("join", reference)


@pages.post("/case/<reference>/note")
@needs(StaffRole.OPERATOR)
def note(reference: str) -> AnyResponse:
    acts.note(store(), page(reference), request.form.get("text", ""))
    view = request.form.get("view", "")
    return redirect(url_for("case.show", reference=reference, view=view or None) + "#notes")


@pages.post("/case/<reference>/here")
@needs(StaffRole.OPERATOR)
def here(reference: str) -> str:
    """Keep what is being typed, say that one is here, and be told who else is, and whether the page is stale."""
    line = store().ask(desk.line_of, store().case(reference).id)
    text = request.form.get("text")
    with store().write() as work:
        if text is not None:
            work.do(casework.save_draft, line.id, member().id, text, now())
        work.do(casework.look, line.id, member().id, writing=bool(text and text.strip()), now=now())
    return render_template(
        "_presence.html",
        present=store().ask(desk.present, line.id, member().id, now()),
        stale=str(line.version) != request.form.get("version", str(line.version)),
        kept=moment(now()) if text and text.strip() else "",
        reference=reference,
    )


def _keep_draft(reference: str, text: str) -> None:
    case_id = store().case(reference).id
    with store().write() as work:
        work.do(casework.save_draft, case_id, member().id, text, now())


@pages.get("/case/<reference>/next")
@needs(StaffRole.OPERATOR)
def following(reference: str) -> AnyResponse:
    """The case after this one in the list, without doing anything."""
    view = request.args.get("view", "")
    found = next_line(asked_in(view), store().case(reference).id)
    if found is None:
        return redirect(url_for("queue.show") + ("?" + view if view else ""))
    return redirect(url_for("case.show", reference=found.reference, view=view or None))
