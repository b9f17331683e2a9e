"""What a letter is about: the patterns of `rules/topics.toml` over the writer's words."""

from __future__ import annotations

from mailbot.model import Found, Span, Topic
from mailbot.understanding.cues import cue_spans, distinct
from mailbot.understanding.passages import Passage

_FIRST_CUE = 0.6
_EACH_MORE = 0.12
_IN_SUBJECT = 0.1


def find_topics(texts: tuple[Passage, ...], topics: tuple[Topic, ...]) -> tuple[Found[str], ...]:
    """Every topic the words touch, the surest first (equally sure ones in the order of the file)."""
    found = [
        Found(topic.name, spans, _confidence(spans, texts))
        for topic in topics
        if (spans := cue_spans(topic.patterns, texts))
    ]
    return tuple(sorted(found, key=lambda topic: -topic.confidence))


def _confidence(spans: tuple[Span, ...], texts: tuple[Passage, ...]) -> float:
    """0.6 for one cue, more for further ones and for a cue in the subject, which names the matter itself."""
    in_subject = _IN_SUBJECT if any(span.part == "subject" for span in spans) else 0.0
    return round(min(0.98, _FIRST_CUE + _EACH_MORE * (distinct(spans, texts) - 1) + in_subject), 2)
