"""The two halves of a letter, plain text and HTML, say the same words: a client reads the one or the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from mailbot.model import SourceFile

_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_INVISIBLE_MARKUP = re.compile(r"(?is)<(head|style|title)\b.*?</\1>|<!--.*?-->|<[^>]*>")
_VARIABLE = re.compile(r"\{\{\s*([^}|]*?)\s*(?:\|[^}]*)?\}\}")
_WORD = re.compile(r"\{\{[^}]*\}\}|\w+")

TEXT, HTML = ".txt", ".html"


@dataclass(frozen=True, slots=True)
class HalfDifference:
    """A stretch of words that stands in one half alone, or differs; empty where the other half has nothing there."""

    text: str
    html: str

    def __str__(self) -> str:
        only = (("только в тексте", self.text), ("только в оформлении", self.html))
        return ", ".join(f"{where}: «{words}»" for where, words in only if words)


def counterpart_path(path: str) -> str:
    """The path of the other half of a letter; empty for a subject, a piece, and what is no letter."""
    name = path.rpartition("/")[2]
    if not path.startswith("templates/mail/") or name.startswith("_") or name.endswith(".subject.txt"):
        return ""
    if path.endswith(HTML):
        return path.removesuffix(HTML) + TEXT
    return path.removesuffix(TEXT) + HTML if path.endswith(TEXT) else ""


def find_differences(text: str, html: str) -> tuple[HalfDifference, ...]:
    """Where the words of the two templates differ; variables are words, layout and statements are none."""
    left, right = _words(text), _words(html)
    matcher = SequenceMatcher(
        None, [word.lower() for word in left], [word.lower() for word in right], autojunk=False
    )
    return tuple(
        HalfDifference(" ".join(left[a:b]), " ".join(right[c:d]))
        for what, a, b, c, d in matcher.get_opcodes()
        if what != "equal"
    )


def find_differing_letters(
    sources: Iterable[SourceFile], shipped: Iterable[SourceFile]
) -> Iterator[tuple[str, HalfDifference]]:
    """(path of the text, difference) of all letters, but for what the shipped letter is laid out apart in."""
    texts, apart = (
        {source.name: source.text for source in sources},
        {file.name: file.text for file in shipped},
    )
    for path in sorted(texts):
        half = counterpart_path(path)
        if not path.endswith(TEXT) or half not in texts:
            continue
        known = find_differences(apart.get(path, ""), apart.get(half, "")) if path in apart else ()
        yield from (
            (path, difference)
            for difference in find_differences(texts[path], texts[half])
            if difference not in known
        )


def _words(template: str) -> list[str]:
    plain = unescape(_INVISIBLE_MARKUP.sub(" ", _STATEMENT.sub(" ", template)))
    return _WORD.findall(_VARIABLE.sub(r"{{\1}}", plain))
