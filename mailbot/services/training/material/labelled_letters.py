"""Letters with labels, kept as text that a person can read, check and extend: what the model learns from.

    === complaint question | cold_radiators big_bill | urgent
    Тема: холодные батареи

    Здравствуйте! …

The header names the kinds (the primary first), the topics, and `urgent` where someone must act within hours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from pathlib import Path

from mailbot.model import LetterCorrection, LetterKind, RawLetter, RequestRefused, SegmentRole
from mailbot.parsing import parse
from mailbot.store import Store
from mailbot.store.casework import corrections
from mailbot.store.mail import incoming

SPAM = "spam"
"""A topic of training letters alone: no row of `topics.toml`, since nobody answers it."""

_HEADER = re.compile(r"^===(?P<labels>.*)$", re.MULTILINE)
_SUBJECT = re.compile(r"\s*Тема:(?P<subject>[^\n]*)\n?")
_LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class TrainingFault(RequestRefused):
    """A training letter is at fault; each line says file, line, and what to do (Russian)."""


@dataclass(frozen=True, slots=True)
class TrainingLetter:
    """One letter and what a person said of it; `place` is «file:line», `hand` tells the letters of different writers apart.

    `topics` None: nobody was asked for them, nor whether the letter is urgent. `mail`: the letter's own bytes, where it came by mail.
    """

    place: str
    kinds: tuple[LetterKind, ...]
    topics: frozenset[str] | None
    urgent: bool
    subject: str
    body: str
    hand: str = ""
    mail: bytes = b""

    def raw(self) -> RawLetter:
        """The letter as it came by mail, or would come."""
        if self.mail:
            return RawLetter(self.mail, _LONG_AGO)
        head = (
            f"From: client@example.ru\nSubject: {Header(self.subject, 'utf-8').encode()}\n"
            "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        )
        return RawLetter((head + self.body + "\n").encode(), _LONG_AGO)

    def text(self) -> str:
        """The letter in the form of the files."""
        flags = " urgent" if self.urgent else ""
        head = f"=== {' '.join(self.kinds)} | {' '.join(sorted(self.topics or ()))} |{flags}"
        return f"{head}\nТема: {self.subject}\n\n{self.body}\n"


def read_training(folders: Iterable[Path], topics: Iterable[str]) -> tuple[TrainingLetter, ...]:
    """The letters of all `*.txt` in the folders, in the order of the names; TrainingFault tells all faults at once."""
    known = frozenset(topics) | {SPAM}
    faults: list[str] = []
    letters = [
        letter
        for folder in folders
        for path in sorted(folder.glob("*.txt"))
        for letter in _letters(path, known, faults)
    ]
    if faults:
        raise TrainingFault(*faults)
    return tuple(letters)


def _letters(path: Path, topics: frozenset[str], faults: list[str]) -> Iterator[TrainingLetter]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{path}:1: файл не читается ({error}); сохраните его в UTF-8")
        return
    headers = list(_HEADER.finditer(text))
    for header, following in zip(headers, [*headers[1:], None], strict=True):
        place = f"{path.name}:{text.count(chr(10), 0, header.start()) + 1}"
        try:
            kinds, about, urgent = _labels(header["labels"], topics)
        except ValueError as error:
            faults.append(f"{place}: {error}")
            continue
        content = text[header.end() + 1 : following.start() if following else len(text)]
        subject = _SUBJECT.match(content)
        body = content[subject.end() if subject else 0 :].strip("\n")
        yield TrainingLetter(place, kinds, about, urgent, subject["subject"].strip() if subject else "", body)


def _labels(header: str, topics: frozenset[str]) -> tuple[tuple[LetterKind, ...], frozenset[str], bool]:
    fields = [field.split() for field in header.split("|")]
    if len(fields) != 3:
        raise ValueError("нужны три поля через «|»: виды, темы, urgent")
    if unknown := [word for word in fields[0] if word not in set(LetterKind)]:
        raise ValueError(f"вида «{unknown[0]}» нет; есть {', '.join(LetterKind)}")
    if not fields[0]:
        raise ValueError(f"не назван вид; есть {', '.join(LetterKind)}")
    if unknown := [word for word in fields[1] if word not in topics]:
        raise ValueError(f"темы «{unknown[0]}» нет в topics.toml")
    if fields[2] not in ([], ["urgent"]):
        raise ValueError("в третьем поле может стоять только urgent")
    return tuple(dict.fromkeys(LetterKind(word) for word in fields[0])), frozenset(fields[1]), bool(fields[2])


def corrected(store: Store) -> tuple[TrainingLetter, ...]:
    """Every letter that people corrected, as they labelled it: the company's own training letters."""
    return tuple(_corrected(store, letter_id, said) for letter_id, said in store.ask(corrections.corrections))


def _corrected(store: Store, letter_id: int, said: LetterCorrection) -> TrainingLetter:
    letter = parse(store.ask(incoming.load_raw, letter_id))
    body = letter.part("body").view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)
    return TrainingLetter(
        f"письмо {letter_id}", said.kinds, frozenset(said.topics), said.urgent, letter.subject, body.strip()
    )
