"""What stands beside readings, judged as a letter of its own: among many values a model of whole letters overlooks a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from mailbot.model import ExtractedValue, Letter, LetterKind, LetterPart, Rulebook, Segment, SegmentRole
from mailbot.understanding.classification.trained_model import LetterFeatures, probabilities

_WANTS = 0.9
"""How surely a sentence wants something (`remainder.find_remainder`); what may be talk speaks for no kind."""

_REPLY = re.compile(r"\s*(?:re|отв|ответ)\s*:", re.IGNORECASE)
_KINDS = (LetterKind.COMPLAINT, LetterKind.QUESTION)


def with_matters_beside(
    likely: Mapping[str, float],
    letter: Letter,
    remainder: tuple[ExtractedValue[str], ...],
    rulebook: Rulebook,
    features_of: Callable[[Letter], LetterFeatures],
) -> dict[str, float]:
    """The probabilities of a letter with readings, where the sentences that surely want something say which kind that is.

    Looked at only where the whole letter shows no further kind: the look costs as much as a letter."""
    sure = [item.value for item in remainder if item.confidence >= _WANTS and not _is_quoted(item, letter)]
    if not sure or any(likely[f"kind:{kind}"] >= rulebook.thresholds.also for kind in _KINDS):
        return dict(likely)
    apart = probabilities(features_of(_of(letter, "\n".join(sure))), rulebook.classifier)
    return {**likely, **{name: max(likely[name], apart[name]) for name in map("kind:{}".format, _KINDS)}}


def _is_quoted(sentence: ExtractedValue[str], letter: Letter) -> bool:
    """Does it stand among quoted words, or in the subject of a reply? They may be of an earlier letter."""
    if _REPLY.match(letter.subject) and all(span.part == "subject" for span in sentence.spans):
        return True
    return any(letter.role_at(span) is SegmentRole.QUOTED for span in sentence.spans)


def _of(letter: Letter, text: str) -> Letter:
    """The same writer's letter with these words alone."""
    body = LetterPart("body", text, (Segment(0, len(text), SegmentRole.WRITTEN),))
    return replace(letter, parts=(LetterPart("subject", "", ()), body), html="", attachments=())
