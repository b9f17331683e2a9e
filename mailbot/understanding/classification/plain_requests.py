"""A letter whose every further sentence is plain asks just that, or only thanks, whatever a model trained on whole letters thinks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailbot.model import ExtractedValue, LetterKind, Topic
from mailbot.model.letter.facts import ASIDE

ASSUMED_PROBABILITY = 0.95


def raise_asked_topics(
    likely: Mapping[str, float],
    questions: tuple[ExtractedValue[str], ...],
    remainder: tuple[ExtractedValue[str], ...],
    met: Iterable[ExtractedValue[str]],
    topics: Iterable[Topic],
    *,
    alone: bool,
) -> dict[str, float]:
    """The probabilities, with the one topic that all sentences of the remainder plainly ask about, asides left out, and
    whose words were met or which the model knows (`completeness.answered_sentences`). Other topics of questions
    that its words touch are then none of the letter's: «до какого числа платить, чтобы без пени» asks for a day, not for a penalty.

    `alone`: the letter passes on no readings, so the question is what it was written for.
    """
    asked = _asked(questions, {item.value for item in met})
    kinds = {topic.name: topic.kind for topic in topics}
    if LetterKind.QUESTION in {kinds.get(name) for name in asked}:
        asked = {name for name in asked if kinds.get(name) is LetterKind.QUESTION}
    plain = {question.spans for question in questions if question.value in asked or question.confidence < 1}
    if len(asked) != 1 or not remainder or not {item.spans for item in remainder} <= plain:
        return dict(likely)
    (name,) = asked
    asked_kind = kinds.get(name, LetterKind.QUESTION)
    sure = {f"topic:{name}", f"kind:{asked_kind}"}
    primary = (
        {
            f"primary:{kind}": ASSUMED_PROBABILITY if kind is asked_kind else 1 - ASSUMED_PROBABILITY
            for kind in LetterKind
        }
        if alone
        else {}
    )
    touched = {
        f"topic:{other}": 0.0 for other, kind in kinds.items() if kind is asked_kind is LetterKind.QUESTION
    }
    return {
        **likely,
        **touched,
        **{name: max(likely.get(name, 0.0), ASSUMED_PROBABILITY) for name in sure},
        **primary,
    }


def _asked(questions: Iterable[ExtractedValue[str]], met: set[str]) -> set[str]:
    return {
        question.value
        for question in questions
        if question.value != ASIDE and (question.value in met or question.confidence < 1)
    }
