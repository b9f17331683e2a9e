"""Text files of `rules/` and `templates/`: read whatever Notepad puts before them, and none left lying unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from mailbot.model import SourceFile

READ = frozenset({".toml", ".txt", ".html", ".json", ".typ"})
"""Endings of the files that are read at all."""

_LEFT_LYING = (".bak", ".orig", ".old", ".md", ".db", ".ini", ".swp")
"""What editors and systems leave beside; nobody expects it to be read."""


class InputFileError(Exception):
    """A file cannot be read; the message (Russian) names it with its line, and says what to do."""


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without a byte order mark, lines ended by `\\n`.

    InputFileError where it is in another encoding, with the line of the first byte that shows it.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputFileError(f"{path}:1: файл не читается ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        content = path.read_bytes()
        wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        line = 1 if wide else content[: error.start].count(b"\n") + 1
        saved = "в UTF-16" if wide else "не в UTF-8 (похоже, в cp1251)"
        raise InputFileError(
            f"{path}:{line}: файл сохранён {saved}. Откройте его в редакторе и сохраните в UTF-8 "
            "(в Блокноте: «Сохранить как», «Кодировка»)."
        ) from error


def read_folder(folder: Path, name: str) -> dict[str, str]:
    """The texts of a folder by «name/path», sorted."""
    return {
        f"{name}/{path.relative_to(folder).as_posix()}": _read_unchanged(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in READ
    }


def _read_unchanged(path: Path) -> str:
    """The text, in memory still where the file is as it was: processes that are forked share what they then hold."""
    try:
        state = path.stat()
    except OSError:
        return read_text(path)
    return _read_as_of(path, state.st_mtime_ns, state.st_size, state.st_ino)


@lru_cache(maxsize=1_000)
def _read_as_of(path: Path, *_state: int) -> str:
    return read_text(path)


def find_unread_files(folder: Path, name: str, shipped: Path, read: Iterable[SourceFile]) -> Iterator[str]:
    """A line for each file of the company's own folder that nothing would ever read, with what to do.

    `read` are all rules and templates that hold: a new mail or piece is read where one of them names it.
    """
    if not folder.is_dir() or folder.resolve() == shipped.resolve():
        return
    known = [path.relative_to(shipped).as_posix() for path in shipped.rglob("*") if path.is_file()]
    named = {Path(known_path).name: known_path for known_path in known}
    texts = tuple(source.text for source in read)
    for path in sorted(folder.rglob("*")):
        own = path.relative_to(folder).as_posix()
        if path.is_file() and not _beside(path) and (why := _why_unread(own, name, known, texts)):
            near = get_close_matches(path.name, named, 1, cutoff=0.8)
            meant = named[near[0]] if near else own
            hint = f"возможно, это {name}/{meant}" if meant != own else "уберите его"
            yield f"{path}:1: {why}; {hint}"


def _why_unread(own: str, name: str, known: list[str], texts: tuple[str, ...]) -> str:
    """Empty where the file is read."""
    if own.startswith("web/"):
        return "страницы сотрудников своими файлами не заменяются"
    if own in known:
        return ""
    if Path(own).suffix not in READ:
        return "такой файл программа не читает"
    if name == "rules":  # a file beside the tables is told where they are read
        return "такого списка слов нет, его никто не читает" if own.startswith("words/") else ""
    bare = Path(own).name.split(".")[0]
    folder = own.rpartition("/")[0]
    if folder in ("mail", "bill", "report") and any(_names(text, bare, own) for text in texts):
        return ""
    return "такого шаблона никто не называет, письма берутся из папки mail"


def _names(text: str, bare: str, own: str) -> bool:
    """Does a rule name the template, or another template the piece?"""
    return f'"{bare}"' in text or f'"{own.rpartition("/")[2]}"' in text


def _beside(path: Path) -> bool:
    return path.name.startswith(".") or path.name.endswith("~") or path.suffix.lower() in _LEFT_LYING
