"""What a sentence says happens: something breaks, runs where it does not belong, floods, or is gone in frost.

Whether it is true, present and near is another question (`reality`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.understanding.urgency.noun_events import by_noun, lies_under_a_part
from mailbot.understanding.urgency.predicate_context import PredicateContext
from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.verb_events import by_verb, out_of_a_part
from mailbot.understanding.urgency.word_forms import Tense


@dataclass(frozen=True, slots=True)
class EmergencyEvent:
    """What happens at word `at` of a sentence. `topic` names a row of `rules/topics.toml`; `tense` is None for a noun.

    `plain`: the words leave no other meaning; else only a cry for help makes an emergency of it.
    """

    topic: str
    sentence: Sentence
    at: int
    plain: bool
    tense: Tense | None

    @property
    def word(self) -> SentenceWord:
        return self.sentence.words[self.at]


def events(sentence: Sentence) -> Iterator[EmergencyEvent]:
    """The events of a sentence, in order."""
    for at, word in enumerate(sentence.words):
        tense = None if _is_noun(sentence, at) else word.form.tense
        found = by_noun(sentence, at) if tense is None else by_verb(sentence, at)
        if found is not None:
            yield EmergencyEvent(found[0], sentence, at, found[1], tense)


def events_at_parts(sentence: Sentence) -> Iterator[EmergencyEvent]:
    """The same of a sentence that names no place and no motion but a part of the heating: «вода идёт из батареи»."""
    for at, word in enumerate(sentence.words):
        near = PredicateContext(sentence, at)
        tense = None if _is_noun(sentence, at) else word.form.tense
        found = lies_under_a_part(word, near) if tense is None else out_of_a_part(word, near)
        if found is not None:
            yield EmergencyEvent(found[0], sentence, at, found[1], tense)


def _is_noun(sentence: Sentence, at: int) -> bool:
    """«течь» is a noun but after a verb («начала течь»)."""
    form = sentence.words[at].form
    if form.tense is not Tense.INFINITIVE or not form.cases:
        return form.tense is None
    return not any(word.form.tense is not None for word in sentence.words[max(0, at - 2) : at])
