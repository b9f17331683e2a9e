"""Threats to the life, health or property of an employee or their family (clause 2.2.email.2).

Going to the prosecutor, the antimonopoly service or a court is the client's right and no threat;
nor is violence that the writer only reports or speaks of in a figure («меня убивает непонимание»).
"""

from __future__ import annotations

import re

from mailbot.model import AbuseKind, ExtractedValue, Rulebook, Span
from mailbot.understanding.patterns.word_cues import cue_spans
from mailbot.understanding.text.passages import Passage

_NO_PERSON = re.compile(
    r"(?:за(?:я|ю)?вк|претензи|счетчик|пломб|себя\b|нас убь|меня|время|нервы|здоровье мое"
    r"|(?:он|слесарь|контролер|мастер|сотрудник|инспектор)\w* (?:\w+ ){0,4}(?:угрожа|сказал|обещал|кричал))"
)
"""The writer is the victim, or the object is a thing of their own."""

_OWN_FEAR = re.compile(
    r"(?<!\w)(?:боимся|боюсь|опасаемся|опасаюсь|страшно|из-за (?:вашей|вашего|вас|аварий))"
)


def find_threats(texts: tuple[Passage, ...], rulebook: Rulebook) -> tuple[ExtractedValue[AbuseKind], ...]:
    """A threat, with all its places; empty where there is none."""
    by_part = {text.part: text for text in texts}
    spans = tuple(
        span for span in cue_spans(rulebook.words("threat"), texts) if not _reported(by_part[span.part], span)
    )
    return (ExtractedValue(AbuseKind.THREAT, spans, 0.85),) if spans else ()


def _reported(text: Passage, span: Span) -> bool:
    left, right = text.sentence(span.start, span.end)
    if _OWN_FEAR.search(text.folded, left, right):
        return True
    return bool(_NO_PERSON.search(text.folded, left, span.end))
