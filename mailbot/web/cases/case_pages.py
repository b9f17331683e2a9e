"""One case: the letter beside what was understood, and all that a person may do with it (`case_letters`, `case_acts`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from mailbot.model import CaseState, ReplyEffect, StaffRole
from mailbot.model.case.staff_act import AnswerWay
from mailbot.services.desk import case_lists, staff_list
from mailbot.services.desk.case_acts.acts import ReadingForm
from mailbot.services.desk.case_acts.closing_confirmed import confirmation, unopened
from mailbot.services.desk.case_acts.closing_unanswered import UnansweredMatter
from mailbot.services.desk.case_acts.reading_acceptance import AcceptanceQuestion
from mailbot.services.desk.case_file import presence
from mailbot.services.desk.case_file.case_file import CaseFile, case_file
from mailbot.services.desk.case_file.possible_repeat import repeat_of
from mailbot.services.desk.case_file.told_readings import disclosed_readings
from mailbot.services.desk.case_file.unaccounted_text import find_left_over
from mailbot.services.desk.writing.proposed_letter import phrases, proposal_of
from mailbot.web.access import needs
from mailbot.web.accounts.account_pages import MAX_CARDS, cards
from mailbot.web.cases.answer_form import answer_form
from mailbot.web.cases.case_evidence import findings, parts
from mailbot.web.cases.list_filter import asked_in
from mailbot.web.cases.queue_pages import next_line
from mailbot.web.cases.review_reasons import reasons
from mailbot.web.hostile_content import opened_files, safe_name, shown_type
from mailbot.web.request_context import active_rules, member, now, store
from mailbot.web.value_display import moment, zone
from mailbot.wording.case_titles import ANSWER_WAYS
from mailbot.wording.evidence import EvidenceKind

pages = Blueprint("case", __name__)


@pages.get("/case/<reference>")
@needs(StaffRole.OPERATOR)
def show(reference: str) -> str:
    """The case's page; whoever opens it has seen it, also without script: alarms go no further."""
    file = case_file(store(), reference, member(), now())
    presence.note_opened(store(), file, member(), now())
    return render(file)


@dataclass(frozen=True, slots=True)
class OtherChannelAnswer:
    """What a client was told otherwise than by letter, as typed, and why it did not close the case."""

    way: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class SilencingAct:
    """The act that would leave the letter without an answer (`ignore`, or `silence` by `clause`), and what is at stake."""

    act: str
    clause: str
    stakes: tuple[UnansweredMatter, ...]


@dataclass(frozen=True, slots=True)
class HeldReading:
    """A reading that is not taken yet: what was typed, why, and what the person is asked before it is."""

    id: int
    form: ReadingForm
    fault: str
    question: AcceptanceQuestion | None


def render(
    file: CaseFile,
    *,
    text: str | None = None,
    fault: str = "",
    doubt: ReplyEffect | None = None,
    told: OtherChannelAnswer | None = None,
    asked: SilencingAct | None = None,
    held: HeldReading | None = None,
) -> str:
    """The case; `text` is what was typed and was not sent, `fault` why. `doubt`: what it seems to do instead of
    answering; the person may insist, as with what the client was `told`. `asked`: what they are to be sure of; `held`: a reading
    that is not taken yet."""
    rules, evidence = active_rules(), findings(file)
    proposal = proposal_of(store(), file, rules, now())
    query = request.args.get("view", "") or request.form.get("view", "")
    following = next_line(asked_in(query), file.line)
    repeat = repeat_of(store(), file, rules.rulebook)
    because, doubts = reasons(file.line, repeat)
    return render_template(
        "case.html",
        file=file,
        line=file.line,
        decision=file.judged.decision if file.judged else None,
        findings=evidence,
        parts=parts(file, [(name, span) for name, _, _, _, spans in evidence for span in spans]),
        proposal=proposal,
        answer=answer_form(file, proposal, text if text is not None else file.draft or proposal.text),
        drafted=bool(file.draft) and text is None,
        fault=fault,
        doubt=doubt,
        told=told,
        asked=asked,
        held=held,
        repeat=repeat,
        rest=[(name, value) for name, what, value, _, _ in evidence if what == EvidenceKind.OTHER],
        unseen=find_left_over(file).unseen,
        unopened=[
            (attachment, safe_name(attachment))
            for attachment in unopened(file, opened_files(file.line.reference))
        ],
        confirmation=None if repeat else confirmation(file, rules.rulebook),
        because=because,
        doubts=doubts,
        phrases=phrases(file.line, disclosed_readings(file, rules.rulebook), rules.templates, now()),
        no_reply=rules.rulebook.no_reply,
        ways=ANSWER_WAYS,
        way=told.way if told else AnswerWay.usual(file.line.channel),
        topics=rules.rulebook.topics,
        groups=rules.rulebook.correspondents,
        people=staff_list.active_members(store()),
        view=query,
        next_reference=following.reference if following else "",
        waiting=file.line.state is CaseState.AWAITING_REVIEW,
        attachments=[
            (attachment, safe_name(attachment), shown_type(attachment))
            for attachment in (file.letter.attachments if file.letter else ())
        ],
        cards=cards(account.account for account in file.accounts),
        most_cards=MAX_CARDS,
        tomorrow=(now().astimezone(zone()) + timedelta(days=1)).date().isoformat(),
    )


def go_on(reference: str, *, stay: bool = False) -> AnyResponse:
    """To the case that follows the one just acted upon, in the list one came from."""
    view = request.form.get("view", "")
    if stay:
        return redirect(url_for("case.show", reference=reference, view=view or None))
    return _next(reference, view)


def _next(reference: str, view: str) -> AnyResponse:
    following = next_line(asked_in(view), case_lists.line_of(store(), reference))
    if following is None:
        return redirect(url_for("queue.show") + ("?" + view if view else ""))
    return redirect(url_for("case.show", reference=following.reference, view=view or None))


@pages.post("/case/<reference>/here")
@needs(StaffRole.OPERATOR)
def here(reference: str) -> str:
    """Keep what is being typed, say that one is here, and be told who else is, and whether the page is stale."""
    text = request.form.get("text")
    case = presence.note_typing(store(), reference, member(), text, now())
    return render_template(
        "_presence.html",
        present=case.present,
        stale=str(case.version) != request.form.get("version", str(case.version)),
        kept=moment(now()) if text and text.strip() else "",
        reference=reference,
    )


@pages.get("/case/<reference>/next")
@needs(StaffRole.OPERATOR)
def following(reference: str) -> AnyResponse:
    """The case after this one in the list, without doing anything."""
    return _next(reference, request.args.get("view", ""))
