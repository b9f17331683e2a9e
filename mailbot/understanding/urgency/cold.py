"""No heat at all, and frost; and rooms so cold that children and the sick are in danger."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.understanding.text.passages import Passage
from mailbot.understanding.urgency.predicate_context import FROST, PredicateContext
from mailbot.understanding.urgency.sentence_events import EmergencyEvent
from mailbot.understanding.urgency.sentences import Sentence, stretches
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import Tense


def lack_of_heat(sentence: Sentence) -> Iterator[EmergencyEvent]:
    """No heat at all: «отопления нет», «без тепла», «батареи ледяные»."""
    for at, word in enumerate(sentence.words):
        if not word.means(WordSense.HEAT):
            continue
        near = sentence.around(at)
        here = [
            sentence.words[position] for position in range(max(0, at - 4), min(len(sentence.words), at + 5))
        ]
        gone = any(
            other.text in ("нет", "нету", "без") for other in here if abs(other.clause - word.clause) <= 1
        )
        predicate = next(
            (predicate for predicate in _predicates(sentence, at) if _stops_heat(sentence, predicate)), None
        )
        cold = word.means(WordSense.CARRIER) and any(
            sentence.words[position].means(WordSense.COLD) for position in near
        )
        if gone or predicate is not None or cold:
            whole = "plur" in word.form.agrees or word.text.startswith(("отоплен", "тепл"))
            where = at if predicate is None else predicate
            yield EmergencyEvent(FROST, sentence, where, gone or whole, sentence.words[where].form.tense)


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
    return (word.means(WordSense.STOPS) and word.form.tense in (Tense.DONE, Tense.NOW)) or (negated and works)


def freezes(sentence: Sentence) -> bool:
    """Does it tell of frost, of people who freeze, or of pipes that do or will («мёрзнем» is said in any cold room)?"""
    for at, word in enumerate(sentence.words):
        if word.means(WordSense.FROST):
            return True
        if word.means(WordSense.FREEZES):
            ours = word.form.speaks and word.form.tense is Tense.NOW
            if word.form.tense is Tense.INFINITIVE:
                continue
            if ours or PredicateContext(sentence, at).has(WordSense.CARRIER, WordSense.PEOPLE):
                return True
    return False


_INSIDE = r"(?:дома|(?:в|во) доме|квартир\w*|комнат\w*|детск\w*|спальн\w*|изб[аеу]|барак\w*|палат\w*|групп\w*|внутри|помещени\w*)"
_NUMERALS = "ноль|один|два|две|три|четыре|пять|шесть|семь|восемь|девять|десять"
_DEGREES = (
    r"(?<![\w.,:+])(?<!на )(?:[-−–]\s?\d{1,2}|\+\s?(?:\d|10)|(?:\d|10)(?=\s?(?:град|°|тепла))"
    rf"|(?:{_NUMERALS})(?= град))(?![\d:(]|[.,-]\d|\s?\(|\s\d)"
)
_FREEZING_ROOM = re.compile(
    rf"(?<!\w){_INSIDE}(?P<way>[^.!?\n\d]{{0,25}})(?P<first>{_DEGREES})"
    rf"|(?P<last>{_DEGREES})(?P<back>[^.!?\n\d]{{0,20}}?)(?<!\w){_INSIDE}"
)
_ELSEWHERE = re.compile(r"улиц|окном|кран|вод[аыеу]|холодильник|разниц|подвал")
_FRAIL = re.compile(
    r"(?<!\w)(?:грудн(?:ой|ого|ому|ым|ая|ую|ич)|груднич|младен|новорожд|малыш|малютк|двойняш|близнец|тройняш|ребен|дет(?:и|ей|ям)\b"
    r"|детиш|лежач|парализ|инвалид|больн(?:ой|ая|ого|ую|ые|ых|ому)\b|болеет|онко|после операци|беремен|рожениц|пневмон"
    r"|старик|старушк|бабушк|дедушк|при смерти|умира|помира|сине(?:ет|ют)\b)"
)


def freezing_rooms(texts: tuple[Passage, ...]) -> Iterator[EmergencyEvent]:
    """Ten degrees or less indoors, with infants, the old or the sick in the letter."""
    if not any(_FRAIL.search(text.folded) for text in texts):
        return
    for text in texts:
        spans = [_degrees(match) for match in _FREEZING_ROOM.finditer(text.folded) if _is_of_room(match)]
        for stretch in stretches(text) if spans else ():
            sentence = stretch.sentence()
            for at, word in enumerate(sentence.words):
                if any(start <= word.start < end for start, end in spans):
                    yield EmergencyEvent(FROST, sentence, at, plain=True, tense=None)


def _degrees(match: re.Match[str]) -> tuple[int, int]:
    return match.span("first") if match["first"] else match.span("last")


def _is_of_room(match: re.Match[str]) -> bool:
    return _ELSEWHERE.search(f"{match['way'] or ''} {match['back'] or ''}") is None
