"""No heat at all, and frost."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.understanding.urgency.events import Event
from mailbot.understanding.urgency.forms import Tense
from mailbot.understanding.urgency.sentences import Sentence
from mailbot.understanding.urgency.surroundings import FROST, Surroundings
from mailbot.understanding.urgency.vocabulary import Sense


def lack_of_heat(sentence: Sentence) -> Iterator[Event]:
    """No heat at all: «отопления нет», «без тепла», «батареи ледяные»."""
    for at, word in enumerate(sentence.words):
        if not word.means(Sense.HEAT):
            continue
        near = sentence.around(at)
        here = [
            sentence.words[position] for position in range(max(0, at - 4), min(len(sentence.words), at + 5))
        ]
        gone = any(
            other.text in ("нет", "нету", "без") for other in here if abs(other.clause - word.clause) <= 1
        )
        predicate = next((one for one in _predicates(sentence, at) if _stops_heat(sentence, one)), None)
        cold = word.means(Sense.CARRIER) and any(
            sentence.words[position].means(Sense.COLD) for position in near
        )
        if gone or predicate is not None or cold:
            whole = "plur" in word.form.agrees or word.text.startswith(("отоплен", "тепл"))
            where = at if predicate is None else predicate
            yield Event(FROST, sentence, where, gone or whole, sentence.words[where].form.tense)


def _predicates(sentence: Sentence, at: int) -> Iterator[int]:
    return (
        position
        for position in range(max(0, at - 5), min(len(sentence.words), at + 6))
        if sentence.words[position].form.tense is not None
    )


def _stops_heat(sentence: Sentence, at: int) -> bool:
    word = sentence.words[at]
    negated = at > 0 and sentence.words[at - 1].text == "не"
    works = word.text.startswith(("работа", "гре", "топ", "дают", "дали", "включ", "пода"))
    return (word.means(Sense.STOPS) and word.form.tense in (Tense.DONE, Tense.NOW)) or (negated and works)


def freezes(sentence: Sentence) -> bool:
    """Does it tell of frost, of people who freeze, or of pipes that do or will («мёрзнем» is said in any cold room)?"""
    for at, word in enumerate(sentence.words):
        if word.means(Sense.FROST):
            return True
        if word.means(Sense.FREEZES):
            ours = word.form.speaks and word.form.tense is Tense.NOW
            if word.form.tense is Tense.INFINITIVE:
                continue
            if ours or Surroundings(sentence, at).has(Sense.CARRIER, Sense.PEOPLE):
                return True
    return False
