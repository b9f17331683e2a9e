"""The words of a part, and what stands around each: all that the model of words sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mailbot.understanding.folding import fold
from mailbot.understanding.roles.word_forms import own_features, sort_of

_WORD = re.compile(r"[^\W\d_]+|\d+")
_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S{1,200}|www\.\S{1,200}")
_QUOTES = "«»\"“”„'"
_STEM = 5
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


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a number. `known` is the word folded, of a number «#role»; `gap` what stands before it (`GAPS`)."""

    start: int
    end: int
    text: str
    known: str
    gap: str
    line: int
    number: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who `From` says has written: the words of the display name, and the address before the @, folded."""

    words: frozenset[str]
    local: str


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a letter as a row of words. `lines` counts those that hold any; `quoted` are others' words."""

    part: str
    text: str
    words: tuple[Word, ...]
    lines: int
    quoted: tuple[tuple[int, int], ...]
    sender: Sender
    small: bool  # written without capitals


def sender_of(name: str, address: str) -> Sender:
    return Sender(
        frozenset(word for word in re.findall(r"[^\W\d_]{3,}", fold(name))),
        fold(address.partition("@")[0]),
    )


def page(
    part: str,
    text: str,
    numbers: Iterable[SeenNumber],
    quoted: Sequence[tuple[int, int]],
    sender: Sender,
) -> Page:
    """The part ready to be asked about its words; addresses of the network hold none."""
    plain = _ELECTRONIC.sub(lambda match: "|" * len(match.group()), text)
    words: list[Word] = []
    line = -1
    for start, end, role in _stretches(plain, numbers):
        between = plain[words[-1].end if words else 0 : start]
        if not words or "\n" in between:
            line += 1
        written = plain[start:end]
        known = f"#{role}" if role else fold(written)
        gap = _gap(between) if words else "n"
        words.append(Word(start, end, written, known, gap, line, bool(role)))
    letters = [word.text for word in words if not word.number]
    small = len(letters) > 3 and sum(word[0].isupper() for word in letters) * 20 < len(letters)
    return Page(part, text, tuple(words), line + 1, tuple(quoted), sender, small)


def _stretches(text: str, numbers: Iterable[SeenNumber]) -> Iterator[tuple[int, int, str]]:
    """Words and numbers in order; the words that say a number are one number."""
    at = 0
    for number in sorted(numbers, key=lambda one: (one.start, -one.end)):
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
_AFTER_NUMBER = re.compile(r"(?:-?[а-я]{1,2}\b)?\s?[А-ЯЁа-яё]{3}")


def candidates(page: Page, plain: frozenset[str]) -> list[int]:
    """Which words are worth a look: no frequent word that names nothing, no number but the one of «40 лет Победы»."""
    return [nth for nth, word in enumerate(page.words) if _is_candidate(page, nth, word, plain)]


def _is_candidate(page: Page, nth: int, word: Word, plain: frozenset[str]) -> bool:
    if word.number:
        following = page.words[nth + 1] if nth + 1 < len(page.words) else None
        return (
            bool(_YEARS.match(word.text))
            and following is not None
            and not following.number
            and following.gap in "gsh"
        ) or not word.text[0].isdigit()
    return word.known not in plain


class Surroundings:
    """What is seen of the words of a page; `streets` and `surnames` are folded words of a register, where there is one."""

    def __init__(
        self, page: Page, streets: frozenset[str] = frozenset(), surnames: frozenset[str] = frozenset()
    ) -> None:
        self._page = page
        self._sorts = [word.known if word.number else sort_of(word.text) for word in page.words]
        self._stems = [word.known if word.number else word.known[:_STEM] for word in page.words]
        self._firsts, self._lasts = _lines(page)
        self._quotes = [start for start, _ in page.quoted]
        self._streets, self._surnames = streets, surnames

    def features(self, nth: int) -> list[str]:
        """The names of all features that hold for the word; each counts once."""
        return list(dict.fromkeys(self._features(nth)))

    def _features(self, nth: int) -> Iterator[str]:
        word = self._page.words[nth]
        sort = self._sorts[nth]
        if word.number:
            yield f"number={word.known}&{min(len(word.text), 5)}"
        else:
            yield from own_features(word.text)
        yield from self._beside(nth, word, sort)
        yield from self._in_line(nth, word, sort)
        yield from self._known_of_it(word, sort)

    def _beside(self, nth: int, word: Word, sort: str) -> Iterator[str]:
        words, stems, sorts = self._page.words, self._stems, self._sorts
        gap = word.gap
        l1, l2, l3 = (stems[nth - step] if nth >= step else "^" for step in (1, 2, 3))
        k1, k2 = (sorts[nth - step] if nth >= step else "^" for step in (1, 2))
        last = len(words)
        r1, r2 = (stems[nth + step] if nth + step < last else "$" for step in (1, 2))
        m1, m2 = (sorts[nth + step] if nth + step < last else "$" for step in (1, 2))
        g1 = words[nth + 1].gap if nth + 1 < last else "n"
        g2 = words[nth + 2].gap if nth + 2 < last else "n"
        g0 = words[nth - 1].gap if nth else "n"
        case = "X" if word.text[0].isupper() else "x"
        yield from (
            f"L1={l1}", f"L1={gap}{l1}", f"L1={l1}&{sort}", f"L2={l2}", f"L12={l2} {l1}", f"L3={l3}",
            f"R1={r1}", f"R1={g1}{r1}", f"R1={r1}&{sort}", f"R2={r2}", f"R12={r1} {r2}", f"LR={l1}_{r1}",
            f"g={gap}{g1}", f"g={gap}{g1}&{sort}{case}", f"gs={g0}{gap}{case}{g1}{g2}",
            f"K1={k1}{gap}&{sort}", f"K2={k2}{g0}{k1}{gap}&{sort}", f"M1={g1}{m1}&{sort}", f"M2={g1}{m1}{g2}{m2}&{sort}",
            f"KM={k1}{gap}&{sort}&{g1}{m1}", f"k1={k1}{gap}{case}", f"m1={g1}{m1}{case}",
        )  # fmt: skip
        if nth and not words[nth - 1].number:
            yield f"L1u={'X' if words[nth - 1].text[0].isupper() else 'x'}{gap}{case}"
        if nth + 1 < last and not words[nth + 1].number:
            yield f"R1u={'X' if words[nth + 1].text[0].isupper() else 'x'}{g1}{case}"

    def _in_line(self, nth: int, word: Word, sort: str) -> Iterator[str]:
        page = self._page
        first, last = self._firsts[word.line], self._lasts[word.line]
        count = last - first + 1
        size = "1" if count == 1 else "2" if count <= 3 else "3" if count <= 6 else "4"
        from_end = page.lines - 1 - word.line
        end = str(from_end) if from_end < 3 else "+"
        case = "X" if word.text[0].isupper() else "x"
        yield from (
            f"line={min(word.line, 2)}", f"end={end}&{size}", f"end={end}&{size}&{sort}", f"size={size}&{case}",
            f"nth={min(nth - first, 3)}&{min(last - nth, 3)}", f"left={min(last - nth, 3)}&{end}&{sort}",
            f"small={page.small}&{case}", f"part={page.part.partition(':')[0]}&{sort}",
        )  # fmt: skip
        for step in range(2, 6):
            if nth - step < first:
                break
            yield f"lw={self._stems[nth - step]}"
        for step in range(2, 5):
            if nth + step > last:
                break
            yield f"rw={self._stems[nth + step]}"
        left = next((at for at in range(nth - 1, max(first, nth - 6) - 1, -1) if page.words[at].number), None)
        right = next((at for at in range(nth + 1, min(last, nth + 5) + 1) if page.words[at].number), None)
        if left is not None:
            yield f"ln={page.words[left].known}{nth - left}"
        if right is not None:
            yield f"rn={page.words[right].known}{right - nth}"
            yield f"rn={page.words[right].known}&{sort}"

    def _known_of_it(self, word: Word, sort: str) -> Iterator[str]:
        at = bisect_right(self._quotes, word.start) - 1
        if at >= 0 and word.start < self._page.quoted[at][1]:
            yield "quoted"
            yield f"quoted&{sort}"
        if is_senders(word.known, self._page.sender):
            yield "sender"
            yield f"sender&{sort}"
        if word.known in self._streets:
            yield "register street"
        if word.known in self._surnames:
            yield "register surname"


@lru_cache(maxsize=20_000)
def _in_latin(word: str) -> str:
    return word.translate(_LATIN)


def is_senders(known: str, sender: Sender) -> bool:
    """Does the word stand in the sender's name, or before the @ of the address?"""
    if len(known) < 3:
        return False
    if known in sender.words or any(
        known[:4] == other[:4] and abs(len(known) - len(other)) < 4 for other in sender.words
    ):
        return True
    return len(known) > 4 and _in_latin(known)[:-1] in sender.local


def _lines(page: Page) -> tuple[list[int], list[int]]:
    """The first and the last word of each line."""
    firsts: list[int] = []
    lasts: list[int] = []
    for nth, word in enumerate(page.words):
        if word.line == len(firsts):
            firsts.append(nth)
            lasts.append(nth)
        lasts[word.line] = nth
    return firsts, lasts
