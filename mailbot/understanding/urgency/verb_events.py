"""Events that a verb tells: «лопнула труба», «хлещет из стояка», «водичка по лестнице бежит»."""

from __future__ import annotations

from mailbot.understanding.urgency.predicate_context import (
    BURST,
    FLOODING,
    OUT,
    STEAM,
    Kind,
    PredicateContext,
)
from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import Tense


def by_verb(sentence: Sentence, at: int) -> Kind:
    word = sentence.words[at]
    near = PredicateContext(sentence, at)
    if word.form.speaks and not word.means(WordSense.SWIMS):
        return None
    for senses, judge in _VERBS:
        if word.means(*senses) and (found := judge(word, near)) is not None:
            return found
    return _by_force(word, near) or out_of_a_part(word, near) or _anything_misplaced(word, near)


def _broken(word: SentenceWord, near: PredicateContext) -> Kind:
    """«лопнула труба», «сорвало кран», and the bare «прорвало»; a thing of unheard name may be a part of the network."""
    if any(other.means(WordSense.CARRIER, WordSense.TAP) and _fits(word, other) for other in near.words):
        return BURST, True
    if word.means(WordSense.BROKEN) and near.has(WordSense.WATER):
        return BURST, True
    if word.text in ("прорвало", "рвануло"):
        return BURST, near.has(WordSense.PLACE, WordSense.ROOM)
    unheard = any(not other.form.known for other in near.subjects)
    return (BURST, False) if unheard or near.has(WordSense.CARRIER) else None


def _fits(verb: SentenceWord, noun: SentenceWord) -> bool:
    """A thing that breaks is the verb's subject; what a force breaks may be its object."""
    if verb.form.agrees & noun.form.agrees:
        return True
    return verb.means(WordSense.BROKEN) and bool(noun.form.cases & {"accs", "nomn"})


def _by_force(word: SentenceWord, near: PredicateContext) -> Kind:
    """«трубу прошило насквозь»: the language's own form for what no person did; but «снегу намело, а батареи горячие»."""
    if (
        not word.form.of_force
        or "грел" in word.text
        or word.means(WordSense.STOPS, WordSense.REPAIRS)
        or near.subjects
    ):
        return None
    struck = any(
        other.means(WordSense.CARRIER) and "accs" in other.form.cases and "nomn" not in other.form.cases
        for other in near.words
    ) or any(other.means(WordSense.CARRIER) and other.clause == word.clause for other in near.words)
    return (BURST, True) if struck else None


def _gushes(word: SentenceWord, near: PredicateContext) -> Kind:
    """«хлещет из стояка», «пар валит»: stronger than any tap."""
    if near.has(WordSense.STEAM) and not near.wet:
        return STEAM, near.misplaced or near.has(WordSense.CARRIER, WordSense.PLACE) or word.means(
            WordSense.GUSHES
        )
    if word.text.startswith("пари") and near.has(WordSense.CARRIER, WordSense.PLACE, WordSense.WATER):
        return (STEAM, True) if near.has(WordSense.CARRIER, WordSense.WATER) or not near.indoors else None
    tap = near.has(WordSense.TAP) and not near.has(WordSense.CARRIER, WordSense.BOILING)
    if (tap and not near.out_of) or (near.has(WordSense.POOR) and not near.has(WordSense.BOILING)):
        return None
    if near.has(WordSense.PEOPLE) and any(
        "nomn" in other.form.cases and other.means(WordSense.PEOPLE) for other in near.words
    ):
        return None
    if near.wet:
        return (FLOODING if near.has(WordSense.PLACE, WordSense.ROOM) else BURST), True
    own = word.means(WordSense.LEAKS)
    if own and (near.out_of or near.has(WordSense.CARRIER)):
        return (BURST if near.has(WordSense.CARRIER) else FLOODING), True
    if word.text.startswith(_ALONE):
        return BURST, not near.subjects
    return (BURST, False) if near.out_of else None


_ALONE = ("хлещ", "хлест", "хлын", "хлыщ", "фонтан")
"""Verbs that need no subject: nothing but water does so."""


def _leaks(word: SentenceWord, near: PredicateContext) -> Kind:
    """«течёт с потолка»; a leaking radiator alone may wait, or may not."""
    if near.poor:
        return None
    strong = near.has(WordSense.MUCH, WordSense.BOILING)
    if any(near.placed(at, OUT, WordSense.PLACE) for at in near.positions):
        return FLOODING, near.wet or strong or near.has(WordSense.HOT) or not near.has(WordSense.CARRIER)
    if near.wet and near.misplaced:
        return FLOODING, True
    if near.has(WordSense.CARRIER):
        return out_of_a_part(word, near) or (BURST, strong)
    return (BURST, False) if near.wet or near.has(WordSense.HOT) else None


def _drips(word: SentenceWord, near: PredicateContext) -> Kind:  # noqa: ARG001 (one signature)
    """A drop is no emergency but where it is boiling water, or grows."""
    return (
        (FLOODING, False)
        if near.has(WordSense.BOILING, WordSense.MUCH, WordSense.HOT) and near.out_of
        else None
    )


def _floods(word: SentenceWord, near: PredicateContext) -> Kind:
    """«подвал заливает»; «топить» heats unless it is water that does it, or a cellar that it is done to."""
    if word.text.startswith("топ"):
        cellar = near.has(WordSense.PLACE) and not near.misplaced and word.text in ("топит", "топило")
        us = near.has(WordSense.PEOPLE) and not near.subjects and word.text in ("топит", "топило")
        return (FLOODING, True) if near.has(WordSense.WATER) or cellar or us else None
    if near.has(WordSense.PLACE, WordSense.ROOM, WordSense.PEOPLE) or near.wet:
        return FLOODING, True
    return FLOODING, any(other.text in ("все", "всех", "нас", "меня") for other in near.words)


def _swims(word: SentenceWord, near: PredicateContext) -> Kind:
    ours = "plur" in word.form.agrees and word.text.endswith("м")
    if ours or near.has(WordSense.PLACE, WordSense.ROOM, WordSense.WATER):
        return FLOODING, True
    return FLOODING, False


def _scalds(word: SentenceWord, near: PredicateContext) -> Kind:
    """«ребёнок обварился»; of burning it must be said that water did it, for stoves and bills burn, too."""
    if not word.text.startswith(("обж", "обож", "ож")):
        return BURST, True
    by_water = any(
        other.means(WordSense.WATER, WordSense.TAP, WordSense.STEAM) for other in near.sentence.words
    )
    hot = any(other.means(WordSense.CARRIER) for other in near.sentence.words)
    return (BURST, word.form.tense is Tense.DONE) if by_water or hot else None


def _sinks(word: SentenceWord, near: PredicateContext) -> Kind:  # noqa: ARG001 (one signature)
    """The ground gives way over a main that has washed it out."""
    ground = near.has(WordSense.PLACE) and any(
        other.text.startswith(("асфальт", "земл", "грунт", "дорог", "тротуар")) for other in near.words
    )
    return (STEAM, near.has(WordSense.HOT, WordSense.WATER, WordSense.STEAM)) if ground else None


_VERBS = (
    ((WordSense.BREAKS, WordSense.BROKEN), _broken),
    ((WordSense.GUSHES,), _gushes),
    ((WordSense.LEAKS,), _leaks),
    ((WordSense.DRIPS,), _drips),
    ((WordSense.FLOODS,), _floods),
    ((WordSense.SWIMS,), _swims),
    ((WordSense.SCALDS,), _scalds),
    ((WordSense.SINKS,), _sinks),
)


def out_of_a_part(word: SentenceWord, near: PredicateContext) -> Kind:
    """Water that runs out of a part of the heating, whatever it is called that it does: «вода идёт из батареи»."""
    if word.means(WordSense.RUNS) and not word.form.speaks and not near.has(WordSense.WATER):
        return _runs(near)
    flows = any(other.means(WordSense.WATER) and "nomn" in other.form.cases for other in near.words)
    if not (word.finite and flows) or word.text in _STANDS_BY_RIGHT:
        return None
    if word.means(WordSense.REPAIRS, WordSense.STOPS, WordSense.ENDS, WordSense.DRIPS):
        return None
    if near.comes_out_of(WordSense.RADIATOR):
        return BURST, True
    tap = near.has(WordSense.TAP, WordSense.POOR)
    return (BURST, True) if not tap and near.comes_out_of(WordSense.CARRIER) and _pipe(near) else None


def _runs(near: PredicateContext) -> Kind:
    """«батарея бежит», «бежит с радиатора»: a leak, by the word that people here have for it."""
    if near.comes_out_of(WordSense.RADIATOR):
        return BURST, not near.subjects
    return (BURST, False) if any(subject.means(WordSense.RADIATOR) for subject in near.subjects) else None


def _pipe(near: PredicateContext) -> bool:
    """Is it a pipe or a valve at hand, not the net («из котельной вода идёт по трубам»)?"""
    return any(word.text.startswith(("труб", "стояк", "задвиж", "вентил", "бойлер")) for word in near.words)


_STANDS_BY_RIGHT = frozenset("есть быть была было были будет подается нет нету дают дали греется".split())


def _anything_misplaced(word: SentenceWord, near: PredicateContext) -> Kind:
    """Hot water or steam where none belongs, whatever it does there: «водичка горячая по лестнице бежит»."""
    if not (word.finite and word.form.known and (near.wet or near.has(WordSense.STEAM))) or near.poor:
        return None
    if word.text in _STANDS_BY_RIGHT or word.means(
        WordSense.REPAIRS, WordSense.STOPS, WordSense.ENDS, WordSense.CALLS
    ):
        return None
    if near.has(WordSense.BOILING) and any(other.text in ("кипятком", "паром") for other in near.words):
        return BURST, True
    if not near.misplaced and not near.has(WordSense.PLACE) and not near.out_of:
        return None
    if near.has(WordSense.STEAM) and not near.wet:
        return STEAM, near.misplaced or near.out_of
    known_way = near.has(WordSense.HOT) or word.means(WordSense.MOVES) or near.has(WordSense.STREAM)
    return FLOODING, (near.misplaced or near.out_of) and known_way
