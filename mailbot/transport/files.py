"""Letters from files: `.eml`, mbox and Maildir, and folders of them, as if a mailbox held them."""

from __future__ import annotations

import mailbox as stdlib_mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from mailbot.model import RawLetter


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that is no letter, and why; it stops none of the others."""

    source: str
    message: str


Item = tuple[str, RawLetter] | FileFault


def read_path(path: Path) -> Iterator[Item]:
    """Every letter under a path, in the order of names, each with where it came from.

    `received_at` is the date of the topmost `Received` line, the one our own server wrote; else the
    `Date` header, else the file's own time: a copy keeps the first two, a fresh checkout not the last.
    """
    if not path.exists():
        yield FileFault(str(path), "нет такого файла или папки")
    elif path.is_dir() and (path / "cur").is_dir() and (path / "new").is_dir():
        for folder in (path / "cur", path / "new"):
            for file in sorted(folder.iterdir()):
                yield _letter(file)
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            if child.is_dir() or child.suffix.lower() in {".eml", ".mbox"}:
                yield from read_path(child)
    elif _begins(path).startswith(b"From ") and not _begins(path).startswith(b"From :"):
        yield from _mbox(path)
    else:
        yield _letter(path)


def _begins(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError:
        return b""


def _letter(path: Path) -> Item:
    try:
        content = path.read_bytes()
        changed = path.stat().st_mtime
    except OSError as error:
        return FileFault(str(path), f"файл не читается ({error.strerror})")
    if not content.strip():
        return FileFault(str(path), "файл пуст")
    return str(path), RawLetter(content, received_at(content) or datetime.fromtimestamp(changed, UTC))


def _mbox(path: Path) -> Iterator[Item]:
    try:
        box = stdlib_mailbox.mbox(str(path), create=False)
        changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        for key in box.keys():  # noqa: SIM118 (a mailbox iterates over messages, not keys)
            content = box.get_bytes(key)
            yield f"{path}#{int(key) + 1}", RawLetter(content, received_at(content) or changed)
    except (OSError, ValueError) as error:
        yield FileFault(str(path), f"файл mbox не читается ({error})")


_RECEIVED = re.compile(rb"^received:((?:.*\n(?:[ \t].*\n)*))", re.IGNORECASE | re.MULTILINE)
_DATE = re.compile(rb"^date:([^\n]*)", re.IGNORECASE | re.MULTILINE)


def received_at(content: bytes) -> datetime | None:
    """When the last server took the letter, or when it says it was written; None where neither is told."""
    header = content[:65536].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0] + b"\n"
    received, written = _RECEIVED.search(header), _DATE.search(header)
    stamps = [received[1].rpartition(b";")[2]] if received else []
    stamps += [written[1]] if written else []
    for stamp in stamps:
        try:
            moment = parsedate_to_datetime(" ".join(stamp.decode("ascii", "replace").split()))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
