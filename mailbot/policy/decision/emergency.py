"""Steam in the street is never silenced: not for a missing phone, not for a rude word (clause 5).

What only looks like it is not silenced either: a person looks within the same hours, and the client is promised nothing.
"""

from __future__ import annotations

from dataclasses import replace

from mailbot.model import Action, Certainty, Priority, RuleAuthority
from mailbot.policy.answers.ledger_answers import answer_from_ledger
from mailbot.policy.decision.doubts import find_doubts, propose_for_review
from mailbot.policy.decision.rule_hits import TriedRule
from mailbot.policy.routing import find_answer_row, route
from mailbot.policy.verdict import LetterInContext, LetterWithReadings, Verdict

CLAUSE = "5"
"""Chapter 5: letters on the interruption of heat supply are what the whole reception is for."""


DESPAIR = "despair"
"""The topic of a letter that speaks of suicide: people call at once, and no letter of the machine's goes out."""


def decide_emergency(matter: LetterWithReadings, tried: tuple[TriedRule, ...]) -> Verdict:
    """The verdict on a letter that tells of an emergency, surely or perhaps."""
    return _doubtful(matter, tried) if matter.facts.urgency_doubt else _sure(matter, tried)


def _doubtful(matter: LetterWithReadings, tried: tuple[TriedRule, ...]) -> Verdict:
    """Before a person with an emergency's deadline and the doubt named; nothing is sent, taken or silenced."""
    name = matter.facts.urgent[0].value
    looks = "похоже на угрозу жизни" if name == DESPAIR else "похоже на аварию"
    doubts = (f"{looks}, но {matter.facts.urgency_doubt}", *find_doubts(matter, tried))
    topic = matter.rulebook.topic(name)
    return replace(
        propose_for_review(answer_from_ledger(route(matter), matter), doubts),
        priority=Priority.HIGH,
        topic=name,
        deadline=topic.deadline if topic else "emergency",
    )


def _sure(matter: LetterWithReadings, tried: tuple[TriedRule, ...]) -> Verdict:
    """On top of the queue, acknowledged at once; what rules say against it a person reads as doubts."""
    urgent = matter.facts.urgent[0]
    topic = matter.rulebook.topic(urgent.value)
    row = find_answer_row("emergency", matter.rulebook) if urgent.value != DESPAIR else None
    acts = row is not None and row.authority is RuleAuthority.ACT and _surely_a_letter_of_a_client(matter)
    name = row.template if row else None
    return Verdict(
        Action.REVIEW,
        f"сообщение об аварии: {topic.title if topic else urgent.value}",
        rule=row.name if row else None,
        clause=CLAUSE,
        template=name if acts else None,
        proposed=None if acts else name,
        accepted=matter.readings.accepted if acts else (),
        refused=matter.readings.refused if acts else (),
        doubts=tuple(rule.trial.finding.because for rule in tried if rule.answer is not Certainty.NO),
        priority=Priority.EMERGENCY,
        topic=urgent.value,
        deadline=topic.deadline if topic else "emergency",
        confidence=urgent.confidence,
    )


def _surely_a_letter_of_a_client(matter: LetterInContext) -> bool:
    """An advertisement for burst pipes is looked at by a person, but gets no letter of ours."""
    return not matter.letter.automatic and matter.facts.client.answer is Certainty.YES
