"""Steam in the street is never silenced: not for a missing phone, not for a rude word (clause 5)."""

from __future__ import annotations

from mailbot.model import Action, Authority, Certainty, Priority
from mailbot.policy.routing import row_for
from mailbot.policy.trials import Tried
from mailbot.policy.verdict import Matter, Verdict

CLAUSE = "5"
"""Chapter 5: letters on the interruption of heat supply are what the whole reception is for."""


def emergency(matter: Matter, silencing: tuple[Tried, ...]) -> Verdict:
    """On top of the queue, acknowledged at once; what rules say against it a person reads as doubts."""
    urgent = matter.facts.urgent[0]
    topic = matter.rulebook.topic(urgent.value)
    row = row_for("emergency", matter.rulebook)
    acts = row is not None and row.authority is Authority.ACT and _surely_a_letter_of_a_client(matter)
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
        doubts=tuple(one.trial.finding.because for one in silencing if one.answer is not Certainty.NO),
        priority=Priority.EMERGENCY,
        topic=urgent.value,
        deadline=topic.deadline if topic else "emergency",
        confidence=urgent.confidence,
    )


def _surely_a_letter_of_a_client(matter: Matter) -> bool:
    """An advertisement for burst pipes is looked at by a person, but gets no letter of ours."""
    return not matter.letter.automatic and matter.facts.client.answer is Certainty.YES
