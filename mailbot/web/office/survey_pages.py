"""Questionnaires of the office: what clients wrote or said is entered here, empty sheets are printed from here."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import RequestRefused, StaffRole
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.survey import Questionnaire, SurveyForm
from mailbot.services.surveys import office_entry
from mailbot.services.surveys.answer_rating import MAX_WORDS
from mailbot.services.surveys.office_entry import SurveyEntryForm
from mailbot.services.surveys.printed_sheet import empty_sheet
from mailbot.web.access import needs
from mailbot.web.request_context import active_rules, member, now, store
from mailbot.web.value_display import zone
from mailbot.wording.survey_titles import SURVEY_FORMS_IN_FULL

pages = Blueprint("survey", __name__)


@pages.get("/survey")
@needs(StaffRole.OPERATOR)
def show() -> str:
    sheet = _sheet(request.args.get("group", ClientGroup.INDIVIDUAL))
    form = request.args.get("form", SurveyForm.WRITTEN)
    return _form(
        sheet, SurveyEntryForm(form, {}, "", request.args.get("day", "")), saved="saved" in request.args
    )


def _sheet(group: str) -> Questionnaire:
    """The questionnaire of that group; not found where there is none."""
    questionnaires = (
        questionnaire
        for questionnaire in active_rules().rulebook.questionnaires
        if questionnaire.group == group
    )
    return next(questionnaires, None) or abort(404)


def _form(sheet: Questionnaire, filled: SurveyEntryForm, *, saved: bool = False, fault: str = "") -> str:
    return render_template(
        "survey.html",
        sheet=sheet,
        sheets=active_rules().rulebook.questionnaires,
        filled=filled,
        forms=SURVEY_FORMS_IN_FULL,
        saved=saved,
        fault=fault,
        most=MAX_WORDS,
        today=now().astimezone(zone()).date().isoformat(),
    )


@pages.post("/survey")
@needs(StaffRole.OPERATOR)
def enter() -> AnyResponse | tuple[str, int]:
    """Keep a sheet and go on to the next of its kind; where something is wrong, the form comes back as it was filled."""
    sheet = _sheet(request.form.get("group", ""))
    scores = {question.name: request.form.get(f"score_{question.name}", "") for question in sheet.questions}
    typed = {name: request.form.get(name, "") for name in ("form", "words", "day")}
    filled = SurveyEntryForm(typed["form"], scores, typed["words"], typed["day"])
    try:
        office_entry.enter(store(), sheet, filled, zone(), by=member().login, now=now())
    except RequestRefused as error:
        return _form(sheet, filled, fault=str(error)), 409
    day = filled.day or None
    return redirect(url_for("survey.show", group=sheet.group, form=filled.form, day=day, saved=1))


@pages.get("/survey/<group>.pdf")
@needs(StaffRole.OPERATOR)
def sheet(group: str) -> Response:
    """An empty sheet to hand out."""
    rules = active_rules()
    today = now().astimezone(zone()).date()
    pdf = empty_sheet(_sheet(group), rules, today)
    named = f'inline; filename="anketa-{group}.pdf"'
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": named})
