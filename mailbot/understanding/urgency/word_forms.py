"""What one word is: its senses, its tense, and what it agrees with; misspelt words as what they were meant to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, lru_cache
from typing import Any

from mailbot.language.dictionary import is_known, parse_word
from mailbot.understanding.text.morphology import lexeme
from mailbot.understanding.urgency.vocabulary import MISSPELT, SENSES, EventWordRole, WordSense, role

_CYRILLIC = re.compile(r"[а-я-]+")
_LIKELY = 0.2
_MIN_MISSPELT_LENGTH = 5


class Tense(Enum):
    """When a predicate holds. DONE is the perfect past, whose result lasts; WAS the imperfect, whose course is over."""

    NOW = auto()
    DONE = auto()
    WAS = auto()
    WILL = auto()
    ORDER = auto()
    INFINITIVE = auto()


FINITE = frozenset({Tense.NOW, Tense.DONE, Tense.WAS, Tense.WILL})


@dataclass(frozen=True, slots=True)
class WordForm:
    """`agrees`: genders of the singular, and `plur`, in which a verb stands or a noun may be the subject.

    `speaks`: a verb of the writer's or the reader's own doing («лью», «топите»). `of_force`: may be said without a subject
    of what a force did («прошило», «вырвало»).
    """

    senses: frozenset[WordSense] = frozenset()
    tense: Tense | None = None
    part: str = ""
    cases: frozenset[str] = frozenset()
    agrees: frozenset[str] = frozenset()
    place_name: bool = False
    known: bool = True
    speaks: bool = False
    of_force: bool = False


_NOTHING = WordForm()


@lru_cache(maxsize=50_000)
def form_of(word: str) -> WordForm:
    """The form of a folded word."""
    if not _CYRILLIC.fullmatch(word):
        return _NOTHING
    parses = parse_word(word)
    meant = [parse for parse in parses if parse.tag.POS != "PRTF" and _folded(parse.normal_form) in SENSES]
    senses = SENSES.get(word, frozenset()).union(*(SENSES[_folded(parse.normal_form)] for parse in meant))
    right = None if senses or len(word) < _MIN_MISSPELT_LENGTH or is_known(word) else _respelt(word)
    if right is not None:
        return form_of(right)
    likely = [parse for parse in parses if parse.score >= _LIKELY]
    return _form(word, senses, meant or likely or list(parses[:1]))


@lru_cache(maxsize=50_000)
def role_of(word: str) -> EventWordRole:
    """What a folded word can do for an event."""
    form = form_of(word)
    return EventWordRole.MOTION if form.of_force else role(form.senses)


def _form(word: str, senses: frozenset[WordSense], chosen: list[Any]) -> WordForm:
    verb = next((parse for parse in chosen if _tense(parse) is not None), None)
    if any(_tense(parse) is Tense.NOW for parse in chosen):
        verb = next(parse for parse in chosen if _tense(parse) is Tense.NOW)
    nouns = [parse for parse in chosen if parse.tag.POS in ("NOUN", "NPRO", "ADJF")]
    subjects = [verb] if verb is not None else [noun for noun in nouns if "nomn" in noun.tag]
    return WordForm(
        senses,
        _tense(verb) if verb is not None else None,
        chosen[0].tag.POS or "" if verb is None else verb.tag.POS,
        frozenset(str(noun.tag.case) for noun in nouns if noun.tag.case),
        frozenset(
            str(subject.tag.gender if subject.tag.number == "sing" else subject.tag.number)
            for subject in subjects
        ),
        any("Geox" in parse.tag for parse in chosen),
        is_known(word),
        verb is not None and verb.tag.person in ("1per", "2per"),
        verb is not None and {"VERB", "neut", "past", "perf", "tran"} in verb.tag,
    )


def _tense(parse: Any) -> Tense | None:
    tag = parse.tag
    match tag.POS:
        case "INFN":
            return Tense.INFINITIVE
        case "PRTS":
            return Tense.DONE
        case "VERB" if tag.mood == "impr":
            return Tense.ORDER
        case "VERB" if tag.tense == "pres":
            return Tense.NOW
        case "VERB" if tag.tense == "futr":
            return Tense.WILL
        case "VERB":
            return Tense.DONE if tag.aspect == "perf" else Tense.WAS
        case _:
            return None


def _folded(word: str) -> str:
    return word.replace("ё", "е")


# --- misspelt words ---------------------------------------------------------------------------------


def _respelt(word: str) -> str | None:
    """The word of `MISSPELT` that sounds alike, or differs in one letter of how it sounds."""
    sound = _sound(word)
    if sound in _sounds():
        return _sounds()[sound]
    shorter = {sound, *_shortened(sound)}
    return next(
        (_shortenings()[spelling] for spelling in sorted(shorter) if spelling in _shortenings()), None
    )


_ALIKE = str.maketrans("оеияюыэщбдгзжв", "аиииуиишптксшф", "ъь")
_TWICE = re.compile(r"(.)\1+")


def _sound(word: str) -> str:
    """Unstressed vowels and voiced consonants as they sound, doubled letters once."""
    return _TWICE.sub(
        r"\1", word.replace("чо", "че").replace("шо", "ше").replace("що", "ще").translate(_ALIKE)
    )


@cache
def _sounds() -> dict[str, str]:
    return {
        _sound(form): form for word in MISSPELT for form in lexeme(word) if len(form) >= _MIN_MISSPELT_LENGTH
    }


@cache
def _shortenings() -> dict[str, str]:
    """Each sound with any one letter left out: two words that meet here differ in one letter."""
    long = ((sound, form) for sound, form in _sounds().items() if len(sound) > _MIN_MISSPELT_LENGTH)
    return {short: form for sound, form in long for short in (sound, *_shortened(sound))}


def _shortened(sound: str) -> Iterator[str]:
    return (sound[:at] + sound[at + 1 :] for at in range(1, len(sound)))
