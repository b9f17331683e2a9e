"""Letters in which every number and name is marked with its role: what the reading of numbers and names learns from.

    === reading | how_to_send_readings
    Тема: за [[ноябрь|date]]
    От: Анна Петрова <anna@mail.ru>
    Лицевой [[47 103 25|account]], горячая [[триста сорок пять|value=345 hot_water м3]]

A mark is `[[text|role]]`, the role followed by `@N` where there are several accounts, by `=DIGITS` where the text is not
plain digits, and, of a value, by its resource and unit (`?` where the letter does not say).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mailbot.model import LetterKind
from mailbot.services.training.material.labelled_letters import TrainingFault, TrainingLetter

_HEADER = re.compile(r"^===(?P<kinds>[^|\n]*)\|?(?P<topics>[^|\n]*).*$", re.MULTILINE)
_MARK = re.compile(r"\[\[(?P<text>[^\[\]|]*)\|(?P<role>[a-z_]+)(?P<more>[^\[\]|]*)\]\]")
_ACCOUNT = re.compile(r"@(\d+)")
_DIGITS = re.compile(r"=(\S+)")

ROLES = frozenset(
    "account value before difference norole_value serial phone house flat street village surname given patronymic"
    " initials organisation date hour sum area temperature count paper taxid nth other".split()
)


@dataclass(frozen=True, slots=True)
class MarkedStretch:
    """Characters `start`..`end` of the subject or body have that role; `digits` '' where they are as written.

    `of` numbers the account a value belongs to; `resource` and `unit` '' for all but values, «?» where not said.
    """

    start: int
    end: int
    role: str
    digits: str = ""
    of: str = ""
    resource: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class MarkedLetter:
    """A letter and what a person marked in it; `place` is «file:line», `hand` who wrote it."""

    place: str
    hand: str
    kinds: tuple[LetterKind, ...]
    topics: frozenset[str]
    sender: str
    subject: str
    body: str
    in_subject: tuple[MarkedStretch, ...]
    in_body: tuple[MarkedStretch, ...]


URGENT = frozenset({"burst", "flooding", "steam", "no_heating_frost"})
"""Topics of marked letters over which somebody must act within hours."""


def as_training(letters: Iterable[MarkedLetter]) -> tuple[TrainingLetter, ...]:
    """The letters with their kinds and topics alone, for the model of kinds."""
    return tuple(
        TrainingLetter(
            letter.place,
            letter.kinds,
            letter.topics,
            bool(letter.topics & URGENT),
            letter.subject,
            letter.body,
            letter.hand,
        )
        for letter in letters
    )


def read_marked(folder: Path) -> tuple[MarkedLetter, ...]:
    """All letters of the folder's .txt files, in their order; `TrainingFault` names each fault with file and line."""
    faults: list[str] = []
    letters = [
        letter
        for path in sorted(folder.glob("*.txt"))
        for letter in _letters(path.stem, path.read_text(encoding="utf-8"), str(path), faults)
    ]
    if faults:
        raise TrainingFault("\n".join(faults))
    return tuple(letters)


def _letters(hand: str, text: str, name: str, faults: list[str]) -> Iterator[MarkedLetter]:
    heads = list(_HEADER.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        place = f"{name}:{text.count(chr(10), 0, head.start()) + 1}"
        body = text[head.end() + 1 : following.start() if following else len(text)]
        try:
            yield _letter(hand, place, head, body)
        except ValueError as fault:
            faults.append(f"{place}: {fault}")


def _letter(hand: str, place: str, head: re.Match[str], text: str) -> MarkedLetter:
    subject = sender = ""
    lines = text.split("\n")
    while lines and re.match(r"(?:Тема|От):", lines[0]):
        what, _, rest = lines.pop(0).partition(":")
        subject, sender = (rest.strip(), sender) if what == "Тема" else (subject, rest.strip())
    plain_subject, in_subject = without_marks(subject)
    body, in_body = without_marks("\n".join(lines).strip("\n"))
    kinds = tuple(LetterKind(word) for word in head["kinds"].split())
    if not kinds:
        raise ValueError("нет вида письма после ===")
    return MarkedLetter(
        place,
        hand,
        kinds,
        frozenset(head["topics"].split()),
        sender,
        plain_subject,
        body,
        in_subject,
        in_body,
    )


def without_marks(text: str) -> tuple[str, tuple[MarkedStretch, ...]]:
    """The text as it was written, and the stretches that were marked in it; ValueError for an unknown role."""
    plain, at, stretches = [], 0, list[MarkedStretch]()
    length = 0
    for match in _MARK.finditer(text):
        plain.append(text[at : match.start()])
        length += match.start() - at
        stretches.append(_stretch(match, length))
        plain.append(match["text"])
        length += len(match["text"])
        at = match.end()
    plain.append(text[at:])
    whole = "".join(plain)
    if "[[" in whole:
        raise ValueError(f"метка не закрыта: {whole[whole.index('[[') :][:60]!r}")
    return whole, tuple(stretches)


def _stretch(match: re.Match[str], start: int) -> MarkedStretch:
    role, more = match["role"], match["more"]
    if role not in ROLES:
        raise ValueError(f"неизвестная роль {role!r}")
    of, digits = _ACCOUNT.search(more), _DIGITS.search(more)
    words = re.sub(r"[@=]\S+", "", more).split()
    resource, unit = (*words, "?", "?")[:2] if role == "value" else ("", "")
    return MarkedStretch(
        start,
        start + len(match["text"]),
        role,
        digits[1] if digits else "",
        of[1] if of else "",
        resource,
        unit,
    )
