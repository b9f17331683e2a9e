"""The second look: one silenced letter at a time, and one key for «right» or «an answer is owed»."""

from __future__ import annotations

from flask import Blueprint, render_template, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from mailbot.model import Judgement, SegmentRole, StaffRole
from mailbot.services.desk import second_look
from mailbot.services.desk.case_file.case_file import CaseFile, case_file
from mailbot.web.access import needs
from mailbot.web.request_context import active_rules, member, now, page, store

pages = Blueprint("second_look", __name__)

MAX_TEXT = 20_000
"""Characters of a letter on the page; the rest is on the case's own."""


@pages.get("/second-look")
@needs(StaffRole.OPERATOR)
def show() -> str:
    """The letter that waits longest, and why the machine left it without an answer."""
    next_look = second_look.next_look(store())
    if next_look is None:
        return render_template("second_look.html", look=None, left=0)
    file = case_file(store(), next_look.reference, member(), now())
    return render_template(
        "second_look.html",
        look=next_look.drawn,
        left=next_look.left,
        file=file,
        line=file.line,
        text=_words(file),
        finding=_finding(file),
        clause=active_rules().rulebook.clause(file.line.clause or ""),
    )


def _words(file: CaseFile) -> str:
    """The letter's own text, whoever's words they are; the bytes where it cannot be taken apart."""
    if file.letter is None:
        return file.raw.content[:MAX_TEXT].decode("utf-8", "replace")
    return file.letter.part("body").view(*SegmentRole).strip()[:MAX_TEXT]


def _finding(file: CaseFile) -> Judgement | None:
    """What the rule that closed the letter found, and what it looked for."""
    if file.judged is None:
        return None
    clause = file.judged.decision.clause
    hits = (
        trial.finding
        for trial in file.judged.decision.trials
        if trial.clause == clause and trial.finding.answer == "yes"
    )
    return next(hits, None)


@pages.post("/second-look/<reference>/confirm")
@needs(StaffRole.OPERATOR)
def confirm(reference: str) -> Response:
    """Right: no answer is owed."""
    second_look.confirm(store(), page(reference))
    return redirect(url_for("second_look.show"))


@pages.post("/second-look/<reference>/overrule")
@needs(StaffRole.OPERATOR)
def overrule(reference: str) -> Response:
    """Wrong: the letter goes back into the queue."""
    second_look.overrule(store(), page(reference))
    return redirect(url_for("second_look.show"))
