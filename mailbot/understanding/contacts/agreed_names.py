"""Two readers of a letter's names, the patterns and the model of words, and the sender's own name, as one list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mailbot.language.dictionary import is_known
from mailbot.model import ExtractedValue, Span
from mailbot.understanding.names.name_parts import holds_surname, is_first_name, is_plain_surname
from mailbot.understanding.text.folding import fold
from mailbot.understanding.text.morphology import is_surname_form

_ALONE = 0.8
"""What is left of the model's word where the patterns see no writer there; never more than a guess."""

_GUESS = 0.45
"""Below what any rule counts as given: «мастер Козлов обещал прийти»."""

_PATTERNS_ALONE = 0.6
"""What is left of the patterns' word where the model sees nobody: few of those are names at all."""

MIN_CONFIDENCE = 0.25
"""Below it a name is somebody else's."""

_WORD = re.compile(r"[^\W\d_]+")


def merge_names(
    patterns: Sequence[ExtractedValue[str]], model: Sequence[ExtractedValue[str]]
) -> tuple[ExtractedValue[str], ...]:
    """The names that either has read, the surest first; each with its fullest form."""
    left = list(patterns)
    names: list[ExtractedValue[str]] = []
    for item in model:
        same = [other for other in left if overlap(item.spans, other.spans)]
        for other in same:
            left.remove(other)
        if same or not _may_be_a_word(item.value):
            names.append(_joined(item, same))
    names += [replace(name, confidence=round(name.confidence * _PATTERNS_ALONE, 2)) for name in left]
    whole = [_fullest(item, names) for item in names if item.confidence >= MIN_CONFIDENCE]
    return tuple(sorted(whole, key=lambda name: -name.confidence))


def _may_be_a_word(name: str) -> bool:
    """«Дубак»: one word that neither the dictionary nor its ending calls a name, seen by the model alone.

    It is a surname for all that needs proof, and no name that could explain a word of the letter away.
    """
    words = _words(name)
    return (
        len(words) == 1
        and not is_plain_surname(words[0])
        and not (is_known(words[0]) and is_surname_form(words[0]))
        and not is_first_name(words[0])
    )


def seen_surnames(
    patterns: Sequence[ExtractedValue[str]], model: Sequence[ExtractedValue[str]]
) -> tuple[ExtractedValue[str], ...]:
    """Every surname that either reader has seen, as sure as the surer of the two: silence needs proof that there is none."""
    by_model = [item for item in model if holds_surname(item.value)]
    by_patterns = [pattern for pattern in patterns if holds_surname(pattern.value)]
    surnames = []
    for item in by_model:
        same = [other for other in by_patterns if overlap(item.spans, other.spans)]
        surnames.append(
            replace(item, confidence=max([item.confidence, *(other.confidence for other in same)]))
        )
    surnames += [
        pattern
        for pattern in by_patterns
        if not any(overlap(pattern.spans, other.spans) for other in by_model)
    ]
    return tuple(sorted(surnames, key=lambda surname: -surname.confidence))


def _joined(one: ExtractedValue[str], same: Sequence[ExtractedValue[str]]) -> ExtractedValue[str]:
    if not same:
        return replace(one, confidence=min(round(one.confidence * _ALONE, 2), _GUESS))
    other = max(same, key=lambda other: other.confidence)
    confidence = round((one.confidence + other.confidence) / 2, 2)
    theirs, ours = _words(other.value), _words(one.value)
    alike = len(theirs) == len(ours) and all(_in(word, theirs) for word in ours)
    better = (
        other if alike or len(theirs) > len(ours) else one
    )  # the patterns know «от Козлова» for a genitive
    return ExtractedValue(better.value, better.spans, confidence)


def overlap(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Do any two of the places share a character?"""
    return any(
        span.part == other.part and span.start < other.end and other.start < span.end
        for span in some
        for other in others
    )


def _words(name: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(name)]


def _fullest(one: ExtractedValue[str], others: Sequence[ExtractedValue[str]]) -> ExtractedValue[str]:
    """«Брагина» below «от Брагиной Елены Викторовны» is the same person: the fuller name, with the places of both."""
    fuller = [other for other in others if is_fuller(other.value, one.value)]
    if not fuller:
        return one
    best = max(fuller, key=lambda other: len(other.value))
    return ExtractedValue(best.value, tuple(dict.fromkeys((*one.spans, *best.spans))), one.confidence)


def is_fuller(name: str, than: str) -> bool:
    """Does a name say all that the other says, and more: «Юшков Павел» than «Юшков», than «П. Юшков»?"""
    words, theirs = _words(than), _words(name)
    if sum(map(len, theirs)) <= sum(map(len, words)):
        return False
    whole = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    return (
        bool(whole)
        and all(any(_same(word, their) for their in theirs) for word in whole)
        and (not initials or any(their[0] == initials[0] and not _in(their, whole) for their in theirs))
    )


def _in(word: str, others: Sequence[str]) -> bool:
    return any(_same(word, other) for other in others)


def _same(word: str, other: str) -> bool:
    """One word in two cases."""
    return word[:4] == other[:4] and abs(len(word) - len(other)) < 3
