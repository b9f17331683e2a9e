"""The form that writes to a client: what its send key does, and until when the case may wait after a letter that closes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request

from mailbot.model import CaseState, ClockMark, Priority, ReplyEffect, RequestRefused
from mailbot.services.desk.case_acts.waiting_limits import default_choice, waiting_choices
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.services.desk.case_file.told_readings import disclosed_readings
from mailbot.services.desk.writing.effect_of_text import determine_effect
from mailbot.services.desk.writing.proposed_letter import Proposal
from mailbot.web.request_context import active_rules, now
from mailbot.web.value_display import zone

MINUTE = "%Y-%m-%dT%H:%M"
"""A moment as browsers send it (HTML datetime-local), by the company's clock."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """`means` is what Ctrl+Enter sends the text as, `by_key` whether one key sends it stands, untouched.

    `closes`: may the text close the case? `waits` are (value, words, chosen) of the moments to look again; none where
    the deadline has passed. `exact` is a moment that was typed, `latest` the deadline.
    """

    text: str
    means: ClockMark
    by_key: bool
    closes: bool
    waits: tuple[tuple[str, str, bool], ...]
    exact: str
    latest: str


def answer_form(file: CaseFile, proposal: Proposal, text: str) -> AnswerForm:
    """What the words do decides: a proposal's or a phrase's what it says, a person's own what they seem to do; where
    they may answer, what the proposal would."""
    untouched = bool(proposal.text) and text == proposal.text
    judged = determine_effect(
        text, file.line, disclosed_readings(file, active_rules().rulebook), active_rules().templates, now()
    )
    enclosing = bool(proposal.documents) and request.form.get("attach") == "1"
    does = proposal.does if untouched or enclosing else judged
    usually = proposal.does if proposal.does is not None and proposal.text else ReplyEffect.ANSWERS
    due = file.line.respond_by
    return AnswerForm(
        text=text,
        means=(does or usually).mark,
        by_key=untouched,
        closes=does in (None, ReplyEffect.ANSWERS),
        waits=_waits(file),
        exact=request.form.get("until_exact", ""),
        latest=due.astimezone(zone()).strftime(MINUTE) if due is not None and due > now() else "",
    )


def _waits(file: CaseFile) -> tuple[tuple[str, str, bool], ...]:
    if file.line.state is not CaseState.AWAITING_REVIEW:
        return ()
    channels, due = active_rules().rulebook.channels, file.line.respond_by
    priority = Priority.of_rank(file.line.rank)
    chosen, asked = default_choice(due, now(), channels), request.form.get("until", "")
    choices = []
    for choice in waiting_choices(priority, due, now(), channels):
        local = choice.at.astimezone(zone())
        value = f"+{choice.minutes}" if choice.minutes else local.strftime(MINUTE)
        words = choice.words if choice.minutes else f"{choice.words}: {local:%d.%m, %H:%M}"
        choices.append((value, words, value == asked if asked else choice.at == chosen))
    return tuple(choices)


def chosen_until() -> datetime | None:
    """The moment that the form asks for, a typed one before a chosen one; None where it asks for none."""
    said = request.form.get("until_exact", "").strip() or request.form.get("until", "").strip()
    if not said:
        return None
    minutes = said.removeprefix("+")
    if said != minutes and minutes.isascii() and minutes.isdigit() and len(minutes) < 6:
        return now() + timedelta(minutes=int(minutes))
    try:
        return datetime.strptime(said, MINUTE).replace(tzinfo=zone())
    except ValueError:
        raise RequestRefused(f"«{said[:40]}» — не время. Выберите, когда вернуться к обращению.") from None
