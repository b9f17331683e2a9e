"""A folder of labelled letters: what a person said of each letter, read and checked.

labels.jsonl        one object a line: file, primary, kinds, must, readings, contacts, why, tags
set/NAME.eml        the letters
threads/NAME/       01.eml, answer.txt (a person's answer on substance), 02.eml (to be judged), label.json
known_senders.csv   the client register: email, account, name
clients.csv         the whole register, as `mailbot clients import` reads it, and readings.csv, the last values
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from mailbot.model import Action, Client, LetterKind, RawLetter, RequestRefused
from mailbot.parsing import parse
from mailbot.services.trial.imported_register import RegisterFiles, register_files
from mailbot.services.trial.register_csv import read_register
from mailbot.transport import FileFault, read_path

ANSWER, IGNORE = "answer", "ignore"
NO_REPLY = "no_reply:"
RULES = ("no_contacts", "abuse", "unreadable", "repeat")


class FolderFault(RequestRefused):
    """The folder cannot be judged by; each line says file, line, and what to do (Russian)."""


@dataclass(frozen=True, slots=True)
class LabelledReading:
    """A value passed on; empty words where the letter does not say."""

    value: Decimal
    account: str
    meter: str
    resource: str
    unit: str


@dataclass(frozen=True, slots=True)
class LabelledContacts:
    """Contact data of the writer; empty words where the letter gives none."""

    name: str
    account: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class LabelledLetter:
    """A letter with its labels. `must` is `answer`, `ignore` or `no_reply:RULE`; `rules` those that hold."""

    file: str
    raw: RawLetter
    primary: LetterKind
    kinds: frozenset[LetterKind]
    must: str
    rules: frozenset[str]
    readings: tuple[LabelledReading, ...]
    contacts: LabelledContacts
    why: str
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterThread:
    """A letter, the company's answer on substance, and a later letter, which is judged."""

    file: str
    first: RawLetter
    answer: str
    answered_at: datetime
    second: RawLetter
    must: str
    why: str


@dataclass(frozen=True, slots=True)
class LabelledFolder:
    """All that was labelled. `register` None: no register is given, and an unknown sender proves nothing.

    `files` is the whole register with accounts and meters, where the folder has one.
    """

    letters: tuple[LabelledLetter, ...]
    threads: tuple[LetterThread, ...]
    register: tuple[Client, ...] | None
    files: RegisterFiles | None = None


def read_folder(path: Path) -> LabelledFolder:
    """The folder's letters and threads; FolderFault tells every fault at once."""
    faults: list[str] = []
    register = path / "known_senders.csv"
    folder = LabelledFolder(
        letters=tuple(_letters(path, faults)),
        threads=tuple(_threads(path / "threads", faults)),
        register=read_register(register) if register.exists() else None,
        files=register_files(path),
    )
    if not faults and not folder.letters and not folder.threads:
        faults.append(f"{path}: нет ни labels.jsonl с письмами, ни threads; укажите папку размеченных писем")
    if faults:
        raise FolderFault(*faults)
    return folder


def _letters(path: Path, faults: list[str]) -> Iterator[LabelledLetter]:
    labels = path / "labels.jsonl"
    if not labels.exists():
        return
    for number, line in enumerate(labels.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield _labelled(json.loads(line), path / "set")
        except (KeyError, TypeError, ValueError, InvalidOperation, OSError) as error:
            faults.append(f"{labels}:{number}: {_words(error)}")


def _words(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"нет поля «{error.args[0]}»; допишите его"
    if isinstance(error, OSError):
        return f"письмо не читается ({error.strerror}: {error.filename})"
    return f"запись не разбирается ({error}); исправьте её"


def _labelled(row: Mapping[str, Any], letters: Path) -> LabelledLetter:
    must = _must(row["must"])
    rules = {rule.removeprefix(NO_REPLY) for rule in row.get("rule_ok", ())}
    if must.startswith(NO_REPLY):
        rules.add(must.removeprefix(NO_REPLY))
    contacts = row.get("contacts") or {}
    return LabelledLetter(
        file=str(row["file"]),
        raw=_raw(letters / str(row["file"])),
        primary=LetterKind(row["primary"]),
        kinds=frozenset(LetterKind(kind) for kind in row["kinds"]),
        must=must,
        rules=frozenset(rules),
        readings=tuple(_reading(reading) for reading in row.get("readings", ())),
        contacts=LabelledContacts(
            *(str(contacts.get(key) or "") for key in ("name", "account", "phone", "address"))
        ),
        why=str(row.get("why", "")),
        tags=tuple(row.get("tags", ())),
    )


def _must(word: str) -> str:
    if word in (ANSWER, IGNORE) or word.removeprefix(NO_REPLY) in RULES:
        return word
    raise ValueError(f"must «{word}»: нужно answer, ignore или no_reply:ПРАВИЛО")


def _reading(row: Mapping[str, Any]) -> LabelledReading:
    words = [str(row.get(key) or "") for key in ("account", "meter", "resource", "unit")]
    return LabelledReading(number(str(row["value"])), *words)


def number(text: str) -> Decimal:
    """A value as written, without its spaces; a comma is a point. InvalidOperation where it is none."""
    return Decimal("".join(text.split()).replace(",", "."))


def _threads(path: Path, faults: list[str]) -> Iterator[LetterThread]:
    for folder in sorted(path.iterdir()) if path.is_dir() else ():
        try:
            yield _thread(folder)
        except (KeyError, TypeError, ValueError, OSError) as error:
            faults.append(f"{folder / 'label.json'}:1: {_words(error)}")


def _thread(folder: Path) -> LetterThread:
    label = json.loads((folder / "label.json").read_text(encoding="utf-8"))
    dates = [_date(label.get(key)) for key in ("first_date", "answer_date", "second_date")]
    first = _of_thread(folder / "01.eml", dates[0])
    return LetterThread(
        file=f"threads/{folder.name}/02.eml",
        first=first,
        answer=(folder / "answer.txt").read_text(encoding="utf-8"),
        answered_at=dates[1] or first.received_at,
        second=_of_thread(folder / "02.eml", dates[2]),
        must=_must(label["must"]),
        why=str(label.get("why", "")),
    )


def _date(text: str | None) -> datetime | None:
    moment = datetime.fromisoformat(text) if text else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"дата «{text}» без часового пояса")
    return moment


def _raw(path: Path) -> RawLetter:
    """The letter of a file."""
    ((_, item),) = (item if not isinstance(item, FileFault) else _refuse(item) for item in read_path(path))
    return item


def _of_thread(path: Path, at: datetime | None) -> RawLetter:
    """A letter of a thread as of the moment of its label, else of its own `Date`: a file's time says nothing of the order."""
    letter = _raw(path)
    return replace(letter, received_at=at or parse(letter).sent_at or letter.received_at)


def _refuse(fault: FileFault) -> NoReturn:
    raise ValueError(f"{fault.source}: {fault.message}")


def silent(action: Action) -> bool:
    """Did the writer get nothing at all, neither an answer nor a person?"""
    return action.is_silent
