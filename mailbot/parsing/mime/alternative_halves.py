"""What one half of a letter says beyond the other.

`multipart/alternative` promises the same words in several forms (RFC 2046 5.1.4), and nothing holds a program to it:
a footer, a signature, a whole complaint may stand in the HTML alone. Programs also set the same words differently: they
spell links out, wrap and number lines, part cells. So sentences are compared by their words and by which of them are
neighbours, never by their form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.model import SegmentRole
from mailbot.parsing.layout.html_text import CLOSE, OPEN
from mailbot.parsing.layout.quoted_text import lines_of, roles_of, without_marks
from mailbot.parsing.layout.signatures import only_programs

_LINK = re.compile(
    r"<[^<>\s]{1,2000}>|\[(?:image|cid|inline)\b[^\]\n]{0,300}\]|(?:https?://|www\.|mailto:)[^\s<>()\[\]]{1,2000}",
    re.IGNORECASE,
)
"""What a program writes out where the HTML has a link or a picture."""

_NUMBERED = re.compile(r"^\s*(?:\d{1,2}[.)]|[*•·○▪–-])\s+(?=\S)")
"""The mark of a list's entry: one program writes it, another only shows it."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\t")
_WORD = re.compile(r"[^\W_]+")

REACH = 2
"""Words after a word that count as its neighbours: the number of a footnote may stand between two."""

_NO_HTML = re.compile(
    r"(?=.{0,300}\b(?:html|mime)\b)(?:\W*+(?:\w++\W*+){1,3}$|(?=.{0,300}(?:поддерж|отобра|просмотр|прочита|формат|support|view|display|read)))",
    re.IGNORECASE,
)
"""«Ваша программа не поддерживает HTML»: a sentence in place of the letter's words, and none of them."""


def find_additional_text(half: str, said: str) -> str:
    """The sentences of `half` that `said` lacks, line by line, quotations between `OPEN` and `CLOSE`; empty where none is.

    «Отправлено из мобильной Почты Mail» in the HTML alone is nobody's word.
    """
    bare, quoted = without_marks(half)
    lines = lines_of(bare)
    known = _Known(said)
    lacking = [
        "" if only_programs([line]) else " ".join(known.lacks(bare[line.start : line.end])) for line in lines
    ]
    if not any(lacking):
        return ""
    marked = (quoted + [False] * len(lines))[: len(lines)]
    roles = roles_of(lines, marked, "")
    return "\n".join(
        f"{OPEN}\n{words}\n{CLOSE}" if role is SegmentRole.QUOTED else words
        for words, role in zip(lacking, roles, strict=True)
        if words
    )


def stands_in_for_html(text: str) -> bool:
    """Is the plain half no more than word of the HTML, in place of the letter?"""
    sentences = [sentence for sentence in _SENTENCE.split(text) if _WORD.search(sentence)]
    return bool(sentences) and all(_NO_HTML.match(sentence) for sentence in sentences)


class _Known:
    """The words of a text, and the pairs of them that stand near each other, with its links and without."""

    def __init__(self, text: str) -> None:
        halves = (_words(text), _words(_LINK.sub(" ", text)))
        self._words = {word for words in halves for word in words}
        self._near = {pair for words in halves for pair in _neighbours(words, REACH)}

    def lacks(self, line: str) -> Iterator[str]:
        """The sentences of a line that hold a word, or two neighbours, which the text does not."""
        for sentence in _SENTENCE.split(_NUMBERED.sub("", line)):
            words = _words(sentence)
            if words and not self._says(words) and not _NO_HTML.match(sentence):
                yield sentence.strip()

    def _says(self, words: Sequence[str]) -> bool:
        return self._words.issuperset(words) and self._near.issuperset(_neighbours(words, 1))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("ё", "е"))


def _neighbours(words: Sequence[str], reach: int) -> Iterator[tuple[str, str]]:
    for step in range(1, reach + 1):
        yield from zip(words, words[step:], strict=False)
