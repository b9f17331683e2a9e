"""Writing to a client from a case: the letter, how the client will see it, and an answer given in another way."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import ClockMark, DocumentRequest, RequestRefused, StaffRole
from mailbot.services.desk import case_lists
from mailbot.services.desk.case_acts import acts, letter_sending
from mailbot.services.desk.case_acts.acts import StaleCase
from mailbot.services.desk.case_file import presence
from mailbot.services.desk.case_file.case_file import case_file
from mailbot.services.desk.writing.account_answer import account_answer
from mailbot.services.desk.writing.effect_of_text import AnswerLacksSubstance, ClosingInsistence
from mailbot.services.desk.writing.proposed_letter import proposal_of
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.web.access import needs
from mailbot.web.cases.answer_form import answer_form, chosen_until
from mailbot.web.cases.case_pages import OtherChannelAnswer, go_on, render
from mailbot.web.cases.queue_pages import pass_over
from mailbot.web.request_context import active_rules, member, now, page, store

pages = Blueprint("writing", __name__)


@pages.post("/case/<reference>/send")
@needs(StaffRole.OPERATOR)
def send(reference: str) -> AnyResponse | tuple[str, int]:
    """Send the text; what cannot be sent, or seems to answer nothing, comes back with the page, and why."""
    text, said = request.form.get("text", ""), request.form.get("means", "")
    # no button says «withdrawn»: the act tells what to choose
    means = ClockMark(said) if said in tuple(ClockMark) else ClockMark.WITHDRAWN
    rules = active_rules()
    try:
        letter_sending.send(
            store(),
            rules,
            page(reference),
            text,
            means=means,
            closing=_closing(),
            until=None if means is ClockMark.ANSWERED else chosen_until(),
            enclosing=_enclosing(reference, rules),
        )
    except RequestRefused as error:
        if isinstance(error, StaleCase):
            presence.keep_draft(store(), reference, member(), text, now())
        file = case_file(store(), reference, member(), now())
        doubt = error.does if isinstance(error, AnswerLacksSubstance) else None
        return render(file, text=text, fault=str(error), doubt=doubt), 409
    if means is not ClockMark.ANSWERED:
        pass_over(case_lists.line_of(store(), reference).id)
    return go_on(reference)


def _closing() -> ClosingInsistence:
    """The page's button that says «all the same» stands only beside the question."""
    return (
        ClosingInsistence.INSISTED
        if request.values.get("closing") == ClosingInsistence.INSISTED
        else ClosingInsistence.ASKED
    )


def _enclosing(reference: str, rules: ActiveRules) -> tuple[DocumentRequest, ...]:
    """The papers that the page offered, where the person lets them go along."""
    if request.form.get("attach") != "1":
        return ()
    file = case_file(store(), reference, member(), now())
    return account_answer(store(), file, rules, now()).documents


@pages.post("/case/<reference>/preview")
@needs(StaffRole.OPERATOR)
def preview(reference: str) -> str:
    """The whole letter as the client will see it; its send key does what the text does."""
    file = case_file(store(), reference, member(), now())
    text = request.form.get("text", "")
    outgoing = letter_sending.preview(file, active_rules().templates, text, now())
    return render_template(
        "preview.html",
        outgoing=outgoing,
        line=file.line,
        answer=answer_form(file, proposal_of(store(), file, active_rules(), now()), text),
        attach=request.form.get("attach", ""),
        view=request.form.get("view", ""),
    )


@pages.post("/case/<reference>/told")
@needs(StaffRole.OPERATOR)
def told(reference: str) -> AnyResponse | tuple[str, int]:
    """Close the case by what the client was told; what seems to be no answer comes back with the page, once."""
    way, text = request.form.get("way", ""), request.form.get("text", "")
    try:
        acts.answer_otherwise(store(), page(reference), way, text, _closing())
    except AnswerLacksSubstance as error:
        file = case_file(store(), reference, member(), now())
        return render(file, told=OtherChannelAnswer(way, text, str(error))), 409
    return go_on(reference)
