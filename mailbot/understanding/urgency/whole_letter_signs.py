"""What the whole letter says beside its events: cries for help, repairs, claims for money, waters of others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mailbot.understanding.urgency.sentences import Sentence, SentenceWord
from mailbot.understanding.urgency.vocabulary import WordSense
from mailbot.understanding.urgency.word_forms import Tense

_COMERS = (
    "бригад",
    "кого",
    "кто",
    "слесар",
    "сантехник",
    "аварий",
    "мастер",
    "люд",
    "специалист",
    "рабоч",
    "ваш",
)
_COMES_ANYWAY = ("приез", "приед", "перекр", "спас", "выезж", "выед", "прибуд", "помоги")
_GOES_ON = re.compile(
    r"(?<!\w)(?:никто не (?:приех|приезж|едет|идет|реагир|чинит|устран)\w*|никого нет|не (?:устран|приех|чин)\w+"
    r"|второ\w (?:час|день|сутки)|третьи? (?:сутки|день|час))\b"
)
_Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class UrgencySigns:
    """Of each part: where the last repair (`repaired`) and the first thanks (`thanked`) stand. `rehearsed`: words of an exercise."""

    calls: bool
    claims: bool
    waits: bool
    goes_on: bool
    shut: bool
    cold_water: bool
    foreign: bool
    rehearsed: int
    repaired: tuple[_Place, ...]
    thanked: tuple[_Place, ...]

    def repaired_after(self, start: int, part: str) -> bool:
        return any(part != where or at > start for where, at in self.repaired)

    def thanks_before(self, start: int, part: str) -> bool:
        return any(part == where and at < start for where, at in self.thanked)

    @staticmethod
    def hot_in(sentence: Sentence) -> bool:
        """Does the sentence name heat, hot water, or what carries them?"""
        return any(word.means(WordSense.HOT) for word in sentence.words)


def signs_of(written: Iterable[Sentence]) -> UrgencySigns:
    """The signs of a letter."""
    sentences = tuple(written)
    words = [(sentence, at, word) for sentence in sentences for at, word in enumerate(sentence.words)]
    meant = [word for _, _, word in words if word.form.senses]
    return UrgencySigns(
        calls=any(_calls(sentence, at, word) for sentence, at, word in words if word.form.senses),
        claims=any(word.means(WordSense.CLAIMS) for word in meant),
        waits=any(word.means(WordSense.WAITS) and not _negated(sentence, at) for sentence, at, word in words)
        or _has(sentences, "не срочно", "не горит"),
        goes_on=any(_GOES_ON.search(sentence.text) for sentence in sentences),
        shut=any(
            word.text.startswith("перекрыл") and not _negated(sentence, at) for sentence, at, word in words
        ),
        cold_water=any(
            _cold_water(sentence, at) for sentence, at, word in words if word.means(WordSense.COLD)
        ),
        foreign=any(
            word.means(WordSense.FOREIGN) and not UrgencySigns.hot_in(sentence) for sentence, _, word in words
        ),
        rehearsed=len({word.text[:6] for word in meant if word.means(WordSense.EXERCISE)}),
        repaired=tuple(dict(_places(words, WordSense.REPAIRS)).items()),
        thanked=tuple(dict(reversed(tuple(_places(words, WordSense.THANKS)))).items()),
    )


def _has(sentences: tuple[Sentence, ...], *phrases: str) -> bool:
    return any(phrase in sentence.text for sentence in sentences for phrase in phrases)


def _negated(sentence: Sentence, at: int) -> bool:
    return any(word.text in ("не", "никто") for word in sentence.words[max(0, at - 2) : at])


def _calls(sentence: Sentence, at: int, word: SentenceWord) -> bool:
    """People are asked to come: «приезжайте», «пришлите кого-нибудь», «срочно»."""
    if word.means(WordSense.URGES):
        return not _negated(sentence, at)
    if not word.means(WordSense.CALLS) or word.form.tense not in (Tense.ORDER, Tense.INFINITIVE):
        return False
    follows = sentence.words[at + 1 : at + 5]
    return word.text.startswith(_COMES_ANYWAY) or any(other.text.startswith(_COMERS) for other in follows)


def _cold_water(sentence: Sentence, at: int) -> bool:
    """Cold water or its pipe, not cold radiators."""
    if sentence.words[at].text.startswith(("хвс", "водоканал")):
        return True
    beside = sentence.words[max(0, at - 2) : at + 3]
    return any(word.means(WordSense.WATER) or word.text.startswith(("труб", "водопровод")) for word in beside)


def _places(words: list[tuple[Sentence, int, SentenceWord]], sense: WordSense) -> Iterable[_Place]:
    for sentence, at, word in words:
        done = word.form.tense is Tense.DONE and not _negated(sentence, at)
        shut = word.text.startswith(("перекр", "отключ"))
        stands = _thanks_for_something(sentence) if sense is WordSense.THANKS else done and not shut
        if word.means(sense) and stands:
            yield sentence.passage.part, word.start


def _thanks_for_something(sentence: Sentence) -> bool:
    """«Спасибо бригаде», but not the «Спасибо.» or «Заранее спасибо» that closes any letter."""
    formula = ("заранее", "за", "внимание", "понимание", "большое", "огромное")
    return len([word for word in sentence.words if word.text not in formula]) > 1
