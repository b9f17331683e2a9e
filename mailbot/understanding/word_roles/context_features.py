"""What stands around a word of a letter: all that the model of words sees of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from mailbot.understanding.word_roles.word_features import own_features, sort_of
from mailbot.understanding.word_roles.word_sequence import PageWord, WordPage, is_senders

_STEM = 5


class WordFeatures:
    """What is seen of the words of a page; `streets` and `surnames` are folded words of a register, where there is one."""

    def __init__(
        self, page: WordPage, streets: frozenset[str] = frozenset(), surnames: frozenset[str] = frozenset()
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

    def _beside(self, nth: int, word: PageWord, sort: str) -> Iterator[str]:
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

    def _in_line(self, nth: int, word: PageWord, sort: str) -> Iterator[str]:
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

    def _known_of_it(self, word: PageWord, sort: str) -> Iterator[str]:
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


def _lines(page: WordPage) -> tuple[list[int], list[int]]:
    """The first and the last word of each line."""
    firsts: list[int] = []
    lasts: list[int] = []
    for nth, word in enumerate(page.words):
        if word.line == len(firsts):
            firsts.append(nth)
            lasts.append(nth)
        lasts[word.line] = nth
    return firsts, lasts
