"""Events without a verb: «прорыв на Мира», «в подвале кипяток», «вся кухня в пару»."""

from __future__ import annotations

from mailbot.understanding.urgency.predicate_context import BURST, FLOODING, STEAM, Kind, PredicateContext
from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import Tense


def by_noun(sentence: Sentence, at: int) -> Kind:
    """«прорыв на Мира», «в подвале кипяток», «во дворе озеро, парит»: a clause that has no other predicate."""
    word = sentence.words[at]
    if word.means(WordSense.SCALDS):
        return _burnt(sentence, at)
    if not word.means(
        WordSense.ACCIDENT, WordSense.WATER, WordSense.STEAM, WordSense.STREAM, WordSense.DEPTH
    ):
        return None
    clause = sentence.clause(word.clause)
    verbs = [other for other in clause if other.form.tense is not None and not other.means(WordSense.HAPPENS)]
    if word.means(WordSense.ACCIDENT) and not is_mention(sentence, at):
        return _accident(sentence, at, verbs)
    if verbs:
        return None
    return (
        _deep(word, PredicateContext(sentence, at))
        if word.means(WordSense.DEPTH)
        else _lies(word, PredicateContext(sentence, at))
    )


def _burnt(sentence: Sentence, at: int) -> Kind:
    """«получил ожог кипятком», but not «риск ожога»."""
    by_water = any(
        word.means(WordSense.WATER, WordSense.TAP, WordSense.STEAM, WordSense.CARRIER)
        for word in sentence.words
    )
    return (BURST, True) if by_water and not is_mention(sentence, at) else None


def _deep(word: SentenceWord, near: PredicateContext) -> Kind:  # noqa: ARG001 (one signature)
    """«там по щиколотку и тёплая», but not «снега по колено»."""
    words, at = near.sentence.words, near.at
    if (
        not at
        or words[at - 1].text != "по"
        or any(other.text.startswith(("снег", "сугроб")) for other in words)
    ):
        return None
    return FLOODING, near.has(WordSense.WATER, WordSense.HOT)


def _accident(sentence: Sentence, at: int, verbs: list[SentenceWord]) -> Kind:
    """One event, present: «прорывы устранял» is a trade, and what another verb does is told by that verb."""
    word, near = sentence.words[at], PredicateContext(sentence, at)
    if word.form.agrees == {"plur"} or any(verb.form.tense is Tense.WAS for verb in verbs):
        return None
    if verbs and not (word.means(WordSense.STREAM) or any(verb.means(WordSense.REPAIRS) for verb in verbs)):
        return None
    topic = FLOODING if word.text.startswith(("потоп", "затоп", "подтоп", "навод")) else BURST
    return topic, near.has(WordSense.CARRIER, WordSense.WATER, WordSense.HOT, WordSense.PLACE, WordSense.ROOM)


def _lies(word: SentenceWord, near: PredicateContext) -> Kind:
    """Water and steam without a verb: «в подвале кипяток», «вся кухня в пару», «Река! Пар до крыш!»."""
    if near.poor or _denied(near):
        return None
    deep = near.has(WordSense.DEPTH, WordSense.FULL)
    if word.means(WordSense.STEAM):
        return _steams(word, near)
    if "nomn" not in word.form.cases and not deep:
        return None
    if (found := lies_under_a_part(word, near)) is not None:
        return found
    if not near.misplaced and not deep and not near.out_of:
        return (FLOODING, False) if word.means(WordSense.STREAM) and len(near.sentence.words) == 1 else None
    return FLOODING, word.means(WordSense.BOILING) or near.has(WordSense.HOT) or deep


def lies_under_a_part(word: SentenceWord, near: PredicateContext) -> Kind:
    """«вода из-под радиатора», without a verb."""
    water = word.means(WordSense.WATER) and "nomn" in word.form.cases
    verbs = any(other.form.tense is not None for other in near.sentence.clause(word.clause))
    return (BURST, True) if water and not verbs and near.comes_out_of(WordSense.RADIATOR) else None


def _steams(word: SentenceWord, near: PredicateContext) -> Kind:
    before = near.sentence.words[near.at - 1].text if near.at else ""
    if before == "в" and word.text == "пару":
        return STEAM, near.has(WordSense.PLACE, WordSense.ROOM)
    if word.text in ("пара", "пары", "пару") or "nomn" not in word.form.cases:
        return None
    return STEAM, near.misplaced or near.out_of


def _denied(near: PredicateContext) -> bool:
    """«нет воды», «воды нет», «без горячей воды»."""
    beside = near.sentence.words[max(0, near.at - 2) : near.at + 2]
    return any(other.text in ("нет", "нету", "без", "не") for other in beside)


def is_mention(sentence: Sentence, at: int) -> bool:
    """Is the noun governed by another: «акт о заливе», «после аварии», «место прорыва»?"""
    for word in reversed(sentence.words[max(0, at - 3) : at]):
        if word.means(WordSense.GOVERNS):
            return True
        if word.form.part not in ("ADJF", "PRTF", "NPRO"):
            return False
    return False
