"""Decide one letter: a correspondent's? ignored? an emergency? silenced by a clause? in doubt? else routed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.model import Action, Certainty, Context, Decision, Facts, Letter, Rulebook, Trial
from mailbot.model.writer import by_our_form
from mailbot.policy.accounting import finished_whole
from mailbot.policy.correspondence import answer_by, correspondence, not_silenced, perhaps, trial
from mailbot.policy.deadlines import deadline
from mailbot.policy.delivery_change import UNCLEAR, answered_by
from mailbot.policy.doubts import before_a_person, doubts_of
from mailbot.policy.emergency import emergency
from mailbot.policy.follow_up import as_continued, continued
from mailbot.policy.ledger_answers import from_ledger
from mailbot.policy.readings import split
from mailbot.policy.reminder_refusal import no_more_reminders
from mailbot.policy.routing import route
from mailbot.policy.silence import by_rule
from mailbot.policy.trials import Tried, first_hit, try_all
from mailbot.policy.verdict import Matter, Verdict


def decide(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook, now: datetime) -> Decision:
    """What is done with the letter, and why; total: every letter gets a decision.

    Deadlines count from the letter's receipt, however late it is decided (`now`). Every rule is tried and kept, hit or miss.
    """
    matter = Matter(letter, facts, context, rulebook, split(letter, facts, context, rulebook))
    ignoring = try_all(rulebook.ignore, letter, facts, context, rulebook)
    silencing = try_all(rulebook.no_reply, letter, facts, context, rulebook)
    verdict = finished_whole(_verdict(matter, ignoring, silencing), matter)
    verdict = _robots_get_no_letter(verdict, letter)
    trials = (*trial(facts.correspondent, rulebook), *(one.trial for one in (*ignoring, *silencing)))
    return _recorded(verdict, trials, matter, now)


def _verdict(matter: Matter, ignoring: tuple[Tried, ...], silencing: tuple[Tried, ...]) -> Verdict:
    """The order is the policy: correspondents are no clients, so no rule on clients holds for them; an emergency stands
    before every clause that silences (clause 5), and one that a correspondent may report is not ignored for a list's header."""
    if (written := correspondence(matter)) is not None:
        return written
    if (hit := first_hit(ignoring)) and not (matter.facts.urgent and perhaps(matter)):
        return _not_silenced_in_doubt(by_rule(hit, matter), matter)
    if matter.facts.urgent:
        return emergency(matter, (*ignoring, *silencing))
    if matter.context.asked is not None:
        return _to_our_question(matter, (*ignoring, *silencing))
    if (stopped := no_more_reminders(matter)) is not None:
        return stopped
    if (hit := first_hit(silencing)) and not _whose_is_unclear(matter):
        return _not_silenced_in_doubt(by_rule(hit, matter), matter)
    routed = from_ledger(route(matter), matter)
    if routed.action is not Action.ANSWER and (earlier := continued(matter)) is not None:
        return _as_a_repeat(as_continued(routed, earlier, matter, (*ignoring, *silencing)), silencing)
    if doubts := doubts_of(matter, (*ignoring, *silencing)):
        return _as_a_repeat(before_a_person(routed, doubts), silencing)
    return routed


def _whose_is_unclear(matter: Matter) -> bool:
    """May it be a robot's, or a client's through a form of our site? The clauses that silence speak of a client's own letter,
    and the form asks for the contact data: a person looks first."""
    return bool(matter.letter.automatic) or by_our_form(matter.letter, matter.rulebook.channels.own_addresses)


def _as_a_repeat(verdict: Verdict, silencing: tuple[Tried, ...]) -> Verdict:
    """The verdict marked with the case that the letter may repeat, so that a person sees both side by side."""
    for one in silencing:
        if one.answer is Certainty.DOUBT and one.trial.finding.case:
            return replace(verdict, repeats=one.trial.finding.case, clause=one.rule.clause)
    return verdict


def _not_silenced_in_doubt(verdict: Verdict, matter: Matter) -> Verdict:
    """No rule silences a letter that may be a correspondent's."""
    silent = verdict.action in (Action.IGNORE, Action.NO_REPLY)
    return not_silenced(verdict, doubt) if silent and (doubt := perhaps(matter)) else verdict


def _to_our_question(matter: Matter, tried: tuple[Tried, ...]) -> Verdict:
    """A letter that answers a question of ours is understood by it, and silenced by no clause."""
    routed = from_ledger(route(matter), matter)
    return answered_by(routed, matter) or before_a_person(routed, (UNCLEAR, *doubts_of(matter, tried)))


def _robots_get_no_letter(verdict: Verdict, letter: Letter) -> Verdict:
    """RFC 3834 2: whatever a rule says, no letter of ours answers an automatic one."""
    if not letter.automatic or verdict.template is None:
        return verdict
    return replace(
        verdict,
        action=Action.REVIEW,
        template=None,
        proposed=None if verdict.change else verdict.template,
        on_substance=False,
        accounts=(),
        change=None,
        documents=(),
        stops_reminders=False,
    )


def _recorded(verdict: Verdict, trials: tuple[Trial, ...], matter: Matter, now: datetime) -> Decision:
    owed = verdict.action not in (Action.IGNORE, Action.NO_REPLY)
    since, name = matter.letter.received_at, verdict.deadline or "question"
    respond_by: datetime | None = None
    source = ""
    if verdict.correspondent:
        respond_by, source = answer_by(verdict, matter)
    elif owed:
        respond_by, source = deadline(name, since, matter.rulebook)
    return Decision(
        action=verdict.action,
        rule=verdict.rule,
        clause=verdict.clause,
        because=verdict.because,
        trials=trials,
        template=verdict.template,
        proposed=verdict.proposed,
        on_substance=verdict.on_substance,
        accepted=verdict.accepted,
        refused=verdict.refused,
        doubts=verdict.doubts,
        priority=verdict.priority,
        topic=verdict.topic,
        respond_by=respond_by,
        deadline_source=source,
        confidence=verdict.confidence,
        rulebook_version=matter.rulebook.version,
        decided_at=now,
        ledger=matter.readings.ledger if verdict.accepted else (),
        accounts=verdict.accounts,
        change=verdict.change,
        documents=verdict.documents,
        stops_reminders=verdict.stops_reminders,
        repeats=verdict.repeats,
        correspondent=verdict.correspondent,
        their_number=verdict.their_number,
        assignee=verdict.assignee,
    )
