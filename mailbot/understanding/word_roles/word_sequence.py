"""A part of a letter as a row of words and numbers, and whom `From` names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from mailbot.understanding.text.folding import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S{1,200}|www\.\S{1,200}")
_QUOTES = "«»\"“”„'"
_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
        "ц": "c", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "u", "я": "a",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenNumber:
    """A number of the part as the model of numbers knows it."""

    start: int
    end: int
    role: str


class PageWord(NamedTuple):
    """A word or a number. `known` is the word folded, of a number «#role»; `gap` what stands before it (`GAPS`)."""

    start: int
    end: int
    text: str
    known: str
    gap: str
    line: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class LetterSender:
    """Who `From` says has written: the words of the display name, and the address before the @, folded."""

    words: frozenset[str]
    local: str


@dataclass(frozen=True, slots=True)
class WordPage:
    """A part of a letter as a row of words. `lines` counts those that hold any; `quoted` are others' words."""

    part: str
    text: str
    words: tuple[PageWord, ...]
    lines: int
    quoted: tuple[tuple[int, int], ...]
    sender: LetterSender
    small: bool  # written without capitals


def sender_of(name: str, address: str) -> LetterSender:
    return LetterSender(
        frozenset(word for word in re.findall(r"[^\W\d_]{3,}", fold(name))),
        fold(address.partition("@")[0]),
    )


def page(
    part: str,
    text: str,
    numbers: Iterable[SeenNumber],
    quoted: Sequence[tuple[int, int]],
    sender: LetterSender,
) -> WordPage:
    """The part ready to be asked about its words; addresses of the network hold none."""
    plain = _ELECTRONIC.sub(lambda match: "|" * len(match.group()), text)
    words: list[PageWord] = []
    line = -1
    for start, end, role in _stretches(plain, numbers):
        between = plain[words[-1].end if words else 0 : start]
        if not words or "\n" in between:
            line += 1
        written = plain[start:end]
        known = f"#{role}" if role else fold(written)
        gap = _gap(between) if words else "n"
        words.append(PageWord(start, end, written, known, gap, line, bool(role)))
    letters = [word.text for word in words if not word.number]
    small = len(letters) > 3 and sum(word[0].isupper() for word in letters) * 20 < len(letters)
    return WordPage(part, text, tuple(words), line + 1, tuple(quoted), sender, small)


def _stretches(text: str, numbers: Iterable[SeenNumber]) -> Iterator[tuple[int, int, str]]:
    """Words and numbers in order; the words that say a number are one number."""
    at = 0
    for number in sorted(numbers, key=lambda seen_number: (seen_number.start, -seen_number.end)):
        if number.start < at:
            continue
        yield from ((*match.span(), _unread(match[0])) for match in _WORD.finditer(text, at, number.start))
        yield number.start, number.end, number.role
        at = number.end
    yield from ((*match.span(), _unread(match[0])) for match in _WORD.finditer(text, at))


def _unread(written: str) -> str:
    return f"{min(len(written), 7)}" if written[0].isdigit() else ""


def _gap(between: str) -> str:
    if not between:
        return "g"
    if "\n" in between:
        return "n"
    signs = between.strip()
    if not signs:
        return "s"
    if signs == ".":
        return "d"
    if signs == ",":
        return "c"
    if signs in "-–—‑−":
        return "h" if between == signs else "o"
    return "q" if any(sign in _QUOTES for sign in signs) else "o"


_YEARS = re.compile(r"\d{1,2}")


def candidates(page: WordPage, plain: frozenset[str]) -> list[int]:
    """Which words are worth a look: no frequent word that names nothing, no number but the one of «40 лет Победы»."""
    return [nth for nth, word in enumerate(page.words) if _is_candidate(page, nth, word, plain)]


def _is_candidate(page: WordPage, nth: int, word: PageWord, plain: frozenset[str]) -> bool:
    if word.number:
        following = page.words[nth + 1] if nth + 1 < len(page.words) else None
        return (
            bool(_YEARS.match(word.text))
            and following is not None
            and not following.number
            and following.gap in "gsh"
        ) or not word.text[0].isdigit()
    return word.known not in plain


@lru_cache(maxsize=20_000)
def _in_latin(word: str) -> str:
    return word.translate(_LATIN)


def is_senders(known: str, sender: LetterSender) -> bool:
    """Does the word stand in the sender's name, or before the @ of the address?"""
    if len(known) < 3:
        return False
    if known in sender.words or any(
        known[:4] == other[:4] and abs(len(known) - len(other)) < 4 for other in sender.words
    ):
        return True
    return len(known) > 4 and _in_latin(known)[:-1] in sender.local
