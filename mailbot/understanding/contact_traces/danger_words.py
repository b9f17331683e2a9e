"""Words of danger, of life and death: a letter that may tell of them is not left unanswered for want of contact data.

Whether it happens, and how badly, `urgency` judges, and an emergency is announced; what that does not know, a person reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailbot.understanding.contact_traces.noun_phrases import may_be, of
from mailbot.understanding.contact_traces.trace_vocabulary import TraceWords
from mailbot.understanding.contact_traces.unexplained_words import TraceToken

PERIL = "слово об опасности"

_TO_LIVE = frozenset({"жить"})


def peril_traces(sentence: Sequence[TraceToken], words: TraceWords) -> Iterator[tuple[str, TraceToken]]:
    """Each such word; of «жить» the infinitive alone: «устал жить», not «живу рядом»."""
    for token in sentence:
        if of(token, words.peril) or (of(token, _TO_LIVE) and may_be(token, "INFN")):
            yield PERIL, token
