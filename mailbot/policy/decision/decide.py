"""Decide one letter: a correspondent's? ignored? an emergency? silenced by a clause? in doubt? else routed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.model import Action, Certainty, Decision, Letter, RuleTrial
from mailbot.model.letter.writer import is_from_own_form
from mailbot.policy.answers.delivery_change import UNCLEAR_ANSWER, confirm_change
from mailbot.policy.answers.ledger_answers import answer_from_ledger
from mailbot.policy.deadlines import calculate_deadline
from mailbot.policy.decision.completeness import finish_letter
from mailbot.policy.decision.doubts import find_doubts, propose_for_review
from mailbot.policy.decision.emergency import decide_emergency
from mailbot.policy.decision.follow_up import find_continued_case, review_as_continued
from mailbot.policy.decision.other_correspondents import (
    correspondence,
    correspondent_trial,
    respond_by_for,
    review_instead_of_silencing,
    why_possibly_correspondent,
)
from mailbot.policy.decision.reminder_refusal import no_more_reminders
from mailbot.policy.decision.rule_hits import TriedRule, first_hit, try_all
from mailbot.policy.decision.silencing import apply_silencing_rule
from mailbot.policy.readings.acceptance import split_readings
from mailbot.policy.routing import route
from mailbot.policy.verdict import LetterInContext, LetterWithReadings, Verdict


def decide(known: LetterInContext, now: datetime) -> Decision:
    """What is done with the letter, and why; total: every letter gets a decision.

    Deadlines count from the letter's receipt, however late it is decided (`now`). Every rule is tried and kept, hit or miss.
    """
    rulebook = known.rulebook
    matter = LetterWithReadings(known.letter, known.facts, known.context, rulebook, split_readings(known))
    ignoring = try_all(rulebook.ignore, matter)
    silencing = try_all(rulebook.no_reply, matter)
    verdict = finish_letter(_verdict(matter, ignoring, silencing), matter)
    verdict = _robots_get_no_letter(verdict, matter.letter)
    trials = (
        *correspondent_trial(matter.facts.correspondent, rulebook),
        *(rule.trial for rule in (*ignoring, *silencing)),
    )
    return _recorded(verdict, trials, matter, now)


def _verdict(
    matter: LetterWithReadings, ignoring: tuple[TriedRule, ...], silencing: tuple[TriedRule, ...]
) -> Verdict:
    """The order is the policy: correspondents are no clients, so no rule on clients holds for them; an emergency stands
    before every clause that silences (clause 5), and one that a correspondent may report is not ignored for a list's header."""
    if (written := correspondence(matter)) is not None:
        return written
    if (hit := first_hit(ignoring)) and not (matter.facts.urgent and why_possibly_correspondent(matter)):
        return _not_silenced_in_doubt(apply_silencing_rule(hit, matter), matter)
    if matter.facts.urgent:
        return decide_emergency(matter, (*ignoring, *silencing))
    if matter.context.asked is not None:
        return _to_our_question(matter, (*ignoring, *silencing))
    if (stopped := no_more_reminders(matter)) is not None:
        return stopped
    if (hit := first_hit(silencing)) and not _whose_is_unclear(matter):
        return _not_silenced_in_doubt(apply_silencing_rule(hit, matter), matter)
    routed = answer_from_ledger(route(matter), matter)
    if routed.action is not Action.ANSWER and (earlier := find_continued_case(matter)) is not None:
        return _as_a_repeat(review_as_continued(routed, earlier, matter, (*ignoring, *silencing)), silencing)
    if doubts := find_doubts(matter, (*ignoring, *silencing)):
        return _as_a_repeat(propose_for_review(routed, doubts), silencing)
    return routed


def _whose_is_unclear(matter: LetterInContext) -> bool:
    """May it be a robot's, or a client's through a form of our site? The clauses that silence speak of a client's own letter,
    and the form asks for the contact data: a person looks first."""
    return bool(matter.letter.automatic) or is_from_own_form(
        matter.letter, matter.rulebook.channels.own_addresses
    )


def _as_a_repeat(verdict: Verdict, silencing: tuple[TriedRule, ...]) -> Verdict:
    """The verdict marked with the case that the letter may repeat, so that a person sees both side by side."""
    for rule in silencing:
        if rule.answer is Certainty.DOUBT and rule.trial.finding.case:
            return replace(verdict, repeats=rule.trial.finding.case, clause=rule.rule.clause)
    return verdict


def _not_silenced_in_doubt(verdict: Verdict, matter: LetterInContext) -> Verdict:
    """No rule silences a letter that may be a correspondent's."""
    silent = verdict.action.is_silent
    return (
        review_instead_of_silencing(verdict, doubt)
        if silent and (doubt := why_possibly_correspondent(matter))
        else verdict
    )


def _to_our_question(matter: LetterWithReadings, tried: tuple[TriedRule, ...]) -> Verdict:
    """A letter that answers a question of ours is understood by it, and silenced by no clause."""
    routed = answer_from_ledger(route(matter), matter)
    return confirm_change(routed, matter) or propose_for_review(
        routed, (UNCLEAR_ANSWER, *find_doubts(matter, tried))
    )


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


def _recorded(
    verdict: Verdict, trials: tuple[RuleTrial, ...], matter: LetterWithReadings, now: datetime
) -> Decision:
    owed = not verdict.action.is_silent
    since, name = matter.letter.received_at, verdict.deadline or "question"
    respond_by: datetime | None = None
    source = ""
    if verdict.correspondent:
        respond_by, source = respond_by_for(verdict, matter)
    elif owed:
        respond_by, source = calculate_deadline(name, since, matter.rulebook)
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
