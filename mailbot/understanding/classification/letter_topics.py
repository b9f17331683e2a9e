"""What a letter is about: the patterns of `rules/topics.toml`, weighed by the model where it knows the topic."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model import ExtractedValue, Rulebook, Span, Topic
from mailbot.understanding.classification.trained_model import telling_words
from mailbot.understanding.patterns.word_cues import cue_spans, distinct
from mailbot.understanding.text.passages import Passage

_FIRST_CUE = 0.6
_EACH_MORE = 0.12
_IN_SUBJECT = 0.1


def find_topics(texts: tuple[Passage, ...], topics: tuple[Topic, ...]) -> tuple[ExtractedValue[str], ...]:
    """Every topic the words touch, the surest first (equally sure ones in the order of the file)."""
    topics_found = [
        ExtractedValue(topic.name, spans, _confidence(spans, texts))
        for topic in topics
        if (spans := cue_spans(topic.patterns, texts))
    ]
    return tuple(sorted(topics_found, key=lambda topic: -topic.confidence))


def _confidence(spans: tuple[Span, ...], texts: tuple[Passage, ...]) -> float:
    """0.6 for one cue, more for further ones and for a cue in the subject, which names the matter itself."""
    in_subject = _IN_SUBJECT if any(span.part == "subject" for span in spans) else 0.0
    return round(min(0.98, _FIRST_CUE + _EACH_MORE * (distinct(spans, texts) - 1) + in_subject), 2)


def weighed_topics(
    named: tuple[ExtractedValue[str], ...],
    likely: Mapping[str, float],
    texts: tuple[Passage, ...],
    rulebook: Rulebook,
) -> tuple[ExtractedValue[str], ...]:
    """The topics named by patterns, surer only where the model agrees, and those it sees without a pattern.

    A topic with too few training letters keeps the confidence of its patterns. An emergency named by its
    words is never taken away: what it is worth, a person sees.
    """
    by_name = {topic.value: topic for topic in named}
    topics = []
    for topic in rulebook.topics:
        share = likely.get(f"topic:{topic.name}")
        by_words = by_name.get(topic.name)
        if share == 0 and not topic.emergency:  # `plainly_asked`: the words only touch it
            continue
        if by_words is not None:
            if share is None or topic.emergency or share >= rulebook.thresholds.topic:
                topics.append(by_words)
            else:
                topics.append(
                    ExtractedValue(topic.name, by_words.spans, round(min(share, by_words.confidence), 2))
                )
        elif share is not None and share >= rulebook.thresholds.topic:
            spans = telling_words(texts, rulebook.classifier, f"topic:{topic.name}")
            topics.append(ExtractedValue(topic.name, spans, round(share, 2)))
    return tuple(sorted(topics, key=lambda topic: -topic.confidence))
