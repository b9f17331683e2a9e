"""What a letter brings that an earlier one and our answer did not: «новые доводы или обстоятельства».

Clause 2.2.email.4 silences only where nothing of this is found, so every doubt counts as new.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import Span
from mailbot.policy.repeats.figures import Figure, unheard
from mailbot.policy.repeats.lexemes import Sort, lexeme
from mailbot.policy.repeats.markers import NEWS, Counts, Marker
from mailbot.policy.repeats.similarity import Heard, Word

LOOKED = (
    *(marker.name for marker in NEWS),
    "числа, суммы и даты",
    "другой лицевой счёт или адрес",
    "вложения",
    "слова, которых не было ни в прежнем письме, ни в нашем ответе",
    "отрицание сказанного нами",
    "наступил ли названный нами срок",
)
"""What is searched for before a letter is called a repeat."""

WEIGHTS = {Sort.PAST: 1.0, Sort.EVENT: 1.0, Sort.THING: 0.5, Sort.WISH: 0.5, Sort.QUALITY: 0.5}
"""What a word nobody has said before may bring: an event or a thing may be a circumstance by itself."""

_HAPPENED = (Sort.PAST, Sort.EVENT)


ROOT = 6
"""Letters at the beginning by which two words are of one root: «биметалл», «биметаллические»."""


@dataclass(frozen=True, slots=True)
class News:
    """Something new, in words for staff, and the characters that say it (none where it is an absence)."""

    what: str
    places: tuple[tuple[int, int], ...] = ()
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Novelty:
    """What is new, for staff: `sure` surely, `unsure` perhaps, of `weight`; `places` are the words that say it."""

    sure: tuple[str, ...]
    unsure: tuple[str, ...]
    weight: float
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What was said before: the texts, folded; their words; all that their figures may be."""

    asked: str
    said: str
    question: Heard
    answer: Heard
    figures: frozenset[str]


def marked(text: str, known: Known, fresh: tuple[Word, ...]) -> Iterator[News]:
    """«замер: «градусов»»: for each marker the first of its words that was not heard.

    `fresh` are the words nobody has said before.
    """
    for marker in NEWS:
        for match in marker.pattern.finditer(text):
            shown = match[0].strip(" .!?,\n")
            if shown and not _said_before(marker, shown, known) and _bears(marker, match, text, fresh):
                yield News(f"{marker.name}: «{shown}»", (match.span(),), marker.weight)
                break


def _bears(marker: Marker, match: re.Match[str], text: str, fresh: tuple[Word, ...]) -> bool:
    if marker.counts is not Counts.IF_FRESH:
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in _ENDS)
    ends = [at for mark in _ENDS if (at := text.find(mark, match.end())) >= 0]
    end = min(ends, default=len(text))
    return any(start < word.start < end and not match.start() <= word.start < match.end() for word in fresh)


_ENDS = (".", "?", "!", "\n\n")


def _said_before(marker: Marker, words: str, known: Known) -> bool:
    """The beginning is compared, for endings differ: «справку», «справка»."""
    if marker.counts is Counts.ALWAYS:
        return False
    beginning = words[: max(4, len(words) - 2)]
    return beginning in known.asked or (marker.counts is Counts.UNLESS_SAID and beginning in known.said)


def counted(text: str, known: Known) -> Iterator[News]:
    """Numbers, days and months not heard before."""
    for figure in unheard(text, known.figures):
        yield News(f"{_kind(figure)}: «{text[figure.start : figure.end]}»", ((figure.start, figure.end),))


def _kind(figure: Figure) -> str:
    return {"day": "дата", "month": "месяц"}.get(figure.token.partition(":")[0], "число")


def fresh_words(said: tuple[Word, ...], known: Known, common: re.Pattern[str]) -> tuple[Word, ...]:
    """The words of matter that nobody has said before, each once.

    `common` words stand in every letter («квартира», «платить»): a thing or a wish told by them is none.
    """
    russian = (word for word in said if word.matter and not word.text[0].isascii())  # «Re: vopros», «Viber»
    fresh = {word.key: word for word in russian if not _heard(word, known)}
    return tuple(word for word in fresh.values() if word.sort in _HAPPENED or not common.match(word.text))


def worded(fresh: tuple[Word, ...]) -> Iterator[News]:
    """Words nobody has said before, weighed together: enough of them are a circumstance."""
    if fresh:
        shown = fresh[:6]
        yield News(
            f"впервые слова: {', '.join(f'«{word.text}»' for word in shown)}",
            tuple((word.start, word.end) for word in shown),
            sum(WEIGHTS[word.sort] for word in fresh),
        )


def _heard(word: Word, known: Known) -> bool:
    if word.sort is Sort.PAST:
        return word.key in known.question.past or word.key in known.answer.past
    if word.key in known.question.keys or word.key in known.answer.keys:
        return True
    before = known.question.texts | known.answer.texts
    if any(len(other) >= ROOT and word.text[:ROOT] == other[:ROOT] for other in before):
        return True
    return not lexeme(word.text).known and any(_one_slip(word.text, other) for other in before)


def _one_slip(word: str, other: str) -> bool:
    """Is one the other with a letter wrong, missing, added or two swapped («атопление»)?"""
    if len(word) < 5 or abs(len(word) - len(other)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    rest, tail = word[start:], other[start:]
    return (
        rest[1:] == tail[1:]
        or rest[1:] == tail
        or rest == tail[1:]
        or (rest[:2] == tail[1::-1] and rest[2:] == tail[2:])
    )


def denied(said: tuple[Word, ...], known: Known) -> Iterator[News]:
    """«никто не замерял» against our «замерили»: the writer says that our answer is untrue."""
    happened = known.answer.past - known.answer.denied - known.question.denied
    for word in said:
        if word.negated and word.matter and word.sort in (Sort.PAST, Sort.EVENT) and word.key in happened:
            yield News(f"отрицает сказанное нами: «не {word.text}»", ((word.start, word.end),))
            return


def about_our_answer(said: tuple[Word, ...], known: Known) -> Iterator[News]:
    """More of the answer's words than of the first letter's: the question is a new one, on the answer."""
    matter = {word.key for word in said if word.matter}
    ours = matter & (known.answer.matter - known.question.matter)
    if len(ours) > len(matter & known.question.matter):
        places = tuple((word.start, word.end) for word in said if word.key in ours)
        yield News("речь больше о нашем ответе, чем о прежнем вопросе", places)
