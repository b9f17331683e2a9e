"""What a person may say that a letter is, and until when such a letter is owed an answer."""

from __future__ import annotations

from datetime import datetime

from mailbot.model import LetterCorrection, LetterKind, RequestRefused, Rulebook
from mailbot.policy.deadlines import calculate_deadline, calculate_limit
from mailbot.policy.routing import deadline_of
from mailbot.services.training.material.labelled_letters import SPAM
from mailbot.store import RecordedDecision


class UnknownLabel(RequestRefused):
    """A correction names a kind or a topic that there is not; the message (Russian) lists those there are."""


def respond_by(
    rulebook: Rulebook, said: LetterCorrection, received_at: datetime, judged: RecordedDecision | None = None
) -> datetime:
    """Until when a letter that is this is owed an answer, from its receipt (aware); a correspondent by his own time
    limit, where `judged` tells that the letter sets one."""
    if group := rulebook.correspondent(said.correspondent or ""):
        correspondent = judged.facts.correspondent if judged else None
        if correspondent is not None and correspondent.limit is not None:
            return calculate_limit(correspondent.limit.value, received_at, rulebook)[0]
        return calculate_deadline("emergency" if said.urgent else group.deadline, received_at, rulebook)[0]
    topic = rulebook.topic(said.topics[0]) if said.topics else None
    name = topic.deadline if topic and said.kinds[0] is not LetterKind.READING else deadline_of(said.kinds[0])
    return calculate_deadline("emergency" if said.urgent else name, received_at, rulebook)[0]


def check_labels(rulebook: Rulebook, said: LetterCorrection) -> None:
    """UnknownLabel where a topic is no row of `topics.toml`, a group none of `correspondents.toml`, or no kind is
    named."""
    if said.correspondent and rulebook.correspondent(said.correspondent) is None:
        groups = ", ".join(group.name for group in rulebook.correspondents)
        raise UnknownLabel(f"Корреспондента «{said.correspondent}» нет; есть {groups}.")
    if not said.kinds and not said.correspondent:
        raise UnknownLabel(f"Не назван вид; есть {', '.join(LetterKind)}.")
    known = (*(topic.name for topic in rulebook.topics), SPAM)
    if unknown := [topic for topic in said.topics if topic not in known]:
        raise UnknownLabel(f"Темы «{unknown[0]}» нет; есть {', '.join(known)}.")
