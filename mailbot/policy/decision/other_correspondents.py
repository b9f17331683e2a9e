"""Letters that are not from clients: before a person, with the term that the letter names, and without a word of ours.

The standard speaks of clients' appeals, so neither its clauses on silence nor the machine's ready answers hold here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailbot.model import (
    Action,
    Certainty,
    Correspondent,
    CorrespondentGroup,
    GroupHandling,
    Judgement,
    Priority,
    Rulebook,
    RuleTrial,
)
from mailbot.model.rules.correspondent_group import ACKNOWLEDGEMENT
from mailbot.policy.deadlines import calculate_deadline, calculate_limit
from mailbot.policy.verdict import LetterInContext, Verdict

RULE = "correspondent"
CLAUSE = "2.2.email"
"""The chapter that speaks of clients' appeals; these letters are not among them."""

IMPORT = "реестр платежей загружается командой «mailbot payments import» после проверки"


def correspondence(matter: LetterInContext) -> Verdict | None:
    """The outcome for a letter that is surely a correspondent's, or goes on where one had begun; None for any other."""
    correspondent = matter.facts.correspondent
    group = _group(matter)
    if group is None:
        return None
    urgent = matter.facts.urgent[0] if matter.facts.urgent else None
    acknowledges = group.acknowledge and not matter.letter.automatic
    number = (
        correspondent.number.value if correspondent is not None and correspondent.number is not None else ""
    )
    return Verdict(
        Action.REVIEW,
        f"{group.title}: {correspondent.because if correspondent is not None else 'продолжение переписки'}; отвечает сотрудник",
        rule=RULE,
        clause=CLAUSE,
        template=ACKNOWLEDGEMENT if acknowledges else None,
        doubts=(IMPORT,) if group.act is GroupHandling.PAYMENTS else (),
        priority=Priority.EMERGENCY if urgent and not matter.facts.urgency_doubt else Priority.HIGH,
        topic=urgent.value if urgent else None,
        deadline=group.deadline,
        confidence=correspondent.confidence if correspondent is not None else matter.rulebook.thresholds.kind,
        correspondent=group.name,
        their_number=number,
        assignee=group.assignee,
    )


def _group(matter: LetterInContext) -> CorrespondentGroup | None:
    """The group of a sure finding; where there is none, that of the case that the letter continues."""
    correspondent = matter.facts.correspondent
    if correspondent is not None and correspondent.answer is Certainty.YES:
        return matter.rulebook.correspondent(correspondent.group)
    if matter.letter.automatic:
        return None
    return matter.rulebook.correspondent(matter.context.correspondent)


def why_possibly_correspondent(matter: LetterInContext) -> str:
    """Why the letter may not be silenced or ignored (Russian): it may be a correspondent's; empty where it is not."""
    correspondent = matter.facts.correspondent
    if correspondent is None or correspondent.answer is not Certainty.DOUBT:
        return ""
    group = matter.rulebook.correspondent(correspondent.group)
    return (
        f"возможно, это не клиент, а {group.title if group else correspondent.group}: {correspondent.because}"
    )


def respond_by_for(verdict: Verdict, matter: LetterInContext) -> tuple[datetime, str]:
    """Until when a correspondent is owed an answer, and why: his own term, else his group's; an emergency's if sooner."""
    received, rulebook, correspondent = matter.letter.received_at, matter.rulebook, matter.facts.correspondent
    own = (
        correspondent is not None
        and correspondent.limit is not None
        and correspondent.group == verdict.correspondent
    )
    due = (
        calculate_limit(correspondent.limit.value, received, rulebook)
        if own and correspondent is not None and correspondent.limit is not None
        else calculate_deadline(verdict.deadline, received, rulebook)
    )
    if verdict.priority is not Priority.EMERGENCY:
        return due
    topic = rulebook.topic(verdict.topic or "")
    return min(due, calculate_deadline(topic.deadline if topic else "emergency", received, rulebook))


def correspondent_trial(found: Correspondent | None, rulebook: Rulebook) -> tuple[RuleTrial, ...]:
    """The finding beside those of the rules; nothing where the rulebook knows no correspondents."""
    if not rulebook.correspondents:
        return ()
    looked = ("адрес", "бланк", "подпись", "официальная форма", "слова клиента")
    if found is None:
        return (
            RuleTrial(
                RULE, CLAUSE, Judgement(Certainty.NO, "пишет не ведомство и не контрагент", (), looked)
            ),
        )
    group = rulebook.correspondent(found.group)
    because = f"{group.title if group else found.group}: {found.because}"
    return (RuleTrial(RULE, CLAUSE, Judgement(found.answer, because, found.spans, looked)),)


def review_instead_of_silencing(verdict: Verdict, doubt: str) -> Verdict:
    """What a rule would have silenced, before a person with the doubt."""
    return replace(
        verdict,
        action=Action.REVIEW,
        because=f"решает сотрудник: {doubt}",
        template=None,
        doubts=(doubt, verdict.because, *verdict.doubts),
    )
