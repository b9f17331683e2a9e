"""Letters from files: `.eml`, mbox and Maildir, and folders of them, as if a mailbox held them."""

from __future__ import annotations

import mailbox as stdlib_mailbox
import os
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mailbot.model import RawLetter
from mailbot.transport.received import received_at

SIZE_LIMIT = 30_000_000
"""Bytes: of a larger file the headers alone are taken, as from a mailbox."""

HEADER_LIMIT = 256_000

_HEADER_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that is no letter, and why; it stops none of the others."""

    source: str
    message: str


Item = tuple[str, RawLetter] | FileFault


def read_path(path: Path) -> Iterator[Item]:
    """Every letter under a path, in the order of names, each with where it came from.

    A folder gives its `.eml` and `.mbox` files and its folders; links to folders are not followed, for
    they may lead in a circle. `received_at` is the date of the topmost `Received` line, the one our own
    server wrote; else the `Date` header, else the file's own time: a copy keeps the first two, a fresh
    checkout not the last. Never raises: what cannot be read is a FileFault in its place.
    """
    try:
        if not path.exists():
            yield FileFault(_name(path), "нет такого файла или папки")
        elif path.is_dir():
            yield from _folder(path)
        else:
            yield from _file(path)
    except OSError as error:
        yield FileFault(_name(path), f"не читается ({error.strerror})")


def _folder(path: Path) -> Iterator[Item]:
    """A Maildir gives its letters, then its sub-folders (Maildir++); any other folder its files."""
    letters = (path / "cur", path / "new")
    maildir = all(folder.is_dir() for folder in letters)
    if maildir:
        for folder in letters:
            for file in sorted(folder.iterdir()):
                if file.is_file():
                    yield _one(file)
    own = {"cur", "new", "tmp"} if maildir else set()
    inside = [child for child in sorted(path.iterdir()) if child.name not in own and _holds_letters(child)]
    for child in inside:
        yield from read_path(child)
    if not (inside or maildir):
        yield FileFault(_name(path), "в папке нет ни файлов .eml и .mbox, ни Maildir")


def _holds_letters(child: Path) -> bool:
    """A regular file: a pipe named `x.eml` would be waited for without end."""
    if child.is_dir():
        return not child.is_symlink()
    return child.suffix.lower() in {".eml", ".mbox"} and (child.is_file() or child.is_symlink())


def _file(path: Path) -> Iterator[Item]:
    """An mbox shows itself by the line before each of its letters (RFC 4155), whatever its name."""
    if not path.is_file():
        yield FileFault(_name(path), "не файл и не папка")
        return
    with path.open("rb") as file:
        beginning = file.read(5)
    if beginning == b"From ":
        yield from _mbox(path)
    else:
        yield _one(path)


def _one(path: Path) -> Item:
    """The one letter of a file, whatever it holds; only an empty file is none."""
    try:
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
            about = os.fstat(file.fileno())
    except OSError as error:
        return FileFault(_name(path), f"файл не читается ({error.strerror})")
    if not content.strip():
        return FileFault(_name(path), "файл пуст")
    return _name(path), _letter(content, about.st_size, datetime.fromtimestamp(about.st_mtime, UTC))


def _mbox(path: Path) -> Iterator[Item]:
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    with closing(stdlib_mailbox.mbox(str(path), create=False)) as box:
        for number, key in enumerate(box.keys(), start=1):
            source = f"{_name(path)}#{number}"
            content = box.get_bytes(key)
            if content.strip():
                yield source, _letter(content, len(content), changed)
            else:
                yield FileFault(source, "письмо пусто")


def _letter(content: bytes, size: int, changed: datetime) -> RawLetter:
    at = received_at(content) or changed
    if size <= SIZE_LIMIT:
        return RawLetter(content, at)
    return RawLetter(_HEADER_END.split(content[:HEADER_LIMIT], maxsplit=1)[0] + b"\r\n\r\n", at, size)


def _name(path: Path) -> str:
    """A path as text that can be stored and printed: names on disk are bytes, in any encoding."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
