"""The client's own name in a letter: what the register calls the client of its account is no word of the language there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from mailbot.model import ExtractedValue, Span
from mailbot.model.written_forms.surname import surname_stem
from mailbot.understanding.contacts.agreed_names import is_fuller, overlap
from mailbot.understanding.names.name_parts import holds_surname
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.text.morphology import is_ordinary

KNOWN = 0.75
_GIVEN = 0.5
"""A name surer than this is believed without the register."""

_WORD = re.compile(r"[^\W\d_]+")
_BESIDE = re.compile(r"[ .\u00a0]{0,3}")
_MIN_SURNAME_LENGTH = 3
_LETTER = ("body", "subject")


def with_clients_names(
    names: tuple[ExtractedValue[str], ...], clients: Iterable[str], read: Sequence[ReadPart]
) -> tuple[ExtractedValue[str], ...]:
    """The names of a letter; where none is sure, first those of the clients of its accounts that stand in the writer's words."""
    if any(name.confidence > _GIVEN for name in names):
        return names
    parts = [part for name in _LETTER for part in read if part.part == name]
    own = next((item for client in clients for part in parts for item in _written(client, part)), None)
    if own is None:
        return names
    same = [name for name in names if overlap(name.spans, own.spans) or is_fuller(name.value, own.value)]
    fullest = max((own, *same), key=lambda name: len(name.value))
    first = ExtractedValue(fullest.value, own.spans, KNOWN)
    return (first, *(name for name in names if name not in same))


def _written(client: str, part: ReadPart) -> Iterator[ExtractedValue[str]]:
    """Where the surname stands, with the words beside it that the register has, too, whole or as initials."""
    surname, *others = _WORD.findall(client)[:3] or [""]
    if len(surname) < _MIN_SURNAME_LENGTH or not holds_surname(surname):
        return
    words = list(_WORD.finditer(part.text))
    for at, match in enumerate(words):
        if part.seen.is_quoted(match.start()) or surname_stem(match[0]) != surname_stem(surname):
            continue
        first = last = at
        while last + 1 < len(words) and _belongs(
            words[last], words[last + 1], part.text, words[last + 1][0], others
        ):
            last += 1
        while first and _belongs(words[first - 1], words[first], part.text, words[first - 1][0], others):
            first -= 1
        if first < last or not is_ordinary(match[0]):
            written = [word[0] for word in words[first : last + 1]]
            span = Span(part.part, words[first].start(), words[last].end())
            yield ExtractedValue(" ".join(_as_known(written, (surname, *others))), (span,), KNOWN)


def _as_known(written: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """The words that are written, in the case of the register («за Чазову Анну» is Чазова Анна)."""
    for word in written:
        yield next((name for name in names if surname_stem(name) == surname_stem(word)), word)


def _belongs(one: re.Match[str], other: re.Match[str], text: str, word: str, others: Sequence[str]) -> bool:
    """Are the words side by side, and is the outer a name of the client's or its first letter?"""
    beside = _BESIDE.fullmatch(text, one.end(), other.start()) is not None
    return beside and any(
        surname_stem(word) == surname_stem(name) or (len(word) == 1 and word.lower() == name[0].lower())
        for name in others
    )
