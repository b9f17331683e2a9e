"""Events that a verb tells: «лопнула труба», «хлещет из стояка», «водичка по лестнице бежит»."""

from __future__ import annotations

from mailbot.understanding.urgency.forms import Tense
from mailbot.understanding.urgency.sentences import Sentence, Word
from mailbot.understanding.urgency.surroundings import BURST, FLOODING, OUT, STEAM, Kind, Surroundings
from mailbot.understanding.urgency.vocabulary import Sense


def by_verb(sentence: Sentence, at: int) -> Kind:
    word = sentence.words[at]
    near = Surroundings(sentence, at)
    if word.form.speaks and not word.means(Sense.SWIMS):
        return None
    for senses, judge in _VERBS:
        if word.means(*senses) and (found := judge(word, near)) is not None:
            return found
    return _by_force(word, near) or out_of_a_part(word, near) or _anything_misplaced(word, near)


def _broken(word: Word, near: Surroundings) -> Kind:
    """«лопнула труба», «сорвало кран», and the bare «прорвало»; a thing of unheard name may be a part of the network."""
    if any(other.means(Sense.CARRIER, Sense.TAP) and _fits(word, other) for other in near.words):
        return BURST, True
    if word.means(Sense.BROKEN) and near.has(Sense.WATER):
        return BURST, True
    if word.text in ("прорвало", "рвануло"):
        return BURST, near.has(Sense.PLACE, Sense.ROOM)
    unheard = any(not other.form.known for other in near.subjects)
    return (BURST, False) if unheard or near.has(Sense.CARRIER) else None


def _fits(verb: Word, noun: Word) -> bool:
    """A thing that breaks is the verb's subject; what a force breaks may be its object."""
    if verb.form.agrees & noun.form.agrees:
        return True
    return verb.means(Sense.BROKEN) and bool(noun.form.cases & {"accs", "nomn"})


def _by_force(word: Word, near: Surroundings) -> Kind:
    """«трубу прошило насквозь»: the language's own form for what no person did; but «снегу намело, а батареи горячие»."""
    if (
        not word.form.of_force
        or "грел" in word.text
        or word.means(Sense.STOPS, Sense.REPAIRS)
        or near.subjects
    ):
        return None
    struck = any(
        other.means(Sense.CARRIER) and "accs" in other.form.cases and "nomn" not in other.form.cases
        for other in near.words
    ) or any(other.means(Sense.CARRIER) and other.clause == word.clause for other in near.words)
    return (BURST, True) if struck else None


def _gushes(word: Word, near: Surroundings) -> Kind:
    """«хлещет из стояка», «пар валит»: stronger than any tap."""
    if near.has(Sense.STEAM) and not near.wet:
        return STEAM, near.misplaced or near.has(Sense.CARRIER, Sense.PLACE) or word.means(Sense.GUSHES)
    if word.text.startswith("пари") and near.has(Sense.CARRIER, Sense.PLACE, Sense.WATER):
        return (STEAM, True) if near.has(Sense.CARRIER, Sense.WATER) or not near.indoors else None
    tap = near.has(Sense.TAP) and not near.has(Sense.CARRIER, Sense.BOILING)
    if (tap and not near.out_of) or (near.has(Sense.POOR) and not near.has(Sense.BOILING)):
        return None
    if near.has(Sense.PEOPLE) and any(
        "nomn" in other.form.cases and other.means(Sense.PEOPLE) for other in near.words
    ):
        return None
    if near.wet:
        return (FLOODING if near.has(Sense.PLACE, Sense.ROOM) else BURST), True
    own = word.means(Sense.LEAKS)
    if own and (near.out_of or near.has(Sense.CARRIER)):
        return (BURST if near.has(Sense.CARRIER) else FLOODING), True
    if word.text.startswith(_ALONE):
        return BURST, not near.subjects
    return (BURST, False) if near.out_of else None


_ALONE = ("хлещ", "хлест", "хлын", "хлыщ", "фонтан")
"""Verbs that need no subject: nothing but water does so."""


def _leaks(word: Word, near: Surroundings) -> Kind:
    """«течёт с потолка»; a leaking radiator alone may wait, or may not."""
    if near.poor:
        return None
    strong = near.has(Sense.MUCH, Sense.BOILING)
    if any(near.placed(at, OUT, Sense.PLACE) for at in near.positions):
        return FLOODING, near.wet or strong or near.has(Sense.HOT) or not near.has(Sense.CARRIER)
    if near.wet and near.misplaced:
        return FLOODING, True
    if near.has(Sense.CARRIER):
        return out_of_a_part(word, near) or (BURST, strong)
    return (BURST, False) if near.wet or near.has(Sense.HOT) else None


def _drips(word: Word, near: Surroundings) -> Kind:  # noqa: ARG001 (one signature)
    """A drop is no emergency but where it is boiling water, or grows."""
    return (FLOODING, False) if near.has(Sense.BOILING, Sense.MUCH, Sense.HOT) and near.out_of else None


def _floods(word: Word, near: Surroundings) -> Kind:
    """«подвал заливает»; «топить» heats unless it is water that does it, or a cellar that it is done to."""
    if word.text.startswith("топ"):
        cellar = near.has(Sense.PLACE) and not near.misplaced and word.text in ("топит", "топило")
        us = near.has(Sense.PEOPLE) and not near.subjects and word.text in ("топит", "топило")
        return (FLOODING, True) if near.has(Sense.WATER) or cellar or us else None
    if near.has(Sense.PLACE, Sense.ROOM, Sense.PEOPLE) or near.wet:
        return FLOODING, True
    return FLOODING, any(other.text in ("все", "всех", "нас", "меня") for other in near.words)


def _swims(word: Word, near: Surroundings) -> Kind:
    ours = "plur" in word.form.agrees and word.text.endswith("м")
    if ours or near.has(Sense.PLACE, Sense.ROOM, Sense.WATER):
        return FLOODING, True
    return FLOODING, False


def _scalds(word: Word, near: Surroundings) -> Kind:
    """«ребёнок обварился»; of burning it must be said that water did it, for stoves and bills burn, too."""
    if not word.text.startswith(("обж", "обож", "ож")):
        return BURST, True
    by_water = any(other.means(Sense.WATER, Sense.TAP, Sense.STEAM) for other in near.sentence.words)
    hot = any(other.means(Sense.CARRIER) for other in near.sentence.words)
    return (BURST, word.form.tense is Tense.DONE) if by_water or hot else None


def _sinks(word: Word, near: Surroundings) -> Kind:  # noqa: ARG001 (one signature)
    """The ground gives way over a main that has washed it out."""
    ground = near.has(Sense.PLACE) and any(
        other.text.startswith(("асфальт", "земл", "грунт", "дорог", "тротуар")) for other in near.words
    )
    return (STEAM, near.has(Sense.HOT, Sense.WATER, Sense.STEAM)) if ground else None


_VERBS = (
    ((Sense.BREAKS, Sense.BROKEN), _broken),
    ((Sense.GUSHES,), _gushes),
    ((Sense.LEAKS,), _leaks),
    ((Sense.DRIPS,), _drips),
    ((Sense.FLOODS,), _floods),
    ((Sense.SWIMS,), _swims),
    ((Sense.SCALDS,), _scalds),
    ((Sense.SINKS,), _sinks),
)


def out_of_a_part(word: Word, near: Surroundings) -> Kind:
    """Water that runs out of a part of the heating, whatever it is called that it does: «вода идёт из батареи»."""
    if word.means(Sense.RUNS) and not word.form.speaks and not near.has(Sense.WATER):
        return _runs(near)
    flows = any(other.means(Sense.WATER) and "nomn" in other.form.cases for other in near.words)
    if not (word.finite and flows) or word.text in _STANDS_BY_RIGHT:
        return None
    if word.means(Sense.REPAIRS, Sense.STOPS, Sense.ENDS, Sense.DRIPS):
        return None
    if near.comes_out_of(Sense.RADIATOR):
        return BURST, True
    tap = near.has(Sense.TAP, Sense.POOR)
    return (BURST, True) if not tap and near.comes_out_of(Sense.CARRIER) and _pipe(near) else None


def _runs(near: Surroundings) -> Kind:
    """«батарея бежит», «бежит с радиатора»: a leak, by the word that people here have for it."""
    if near.comes_out_of(Sense.RADIATOR):
        return BURST, not near.subjects
    return (BURST, False) if any(subject.means(Sense.RADIATOR) for subject in near.subjects) else None


def _pipe(near: Surroundings) -> bool:
    """Is it a pipe or a valve at hand, not the net («из котельной вода идёт по трубам»)?"""
    return any(word.text.startswith(("труб", "стояк", "задвиж", "вентил", "бойлер")) for word in near.words)


_STANDS_BY_RIGHT = frozenset("есть быть была было были будет подается нет нету дают дали греется".split())


def _anything_misplaced(word: Word, near: Surroundings) -> Kind:
    """Hot water or steam where none belongs, whatever it does there: «водичка горячая по лестнице бежит»."""
    if not (word.finite and word.form.known and (near.wet or near.has(Sense.STEAM))) or near.poor:
        return None
    if word.text in _STANDS_BY_RIGHT or word.means(Sense.REPAIRS, Sense.STOPS, Sense.ENDS, Sense.CALLS):
        return None
    if near.has(Sense.BOILING) and any(other.text in ("кипятком", "паром") for other in near.words):
        return BURST, True
    if not near.misplaced and not near.has(Sense.PLACE) and not near.out_of:
        return None
    if near.has(Sense.STEAM) and not near.wet:
        return STEAM, near.misplaced or near.out_of
    known_way = near.has(Sense.HOT) or word.means(Sense.MOVES) or near.has(Sense.STREAM)
    return FLOODING, (near.misplaced or near.out_of) and known_way
