"""What stands around a predicate: water, pipes, places, and how they are placed."""

from __future__ import annotations

from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import WordForm

BURST, STEAM, FLOODING, FROST = "burst", "steam", "flooding", "no_heating_frost"
DANGER, DESPAIR = "danger", "despair"
INTO = frozenset(
    "в во на по из с со под через вдоль возле около до от у над сквозь к ко за между рядом напротив внутри внутрь".split()
)
OUT = frozenset("из с со из-под сквозь через по под от".split())
_FROM = frozenset("из с со из-под под от".split())
_OUTWARD = frozenset("снизу оттуда наружу отовсюду".split())
Kind = tuple[str, bool] | None
"""The topic of an event, and whether the words leave no other meaning; None where nothing happens."""


class PredicateContext:
    """What stands around a predicate."""

    def __init__(self, sentence: Sentence, at: int) -> None:
        self.sentence, self.at = sentence, at
        self.positions = sentence.around(at)
        self.words = tuple(sentence.words[position] for position in self.positions)

    def has(self, *senses: WordSense) -> bool:
        return any(word.means(*senses) for word in self.words)

    @property
    def misplaced(self) -> bool:
        """Does a place where no water belongs stand with a preposition («по лестнице», «из-под земли»)?"""
        return any(self.placed(position, INTO, WordSense.PLACE) for position in self.positions)

    @property
    def out_of(self) -> bool:
        """The same, of a place that something comes out of or runs along."""
        words = self.sentence.words
        return any(
            self.placed(at, OUT, WordSense.PLACE, WordSense.CARRIER)
            or words[at].text in _OUTWARD
            or words[at].text == "из-под"
            or (words[at].form.part == "NPRO" and at and words[at - 1].text == "из")
            for at in self.positions
        )

    def comes_out_of(self, *senses: WordSense) -> bool:
        """Does something come out of such a thing («из батареи», «с полотенцесушителя», «из-под муфты»)?"""
        return any(self.placed(at, _FROM, *senses) for at in self.positions)

    def placed(self, position: int, prepositions: frozenset[str], *senses: WordSense) -> bool:
        words = self.sentence.words
        if not words[position].means(*senses):
            return False
        before = [word.text for word in words[max(0, position - 3) : position]]
        return any(word in prepositions or word.startswith("из-") for word in before)

    @property
    def wet(self) -> bool:
        """Is it said of water, be it by «горячее» alone? «Горячие» are radiators."""
        return self.has(WordSense.WATER, WordSense.STREAM) or any(
            word.text.startswith("горяч") and not word.text.endswith(("ие", "их", "ими"))
            for word in self.words
        )

    @property
    def subjects(self) -> tuple[SentenceWord, ...]:
        """The nouns that may be the verb's subject."""
        verb = self.sentence.words[self.at].form
        return tuple(
            word
            for word in self.words
            if word.form.part in ("NOUN", "NPRO") and "nomn" in word.form.cases and agree(verb, word.form)
        )

    @property
    def indoors(self) -> bool:
        """«в квартире», but not «у гаража»."""
        words = self.sentence.words
        return any(
            word.means(WordSense.ROOM) and words[at - 1].text in ("в", "во", "на")
            for at, word in enumerate(words)
            if at
        )

    @property
    def poor(self) -> bool:
        """Is it water at the tap that is complained of, not water where none belongs?"""
        if self.has(WordSense.BOILING, WordSense.CARRIER):
            return False
        cold_there = WordSense.COLD if self.misplaced else WordSense.TAP
        return any(
            word.means(WordSense.TAP) or (word.means(WordSense.POOR) and not word.means(cold_there))
            for word in self.words
        )


def agree(verb: WordForm, noun: WordForm) -> bool:
    """In gender and number, where the verb shows them; in number alone where it is in the present."""
    if verb.agrees & noun.agrees:
        return True
    return verb.agrees == {"None"} and bool(noun.agrees - {"plur"})
