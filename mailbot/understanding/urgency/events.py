"""What a sentence says happens: something breaks, runs where it does not belong, floods, or is gone in frost.

Whether it is true, present and near is another question (`reality`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.understanding.urgency.forms import Form, Tense
from mailbot.understanding.urgency.sentences import Sentence, Word
from mailbot.understanding.urgency.vocabulary import Sense

BURST, STEAM, FLOODING, FROST = "burst", "steam", "flooding", "no_heating_frost"


@dataclass(frozen=True, slots=True)
class Event:
    """What happens at word `at` of a sentence. `topic` names a row of `rules/topics.toml`; `tense` is None for a noun.

    `plain`: the words leave no other meaning; else only a cry for help makes an emergency of it.
    """

    topic: str
    sentence: Sentence
    at: int
    plain: bool
    tense: Tense | None

    @property
    def word(self) -> Word:
        return self.sentence.words[self.at]


def events(sentence: Sentence) -> Iterator[Event]:
    """The events of a sentence, in order."""
    for at, word in enumerate(sentence.words):
        tense = None if _is_noun(sentence, at) else word.form.tense
        found = _by_noun(sentence, at) if tense is None else _by_verb(sentence, at)
        if found is not None:
            yield Event(found[0], sentence, at, found[1], tense)


def _is_noun(sentence: Sentence, at: int) -> bool:
    """«течь» is a noun but after a verb («начала течь»)."""
    form = sentence.words[at].form
    if form.tense is not Tense.INFINITIVE or not form.cases:
        return form.tense is None
    return not any(word.form.tense is not None for word in sentence.words[max(0, at - 2) : at])


_INTO = frozenset(
    "в во на по из с со под через вдоль возле около до от у над сквозь к ко за между рядом напротив внутри внутрь".split()
)
_OUT = frozenset("из с со из-под сквозь через по под от".split())
_OUTWARD = frozenset("снизу оттуда наружу отовсюду".split())
_Kind = tuple[str, bool] | None


class _Near:
    """What stands around a predicate."""

    def __init__(self, sentence: Sentence, at: int) -> None:
        self.sentence, self.at = sentence, at
        self.positions = sentence.around(at)
        self.words = tuple(sentence.words[position] for position in self.positions)

    def has(self, *senses: Sense) -> bool:
        return any(word.means(*senses) for word in self.words)

    @property
    def misplaced(self) -> bool:
        """Does a place where no water belongs stand with a preposition («по лестнице», «из-под земли»)?"""
        return any(self.placed(position, _INTO, Sense.PLACE) for position in self.positions)

    @property
    def out_of(self) -> bool:
        """The same, of a place that something comes out of or runs along."""
        words = self.sentence.words
        return any(
            self.placed(at, _OUT, Sense.PLACE, Sense.CARRIER)
            or words[at].text in _OUTWARD
            or words[at].text == "из-под"
            or (words[at].form.part == "NPRO" and at and words[at - 1].text == "из")
            for at in self.positions
        )

    def placed(self, position: int, prepositions: frozenset[str], *senses: Sense) -> bool:
        words = self.sentence.words
        if not words[position].means(*senses):
            return False
        before = [word.text for word in words[max(0, position - 3) : position]]
        return any(one in prepositions or one.startswith("из-") for one in before)

    @property
    def wet(self) -> bool:
        """Is it said of water, be it by «горячее» alone?"""
        return self.has(Sense.WATER, Sense.STREAM) or any(
            word.text.startswith("горяч") for word in self.words
        )

    @property
    def subjects(self) -> tuple[Word, ...]:
        """The nouns that may be the verb's subject."""
        verb = self.sentence.words[self.at].form
        return tuple(
            word
            for word in self.words
            if word.form.part in ("NOUN", "NPRO") and "nomn" in word.form.cases and _agree(verb, word.form)
        )

    @property
    def indoors(self) -> bool:
        """«в квартире», but not «у гаража»."""
        words = self.sentence.words
        return any(
            word.means(Sense.ROOM) and words[at - 1].text in ("в", "во", "на")
            for at, word in enumerate(words)
            if at
        )

    @property
    def poor(self) -> bool:
        """Is it water at the tap that is complained of, not water where none belongs?"""
        if self.has(Sense.BOILING, Sense.CARRIER):
            return False
        cold_there = Sense.COLD if self.misplaced else Sense.TAP
        return any(
            word.means(Sense.TAP) or (word.means(Sense.POOR) and not word.means(cold_there))
            for word in self.words
        )


def _by_verb(sentence: Sentence, at: int) -> _Kind:
    word = sentence.words[at]
    near = _Near(sentence, at)
    if word.form.speaks and not word.means(Sense.SWIMS):
        return None
    for senses, judge in _VERBS:
        if word.means(*senses) and (found := judge(word, near)) is not None:
            return found
    return _by_force(word, near) or _anything_misplaced(word, near)


def _agree(verb: Form, noun: Form) -> bool:
    """In gender and number, where the verb shows them; in number alone where it is in the present."""
    if verb.agrees & noun.agrees:
        return True
    return verb.agrees == {"None"} and bool(noun.agrees - {"plur"})


def _broken(word: Word, near: _Near) -> _Kind:
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


def _by_force(word: Word, near: _Near) -> _Kind:
    """«трубу прошило насквозь»: the language's own form for what no person did."""
    if (
        not word.form.of_force
        or "грел" in word.text
        or word.means(Sense.STOPS, Sense.REPAIRS)
        or near.subjects
    ):
        return None
    struck = any(
        other.means(Sense.CARRIER) and "accs" in other.form.cases and other.form.cases != {"nomn", "accs"}
        for other in near.words
    ) or any(other.means(Sense.CARRIER) and other.clause == word.clause for other in near.words)
    return (BURST, True) if struck else None


def _gushes(word: Word, near: _Near) -> _Kind:
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


def _leaks(word: Word, near: _Near) -> _Kind:
    """«течёт с потолка»; a leaking radiator alone may wait, or may not."""
    if near.poor:
        return None
    strong = near.has(Sense.MUCH, Sense.BOILING)
    if any(near.placed(at, _OUT, Sense.PLACE) for at in near.positions):
        return FLOODING, near.wet or strong or near.has(Sense.HOT) or not near.has(Sense.CARRIER)
    if near.wet and near.misplaced:
        return FLOODING, True
    if near.has(Sense.CARRIER):
        return BURST, strong
    return (BURST, False) if near.wet or near.has(Sense.HOT) else None


def _drips(word: Word, near: _Near) -> _Kind:  # noqa: ARG001 (one signature)
    """A drop is no emergency but where it is boiling water, or grows."""
    return (FLOODING, False) if near.has(Sense.BOILING, Sense.MUCH, Sense.HOT) and near.out_of else None


def _floods(word: Word, near: _Near) -> _Kind:
    """«подвал заливает»; «топить» heats unless it is water that does it, or a cellar that it is done to."""
    if word.text.startswith("топ"):
        cellar = near.has(Sense.PLACE) and not near.misplaced and word.text in ("топит", "топило")
        us = near.has(Sense.PEOPLE) and not near.subjects and word.text in ("топит", "топило")
        return (FLOODING, True) if near.has(Sense.WATER) or cellar or us else None
    if near.has(Sense.PLACE, Sense.ROOM, Sense.PEOPLE) or near.wet:
        return FLOODING, True
    return FLOODING, any(other.text in ("все", "всех", "нас", "меня") for other in near.words)


def _swims(word: Word, near: _Near) -> _Kind:
    ours = "plur" in word.form.agrees and word.text.endswith("м")
    if ours or near.has(Sense.PLACE, Sense.ROOM, Sense.WATER):
        return FLOODING, True
    return FLOODING, False


def _scalds(word: Word, near: _Near) -> _Kind:  # noqa: ARG001 (one signature)
    return BURST, True


def _sinks(word: Word, near: _Near) -> _Kind:  # noqa: ARG001 (one signature)
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
_STANDS_BY_RIGHT = frozenset("есть быть была было были будет подается нет нету дают дали греется".split())


def _anything_misplaced(word: Word, near: _Near) -> _Kind:
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


# --- events without a verb --------------------------------------------------------------------------


def _by_noun(sentence: Sentence, at: int) -> _Kind:
    """«прорыв на Мира», «в подвале кипяток», «во дворе озеро, парит»: a clause that has no other predicate."""
    word = sentence.words[at]
    if not word.means(Sense.ACCIDENT, Sense.WATER, Sense.STEAM, Sense.STREAM, Sense.DEPTH):
        return None
    clause = sentence.clause(word.clause)
    verbs = [other for other in clause if other.form.tense is not None and not other.means(Sense.HAPPENS)]
    if word.means(Sense.ACCIDENT) and not is_mention(sentence, at):
        return _accident(sentence, at, verbs)
    if verbs:
        return None
    return _deep(word, _Near(sentence, at)) if word.means(Sense.DEPTH) else _lies(word, _Near(sentence, at))


def _deep(word: Word, near: _Near) -> _Kind:  # noqa: ARG001 (one signature)
    """«там по щиколотку и тёплая», but not «снега по колено»."""
    words, at = near.sentence.words, near.at
    if (
        not at
        or words[at - 1].text != "по"
        or any(other.text.startswith(("снег", "сугроб")) for other in words)
    ):
        return None
    return FLOODING, near.has(Sense.WATER, Sense.HOT)


def _accident(sentence: Sentence, at: int, verbs: list[Word]) -> _Kind:
    """One event, present: «прорывы устранял» is a trade, and what another verb does is told by that verb."""
    word, near = sentence.words[at], _Near(sentence, at)
    if word.form.agrees == {"plur"} or any(verb.form.tense is Tense.WAS for verb in verbs):
        return None
    if verbs and not (word.means(Sense.STREAM) or any(verb.means(Sense.REPAIRS) for verb in verbs)):
        return None
    topic = FLOODING if word.text.startswith(("потоп", "затоп", "подтоп", "навод")) else BURST
    return topic, near.has(Sense.CARRIER, Sense.WATER, Sense.HOT, Sense.PLACE, Sense.ROOM)


def _lies(word: Word, near: _Near) -> _Kind:
    """Water and steam without a verb: «в подвале кипяток», «вся кухня в пару», «Река! Пар до крыш!»."""
    if near.poor or _denied(near):
        return None
    deep = near.has(Sense.DEPTH, Sense.FULL)
    if word.means(Sense.STEAM):
        return _steams(word, near)
    if "nomn" not in word.form.cases and not deep:
        return None
    if not near.misplaced and not deep and not near.out_of:
        return (FLOODING, False) if word.means(Sense.STREAM) and len(near.sentence.words) == 1 else None
    return FLOODING, word.means(Sense.BOILING) or near.has(Sense.HOT) or deep


def _steams(word: Word, near: _Near) -> _Kind:
    before = near.sentence.words[near.at - 1].text if near.at else ""
    if before == "в" and word.text == "пару":
        return STEAM, near.has(Sense.PLACE, Sense.ROOM)
    if word.text in ("пара", "пары", "пару") or "nomn" not in word.form.cases:
        return None
    return STEAM, near.misplaced or near.out_of


def _denied(near: _Near) -> bool:
    """«нет воды», «воды нет», «без горячей воды»."""
    beside = near.sentence.words[max(0, near.at - 2) : near.at + 2]
    return any(other.text in ("нет", "нету", "без", "не") for other in beside)


def is_mention(sentence: Sentence, at: int) -> bool:
    """Is the noun governed by another: «акт о заливе», «после аварии», «место прорыва»?"""
    for word in reversed(sentence.words[max(0, at - 3) : at]):
        if word.means(Sense.GOVERNS):
            return True
        if word.form.part not in ("ADJF", "PRTF", "NPRO"):
            return False
    return False


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
            if ours or _Near(sentence, at).has(Sense.CARRIER, Sense.PEOPLE):
                return True
    return False
