"""A letter whose every further sentence is plain asks just that, or only thanks, whatever a model trained on whole letters thinks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.model import Found, Kind, Topic
from mailbot.model.facts import ASIDE

SURE = 0.95


def as_asked(
    likely: Mapping[str, float],
    questions: tuple[Found[str], ...],
    remainder: tuple[Found[str], ...],
    met: Iterable[Found[str]],
    topics: Iterable[Topic],
    *,
    alone: bool,
) -> dict[str, float]:
    """The probabilities, with the one topic that all sentences of the remainder plainly ask about, asides left out, and
    whose words were met or which the model knows (`accounting.answered`). Other topics of questions that its words touch are then
    none of the letter's: «до какого числа платить, чтобы без пени» asks for a day, not for a penalty.

    `alone`: the letter passes on no readings, so the question is what it was written for.
    """
    asked = _asked(questions, {one.value for one in met})
    kinds = {topic.name: topic.kind for topic in topics}
    if Kind.QUESTION in {kinds.get(name) for name in asked}:
        asked = {name for name in asked if kinds.get(name) is Kind.QUESTION}
    plain = {one.spans for one in questions if one.value in asked or one.confidence < 1}
    if len(asked) != 1 or not remainder or not {one.spans for one in remainder} <= plain:
        return dict(likely)
    (name,) = asked
    asked_kind = kinds.get(name, Kind.QUESTION)
    sure = {f"topic:{name}", f"kind:{asked_kind}"}
    primary = {f"primary:{kind}": SURE if kind is asked_kind else 1 - SURE for kind in Kind} if alone else {}
    touched = {f"topic:{other}": 0.0 for other, kind in kinds.items() if kind is asked_kind is Kind.QUESTION}
    return {**likely, **touched, **{name: max(likely.get(name, 0.0), SURE) for name in sure}, **primary}


def _asked(questions: Iterable[Found[str]], met: set[str]) -> set[str]:
    return {one.value for one in questions if one.value != ASIDE and (one.value in met or one.confidence < 1)}
