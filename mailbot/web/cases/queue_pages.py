"""The lists: what waits, what was silenced, ignored, answered; filters, saved views, work on a selection."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Any, assert_never

from flask import Blueprint, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from mailbot.model import CaseState, RequestRefused, StaffRole
from mailbot.services.desk import case_lists, list_views, staff_list
from mailbot.services.desk.case_acts import acts, closing_unanswered
from mailbot.services.desk.case_acts.acts import ActContext
from mailbot.services.desk.case_acts.closing_unanswered import AnswerMayBeOwed
from mailbot.services.desk.case_acts.undoable_acts import NothingToUndo
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.case_lists import DueBucket, QueueLine
from mailbot.web.access import needs
from mailbot.web.cases.case_list import list_named, shown_list
from mailbot.web.cases.list_filter import asked_in, query_of, read_filter
from mailbot.web.request_context import active_rules, inside, member, now, page, store, sureness
from mailbot.web.value_display import acts_together

pages = Blueprint("queue", __name__)

PER_PAGE = 50
MAX_SELECTED = 200

PASSED_OVER, MAX_PASSED_OVER = timedelta(hours=1), 40
"""For how long, and how many, cases that stay in the list after a letter are not offered as the next."""

LOOKED_AHEAD = 30 + MAX_PASSED_OVER
"""Cases of a list among which the next is looked for."""


@pages.get("/queue")
@needs(StaffRole.OPERATOR)
def show() -> str:
    """A whole page, or, for the live update of an open one, the list alone."""
    found = _list()
    if request.headers.get("HX-Request"):
        return render_template("_list.html", **found)
    return render_template("queue.html", **found, **_around())


class BulkAct(StrEnum):
    """What can be done with all marked cases at once, by its name in the form."""

    ASSIGN = "assign"
    PUT_OFF = "put_off"
    IGNORE = "ignore"
    SILENCE = "silence"
    TAKE_BACK = "take_back"


def _list() -> dict[str, Any]:
    asked = request.args.to_dict()
    number = asked.get("page", "1")
    at = min(200, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 6 else 1
    wanted = read_filter(asked, now())
    found = case_lists.list_page(store(), wanted, at, PER_PAGE, member(), now())
    listed = shown_list(list_named(asked.get("list", "")))
    return {
        "pressing": _pressing() if listed.deadlines else None,
        "lines": found.lines,
        "looked_at": found.looked_at,
        "more": found.more,
        "page": at,
        "asked": asked,
        "query": query_of(asked),
        "listed": listed,
    }


def _pressing() -> tuple[int, int] | None:
    """How many of the whole queue are overdue, and how many will be within hours; None where there is neither."""
    overdue, soon = _counts(f"due={due}" for due in (DueBucket.OVERDUE, DueBucket.SOON))
    return (overdue, soon) if overdue or soon else None


def _around() -> dict[str, Any]:
    me, rules = member(), active_rules().rulebook
    counted = {
        "Все": "",
        "Просрочено": f"due={DueBucket.OVERDUE}",
        "Скоро срок": f"due={DueBucket.SOON}",
        "Сегодня": f"due={DueBucket.TODAY}",
        "Мои": f"assignee={me.login}",
        "Ничьи": f"assignee={case_lists.NOBODY}",
        "Отложено": "put_off=only",
        "Не от клиентов": f"correspondent={case_lists.CORRESPONDENTS}",
    }
    waiting = shown_list(list_named(request.args.get("list", ""))).deadlines
    saved = list_views.kept_views(store(), me) if waiting else ()
    counts = _counts((*counted.values(), *(view.query for view in saved))) if waiting else ()
    return {
        "overdue": f"due={DueBucket.OVERDUE}",
        "shortcuts": list(zip(counted, counted.values(), counts[: len(counted)], strict=True))
        if waiting
        else [],
        "saved": list(zip(saved, counts[len(counted) :], strict=True)),
        "people": staff_list.active_members(store()),
        "topics": rules.topics,
        "no_reply": rules.no_reply,
        "groups": rules.correspondents,
    }


def _counts(queries: Iterable[str]) -> tuple[int, ...]:
    """How many cases each filter of an address finds."""
    at = now()
    return case_lists.count_cases(store(), [read_filter(asked_in(query), at) for query in queries])


@pages.post("/views")
@needs(StaffRole.OPERATOR)
def keep_view() -> Response:
    name, query = request.form.get("name", "").strip()[:40], request.form.get("query", "")
    if not name:
        raise RequestRefused("Назовите вид: по названию вы его найдёте.")
    list_views.keep_view(store(), member(), name, query_of(asked_in(query)))
    return redirect(url_for("queue.show") + "?" + query_of(asked_in(query)))


@pages.post("/views/<int:view_id>/drop")
@needs(StaffRole.OPERATOR)
def drop_view(view_id: int) -> Response:
    list_views.drop_view(store(), member(), view_id)
    return redirect(url_for("queue.show"))


@pages.post("/queue/bulk")
@needs(StaffRole.OPERATOR)
def bulk() -> Response | tuple[str, int]:
    """One act on every chosen case; what could not be done is told, case by case, and the rest is done. Letters that
    would be left without an answer though something is at stake come back once, to be looked at."""
    chosen = request.form.getlist("case")[:MAX_SELECTED]
    what, at = request.form.get("what", ""), now()
    clause = request.form.get("clause", "") if what == BulkAct.SILENCE else ""
    if not chosen:
        raise RequestRefused("Ничего не выбрано. Отметьте обращения слева.")
    faults, asked = [], []
    with acts_together():
        for choice in chosen:
            reference, _, version = choice.partition("@")
            try:
                _act(
                    what,
                    ActContext(reference, int(version) if version.isdigit() else None, member().login, at),
                )
            except AnswerMayBeOwed as error:
                asked.append((choice, case_lists.line_of(store(), reference), error.stakes))
            except RequestRefused as error:
                faults.append(f"{reference}: {error}")
    if asked:
        return render_template(
            "bulk_asked.html", asked=asked, faults=faults, form=request.form, clause=clause
        ), 409
    if faults:
        return render_template("fault.html", code=409, words="\n".join(faults)), 409
    return redirect(inside(request.form.get("back", "/queue")))


def _act(what: str, stamped: ActContext) -> None:
    match BulkAct(what) if what in tuple(BulkAct) else None:
        case BulkAct.IGNORE:
            file = case_file(store(), stamped.number, member(), stamped.now)
            closing_unanswered.ignore(store(), stamped, file, sureness())
        case BulkAct.TAKE_BACK:
            acts.take_back(store(), stamped)
        case BulkAct.SILENCE:
            file = case_file(store(), stamped.number, member(), stamped.now)
            clause = request.form.get("clause", "")
            closing_unanswered.silence(store(), active_rules().rulebook, stamped, file, clause, sureness())
        case BulkAct.ASSIGN:
            acts.assign(store(), stamped, request.form.get("assignee") or None)
        case BulkAct.PUT_OFF:
            tomorrow = stamped.now + timedelta(days=1)
            acts.put_off(store(), stamped, tomorrow, active_rules().rulebook.channels)
        case None:
            raise RequestRefused("Выберите, что сделать с отмеченными.")
        case other:
            assert_never(other)


@pages.post("/undo")
@needs(StaffRole.OPERATOR)
def undo() -> Response | tuple[str, int]:
    """Take back what was done last, one case or a selection; nothing of it has left the house. The act before it is
    offered then."""
    references, faults = request.form.getlist("of")[:MAX_SELECTED], []
    for reference in references:
        try:
            acts.undo(store(), page(reference))
        except NothingToUndo as error:
            faults.append(str(error))
    if faults:
        return render_template("fault.html", code=409, words="\n".join(faults)), 409
    if len(references) == 1:
        return redirect(url_for("case.show", reference=references[0]))
    return redirect(url_for("queue.show"))


def pass_over(case_id: int) -> None:
    """One has just written to the client of a case that stays in the list: for an hour it is not the next to go on to."""
    until = (now() + PASSED_OVER).timestamp()
    kept = {id: at for id, at in session.get("written", {}).items() if at > now().timestamp()}
    session["written"] = dict([*kept.items(), (str(case_id), until)][-MAX_PASSED_OVER:])


def next_line(asked: dict[str, str], line: QueueLine) -> QueueLine | None:
    """The case to go on with after `line`: the next of the same list, after its end the nearest before; none to whose
    client one has just written, or that somebody else has taken or opened."""
    wanted = read_filter(asked, now())
    if wanted.states != (CaseState.AWAITING_REVIEW,):
        return None
    passed = [int(id) for id, at in session.get("written", {}).items() if at > now().timestamp()]
    return case_lists.next_case(store(), wanted, line, member(), passed, LOOKED_AHEAD, now())
