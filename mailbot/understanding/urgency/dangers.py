"""Dangers to people and to what is the company's: fire, gas, a fall into a manhole, the hurt, a bomb, death of cold.

What happens at a boiler house or another place of the company is plain; the like in somebody's house may be no matter of
heat, yet a person looks at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mailbot.understanding.urgency.noun_events import is_mention
from mailbot.understanding.urgency.predicate_context import DANGER, FROST, INTO, PredicateContext
from mailbot.understanding.urgency.sentence_events import EmergencyEvent
from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import Tense

_Plain = bool | None
"""Whether the words leave no other meaning; None where there is no danger."""

_OUT = frozenset("из с со из-под".split())
_CHIMNEY = ("котельн", "кочегар", "котел")
_FEW = 3


def dangers(sentence: Sentence) -> Iterator[EmergencyEvent]:
    """The dangers that a sentence tells of, in order."""
    for at, word in enumerate(sentence.words):
        near = PredicateContext(sentence, at)
        for sense, judge in _DANGERS:
            if word.means(sense) and (plain := judge(word, near)) is not None:
                topic = FROST if sense is WordSense.DIES else DANGER
                yield EmergencyEvent(topic, sentence, at, plain, word.form.tense)
                break


def _burns(word: SentenceWord, near: PredicateContext) -> _Plain:
    """«котельная горит», «в теплопункте пожар», but no «горит свет» and no «при пожаре»."""
    if word.form.speaks or near.has(WordSense.LIGHT) or is_mention(near.sentence, near.at):
        return None
    named = word.form.tense is None
    inside = word.text == "огне" and _before(near) == "в"
    if named and not inside and ("nomn" not in word.form.cases or _before(near) in ("на", "как")):
        return None
    if _names(near.sentence, WordSense.FACILITY):
        return True
    if word.text.startswith(("огон", "огн", "плам")):
        return None
    outcry = named and len(near.sentence.words) <= _FEW and near.sentence.passage.part != "subject"
    somewhere = near.has(WordSense.ROOM, WordSense.PLACE) or outcry
    return False if somewhere else None


def _smokes(word: SentenceWord, near: PredicateContext) -> _Plain:
    """Smoke out of a place of the company's that has no chimney."""
    if word.form.tense is None and "nomn" not in word.form.cases:
        return None
    places = _placed(near, _OUT, WordSense.FACILITY)
    return False if any(not place.text.startswith(_CHIMNEY) for place in places) else None


def _smells(word: SentenceWord, near: PredicateContext) -> _Plain:
    """Gas in the air, at the company's or at home."""
    felt = word.text.startswith(("чувств", "почувств", "ощущ", "ощут", "чу", "уч", "почу"))
    like = any(other.text.startswith("похож") for other in near.sentence.words)
    cases = {"gent", "ablt"} | ({"nomn", "accs"} if felt or like else set())
    gas = any(other.means(WordSense.GAS) and other.form.cases & cases for other in near.sentence.words)
    if (
        (word.form.speaks and not felt)
        or not gas
        or any(other.text in ("газов", "газами") for other in near.words)
    ):
        return None
    shared = near.has(WordSense.PLACE) and not near.has(
        WordSense.ROOM, WordSense.LIGHT, WordSense.WATER, WordSense.POOR, WordSense.FOREIGN
    )
    return _names(near.sentence, WordSense.FACILITY) or shared


def _shocks(word: SentenceWord, near: PredicateContext) -> _Plain:
    """A current in water or pipes: «бьёт током от батареи», «трубы под напряжением», but not «ток отключили»."""
    under = _before(near) == "под" and "ablt" in word.form.cases
    strikes = "ablt" in word.form.cases and any(
        other.means(WordSense.SHOCKS) and other.form.tense is not None for other in near.sentence.words
    )
    if not (under or strikes):
        return None
    if _names(near.sentence, WordSense.WATER, WordSense.CARRIER, WordSense.TAP, WordSense.RADIATOR):
        return True
    return False if under or near.has(WordSense.ROOM, WordSense.PLACE) else None


def _imperilled(word: SentenceWord, near: PredicateContext) -> _Plain:
    """Somebody who cannot help himself: at a place of the company's, or where water and heat are the danger, plainly."""
    if word.form.speaks or not _names(near.sentence, WordSense.PERSON):
        return None
    if word.text.startswith("сознани") and not (
        _before(near) == "без" or _names(near.sentence, WordSense.LOSES)
    ):
        return None
    if word.text.startswith(("крич", "зва", "зов")) and not any(
        other.text in ("помощь", "помощи", "помогите", "спасите") for other in near.sentence.words
    ):
        return None
    ours = (WordSense.HOLE, WordSense.FACILITY, WordSense.BOILING, WordSense.STEAM)
    plain = _names(near.sentence, *ours)
    return plain or (None if word.text.startswith("задых") else False)


def _explosive(word: SentenceWord, near: PredicateContext) -> _Plain:
    """A bomb at a place of the company's; elsewhere it is others' to act, and a mere word where no place is named."""
    threat = any(other.form.tense is Tense.WILL for other in near.sentence.words)
    laid = word.form.tense is not None
    if _placed_beside(near, WordSense.FACILITY) or (laid and _names(near.sentence, WordSense.FACILITY)):
        return not threat
    return False if laid or near.indoors else None


def _falls(word: SentenceWord, near: PredicateContext) -> _Plain:  # noqa: ARG001 (one signature)
    """Somebody fell into a hole: «провалился в теплотрассу», but not «упало давление в трассе»."""
    if not any("accs" in hole.form.cases for hole in _placed(near, INTO, WordSense.HOLE)):
        return None
    return _names(near.sentence, WordSense.PERSON)


def _hurts(word: SentenceWord, near: PredicateContext) -> _Plain:
    """Somebody was hurt at a place of the company's."""
    people = _names(near.sentence, WordSense.PERSON)
    if not people:
        return None
    at_ours = _names(near.sentence, WordSense.FACILITY, WordSense.HOLE)
    return at_ours or (False if word.text.startswith("угор") else None)


def _dies(word: SentenceWord, near: PredicateContext) -> _Plain:
    """«мать помирает от холода»: said of another, for of themselves people say so of any cold room."""
    cold = any(other.text.startswith(("холод", "мороз", "стуж")) for other in near.words)
    of = any(other.text in ("от", "из-за", "с", "на") for other in near.words)
    return False if cold and of and not word.form.speaks and near.has(WordSense.PERSON) else None


def _placed(near: PredicateContext, prepositions: frozenset[str], *senses: WordSense) -> list[SentenceWord]:
    """Such words of the whole sentence with such a preposition."""
    words = near.sentence.words
    return [word for at, word in enumerate(words) if near.placed(at, prepositions, *senses)]


def _placed_beside(near: PredicateContext, *senses: WordSense) -> bool:
    """Does such a word stand with a preposition in the very clause?"""
    clause = near.sentence.words[near.at].clause
    return any(word.clause == clause for word in _placed(near, INTO, *senses))


def _names(sentence: Sentence, *senses: WordSense) -> bool:
    return any(word.means(*senses) for word in sentence.words)


def _before(near: PredicateContext) -> str:
    return near.sentence.words[near.at - 1].text if near.at else ""


_DANGERS: tuple[tuple[WordSense, Callable[[SentenceWord, PredicateContext], _Plain]], ...] = (
    (WordSense.BURNS, _burns),
    (WordSense.SMOKE, _smokes),
    (WordSense.SMELLS, _smells),
    (WordSense.EXPLOSIVE, _explosive),
    (WordSense.FALLS, _falls),
    (WordSense.HURTS, _hurts),
    (WordSense.DIES, _dies),
    (WordSense.CURRENT, _shocks),
    (WordSense.PERIL, _imperilled),
)
