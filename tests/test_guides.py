"""The guides are true: every name in their backticks is there, and the glossary has one word a thing."""

from __future__ import annotations

import ast
import re
import tokenize
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from mailbot.cli import app

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mailbot"
GUIDES = (
    "README.md",
    "ARCHITECTURE.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/glossary.md",
    "docs/rules.md",
    "docs/staff.md",
    "docs/understanding.md",
)
OUTSIDE = frozenset(
    {
        "mailbot.toml",  # written by `mailbot init`
        "utils", "helpers", "manager", "base", "common",  # names that no file may have
        "make", "mypy", "ruff", "assert_never", "match", "DATA", "BODY.PEEK[]", "Message-ID", "shared", "dovecot-imapd", "chromium",
        "libzbar0", "NAME", "__init__.py", "fmt: skip",
    }
)  # fmt: skip
"""Names in backticks that are of the language, of tools, of protocols, or of the reader's machine."""


def names_of(guide: str) -> list[str]:
    """What stands in backticks outside fenced blocks."""
    text = re.sub(r"^```.*?^```$", "", (ROOT / guide).read_text(encoding="utf-8"), flags=re.M | re.S)
    return [name.replace("\\|", "|") for name in re.findall(r"`([^`\n]+)`", text)]


@pytest.mark.parametrize("guide", GUIDES)
def test_every_name_in_backticks_exists(guide: str) -> None:
    assert [name for name in names_of(guide) if not exists(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "policy/nowhere.py",
        "tests/test_guides.py::test_that_is_not_there",
        "NoSuchClass",
        "Facts.no_such_field",
        "make nothing",
        "mailbot nothing",
        "mailbot bill nothing",
        "mailbot train --nothing",
        "/no-such-page",
        "no_such_function",
    ],
)
def test_a_name_that_is_not_there_is_seen(name: str) -> None:
    assert not exists(name)


def test_every_word_of_the_glossary_stands_once_and_names_its_place() -> None:
    text = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")][1:]
    assert [
        row for row in rows if len(row) != 4 or not re.search("[а-яё]", row[1]) or "`" not in row[3]
    ] == []
    assert [word for word, count in Counter(row[0] for row in rows).items() if count > 1] == []
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)


def test_every_link_of_the_guides_leads_somewhere() -> None:
    dead = [
        f"{guide}: {target}"
        for guide in GUIDES
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / guide).read_text(encoding="utf-8"))
        if not (ROOT / guide).parent.joinpath(target).exists()
    ]
    assert dead == []


def exists(name: str) -> bool:
    """Is it a command, a target of make, a test, a page, a path, or a name of the code or of the rules?"""
    if name in OUTSIDE:
        return True
    if name.startswith("mailbot "):
        return _is_command(name.split()[1:])
    if name.startswith("make "):
        return all(f"\n{target}:" in _text("Makefile") for target in name.split()[1:])
    if name.startswith("/"):
        return _is_page(name)
    if "::" in name:
        path, _, test = name.partition("::")
        return (ROOT / path).is_file() and f"def {test}(" in _text(path)
    if re.fullmatch("[A-ZА-Я]", name):
        return f'data-key="Key{name}"' in _text("templates/web/layout.html")
    if "/" in name or re.search(r"\.(py|toml|txt|md|json|html|eml|csv)$", name):
        return _is_path(name)
    name = re.sub(r" = .*", "", name)  # a field with its value
    name = re.sub(r"^\[(\w+)\]( |$)", r"\1 ", name).strip()  # a section of settings
    return all(_is_name(word) for word in re.split(r"[ .,]+", name.removesuffix("()")))


def _is_command(words: list[str]) -> bool:
    """Each word before the first that is no name, and each option, belong to the command."""
    known: Any = get_command(app)
    for word in words:
        if word.startswith(("-", "[-")):
            break
        if not re.fullmatch(r"[a-z|-]+", word) or not hasattr(known, "commands"):
            break
        found = [known.commands.get(one) for one in word.split("|")]
        if None in found:
            return False
        known = found[0]
    options = {option for parameter in known.params for option in parameter.opts}
    asked = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", " ".join(words)))
    return hasattr(known, "commands") or asked <= options


def _is_path(name: str) -> bool:
    """From the root, from the package, or a file's name or ending alone; `*` stands for any."""
    if any(True for top in (ROOT, PACKAGE) for _ in top.glob(name.rstrip("/"))):
        return True
    return "/" not in name and any(
        file == name or (name[0] == "." and file.endswith(name)) for file in _files()
    )


def _is_name(word: str) -> bool:
    return word in _words_of_code() or word in _words_of_rules()


@lru_cache(maxsize=1)
def _words_of_code() -> frozenset[str]:
    """Every name that the code uses, and every short string in it; comments and docstrings do not count."""
    return frozenset(
        word
        for path in (*PACKAGE.rglob("*.py"), *ROOT.glob("db/**/*.py"), *ROOT.glob("tests/**/*.py"))
        for word in _words(path)
    )


def _words(path: Path) -> Iterator[str]:
    if path == Path(__file__):
        return
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.NAME:
                yield token.string
            elif token.type == tokenize.STRING and len(token.string) < 40 and token.string[0] in "\"'":
                yield str(ast.literal_eval(token.string))


@lru_cache(maxsize=1)
def _words_of_rules() -> frozenset[str]:
    """Fields of the rules and of the project's settings, and the names that rows of the rules bear."""
    files = (*ROOT.glob("rules/*.toml"), ROOT / "pyproject.toml", ROOT / "templates/snippets.toml")
    return frozenset(
        word for path in files for word in _leaves(tomllib.loads(path.read_text(encoding="utf-8")))
    )


def _leaves(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, inner in value.items():
                yield str(key)
                yield from _leaves(inner)
        case list():
            for inner in value:
                yield from _leaves(inner)
        case str():
            yield value
        case _:
            return


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    """The names of all files that a reader may meet."""
    tops = ("mailbot", "rules", "templates", "db", "training", "evaluation", "samples")
    return frozenset(path.name for top in tops for path in (ROOT / top).rglob("*") if path.is_file())


def _is_page(address: str) -> bool:
    """Written whole in the code of the pages, or as a group's prefix and its own end."""
    ends = [match.start() for match in re.finditer("/", address)]
    return any(
        f'"{address[end:]}"' in _pages() and (not end or f'"{address[:end]}"' in _pages()) for end in ends
    )


@lru_cache(maxsize=1)
def _pages() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "web").rglob("*.py"))


@lru_cache(maxsize=64)
def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")
