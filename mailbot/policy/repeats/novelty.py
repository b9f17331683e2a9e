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
_CIRCUMSTANCES = (*_HAPPENED, Sort.THING)


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
    unkept: tuple[str, ...]


def marked(text: str, known: Known, fresh: tuple[Word, ...]) -> Iterator[News]:
    """«замер: «градусов»»: for each marker the first of its words that was not heard.

    `fresh` are the words nobody has said before.
    """
    for marker in NEWS:
        for match in marker.pattern.finditer(text):
            shown = match[0].strip(" .!?,\n")
            if shown and not _said_before(marker, shown, known) and _bears(marker, match, text, fresh):
                yield News(f"{marker.name}: «{shown}»", (match.span(),), _weight(marker, known))
                break


def _weight(marker: Marker, known: Known) -> float:
    return _GOES_ON if marker.counts is Counts.IF_PROMISED and not known.unkept else marker.weight


_GOES_ON = 0.4


_WISHED = re.compile(r"\b(?:чтобы?|если бы)\b[^,.?!]*$")


def _bears(marker: Marker, match: re.Match[str], text: str, fresh: tuple[Word, ...]) -> bool:
    if _WISHED.search(text, max(0, match.start() - 40), match.start()):
        return False  # «чтобы счёт был на неё» tells of nothing that happened
    if marker.counts is not Counts.IF_FRESH:
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in _ENDS)
    ends = [at for mark in _ENDS if (at := text.find(mark, match.end())) >= 0]
    end = min(ends, default=len(text))
    return any(
        word.sort in _CIRCUMSTANCES
        and start < word.start < end
        and not match.start() <= word.start < match.end()
        for word in fresh
    )


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


FIGURES = ("дата", "месяц", "число")


def _kind(figure: Figure) -> str:
    return {"day": "дата", "month": "месяц"}.get(figure.token.partition(":")[0], "число")


def fresh_words(said: tuple[Word, ...], known: Known, common: re.Pattern[str]) -> tuple[Word, ...]:
    """The words of matter that nobody has said before, each once.

    `common` words stand in every letter («квартира», «платить»): a thing or a wish told by them is none.
    """
    russian = (word for word in said if word.matter and not word.text[0].isascii())  # «Re: vopros», «Viber»
    fresh = {word.key: word for word in russian if not _heard(word, known)}
    return tuple(word for word in fresh.values() if word.sort in _HAPPENED or not common.match(word.text))


def worded(
    fresh: tuple[Word, ...],
    text: str = "",
    said: tuple[Word, ...] = (),
    common: re.Pattern[str] | None = None,
) -> Iterator[News]:
    """Words nobody has said before, weighed together: enough of them are a circumstance.

    In a sentence of `text` that laments and names nothing of the company's («пенсия тринадцать тысяч, лекарства
    дорогие») they weigh little.
    """
    if fresh:
        ours = [
            word.start for word in said if word.key.startswith("≈") or (common and common.match(word.text))
        ]
        weights = [
            WEIGHTS[word.sort] * (1.0 if not text or _beside(word.start, ours, text) else LAMENT)
            for word in fresh
        ]
        shown = fresh[:6]
        yield News(
            f"впервые слова: {', '.join(f'«{word.text}»' for word in shown)}",
            tuple((word.start, word.end) for word in shown),
            sum(weights),
        )


LAMENT = 0.1
"""What is left of a word's weight in a sentence that speaks of nothing the company sells, measures or bills."""


def _beside(at: int, ours: list[int], text: str) -> bool:
    start = max(text.rfind(mark, 0, at) for mark in _ENDS)
    end = min((stop for mark in _ENDS if (stop := text.find(mark, at)) >= 0), default=len(text))
    return any(start < one < end for one in ours) or not _LAMENTS.search(text, max(0, start), end)


_LAMENTS = re.compile(
    r"\b(?:пенси|лекарств|всю жизнь|старост|на старости|умоля|нищ|бедн|выжива|на хлеб|слез|сердц|терпени|дворец|миллион|олигарх"
    r"|родненьк|родимы|сыночк|бабк|стари[кч]|ветеран труда|сирот|грабеж|грабит|издева|совест)\w*"
)


def _heard(word: Word, known: Known) -> bool:
    if word.sort is Sort.PAST:
        return any(_same_deed(word.key, other) for other in known.question.past | known.answer.past)
    if word.key in known.question.keys or word.key in known.answer.keys:
        return True
    before = known.question.texts | known.answer.texts
    if any(len(other) >= ROOT and word.text[:ROOT] == other[:ROOT] for other in before):
        return True
    return not lexeme(word.text).known and any(_one_slip(word.text, other) for other in before)


def _same_deed(verb: str, other: str) -> bool:
    """«кричал» and «накричал»: one verb with and without its prefix."""
    short, long = sorted((verb, other), key=len)
    return verb == other or (
        len(short) >= LEAST_VERB and long.endswith(short) and len(long) - len(short) <= 4
    )


LEAST_VERB = 6


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


def asks_of_our_answer(text: str, said: tuple[Word, ...], known: Known) -> Iterator[News]:
    """«Можно рассрочку дома подписать?»: a question that takes up what only our answer has named."""
    for start, end in _questions(text):
        asked = [word for word in said if start <= word.start < end and word.matter]
        ours = [word for word in asked if word.key in known.answer.matter - known.question.matter]
        if ours and not any(word.key in known.question.matter for word in asked):
            yield News("вопрос о нашем ответе", tuple((word.start, word.end) for word in ours))
            return


def _questions(text: str) -> Iterator[tuple[int, int]]:
    """The sentences that end with a question mark."""
    for match in re.finditer(r"\?", text):
        end = match.start()
        yield max(text.rfind(mark, 0, end) for mark in _ENDS) + 1, end


def about_our_answer(said: tuple[Word, ...], known: Known) -> Iterator[News]:
    """More of the answer's words than of the first letter's: the question is a new one, on the answer."""
    matter = {word.key for word in said if word.matter}
    ours = matter & (known.answer.matter - known.question.matter)
    if len(ours) > len(matter & known.question.matter):
        places = tuple((word.start, word.end) for word in said if word.key in ours)
        yield News("речь больше о нашем ответе, чем о прежнем вопросе", places)
