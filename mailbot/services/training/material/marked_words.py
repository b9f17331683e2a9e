"""Marked letters as rows of words, each with its tag: what the model of words learns from."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailbot.language.dictionary import parse_word
from mailbot.model.trained.name_words import NONE
from mailbot.services.training.material.marked_letters import MarkedLetter, MarkedStretch
from mailbot.understanding.number_roles.letter_features import quoted_lines
from mailbot.understanding.word_roles.word_sequence import LetterSender, SeenNumber, WordPage, page, sender_of

WORD_ROLES = ("given", "initials", "organisation", "patronymic", "street", "surname", "village")
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox", "Orgn"})
_SENDER = re.compile(r"(?P<name>[^<]*)(?:<(?P<address>[^>]*)>)?")


@dataclass(frozen=True, slots=True)
class WordTrainingPart:
    """A part of a marked letter: its words, and the tag of each."""

    hand: str
    page: WordPage
    tags: list[str]


def shown(letter: MarkedLetter) -> list[WordTrainingPart]:
    match = _SENDER.match(letter.sender)
    sender = sender_of(match["name"], match["address"] or "") if match else LetterSender(frozenset(), "")
    return [
        _shown(letter.hand, part, text, marks, sender)
        for part, text, marks in (
            ("subject", letter.subject, letter.in_subject),
            ("body", letter.body, letter.in_body),
        )
    ]


def _shown(
    hand: str, part: str, text: str, marks: Sequence[MarkedStretch], sender: LetterSender
) -> WordTrainingPart:
    numbers = [SeenNumber(mark.start, mark.end, mark.role) for mark in marks if mark.role not in WORD_ROLES]
    seen = page(part, text, numbers, quoted_lines(text), sender)
    return WordTrainingPart(hand, seen, _tags(seen, marks))


def _tags(seen: WordPage, marks: Iterable[MarkedStretch]) -> list[str]:
    tags = [NONE] * len(seen.words)
    for mark in marks:
        if mark.role not in WORD_ROLES:
            continue
        inside = [
            nth for nth, word in enumerate(seen.words) if mark.start <= word.start and word.end <= mark.end
        ]
        for nth in inside:
            tags[nth] = f"{'B' if nth == inside[0] else 'I'}-{mark.role}"
    return tags


def plain_words(parts: Iterable[WordTrainingPart]) -> frozenset[str]:
    """Folded words seen often, by several hands, that never name anything and that the dictionary holds for no name."""
    seen: Counter[str] = Counter()
    hands: defaultdict[str, set[str]] = defaultdict(set)
    named: set[str] = set()
    for part in parts:
        for word, tag in zip(part.page.words, part.tags, strict=True):
            if word.number:
                continue
            if tag != NONE:
                named.add(word.known)
            seen[word.known] += 1
            hands[word.known].add(part.hand)
    return frozenset(
        word
        for word, count in seen.items()
        if count >= _OFTEN and len(hands[word]) >= _HANDS and word not in named and not _may_name(word)
    )


_OFTEN, _HANDS = 5, 3


def _may_name(word: str) -> bool:
    return len(word) < 2 or any(
        _NAMES & set(parse.tag.grammemes) and parse.score > 0.01 for parse in parse_word(word)
    )
