"""Numerals of Russian: what number a word is, in any case and order, as it is spoken and with a slip of the pen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise

from mailbot.language.dictionary import parse_word

_ONES = "ноль один два три четыре пять шесть семь восемь девять".split()
_TEENS = (
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
).split()
_TENS = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто".split()
_HUNDREDS = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split()
_ORDINAL_ONES = "нулевой первый второй третий четвертый пятый шестой седьмой восьмой девятый".split()
_ORDINAL_TEENS = (
    "десятый одиннадцатый двенадцатый тринадцатый четырнадцатый пятнадцатый шестнадцатый семнадцатый"
    " восемнадцатый девятнадцатый"
).split()
_ORDINAL_TENS = (
    "двадцатый тридцатый сороковой пятидесятый шестидесятый семидесятый восьмидесятый девяностый".split()
)
_ORDINAL_HUNDREDS = (
    "сотый двухсотый трехсотый четырехсотый пятисотый шестисотый семисотый восьмисотый девятисотый".split()
)
_NOUNS = "ноль единица двойка тройка четверка пятерка шестерка семерка восьмерка девятка".split()
_SPOKEN = {
    "нуль": 0, "нолик": 0, "зеро": 0, "раз": 1, "двое": 2, "трое": 3, "четверо": 4, "пятеро": 5, "десятка": 10,
    "сем": 7, "восем": 8, "пят": 5, "шес": 6, "шесь": 6, "девет": 9, "деветь": 9, "десять": 10, "дисять": 10,
    "двацать": 20, "тридцать": 30, "трицать": 30, "писят": 50, "пийсят": 50, "пятьдесят": 50,
    "пятдесят": 50, "шисят": 60, "шесят": 60, "шисьсят": 60, "семсят": 70, "семьсят": 70, "восемсят": 80,
    "восемьсят": 80, "девяноста": 90, "чтыреста": 400, "пицот": 500, "пятсот": 500, "шессот": 600, "шестсот": 600,
    "шыстьсот": 600, "семсот": 700, "восемсот": 800,
}  # fmt: skip

_NEITHER = frozenset(
    "пол сто-то один-то четверть сотня пара десятина дважды трижды семья семье семью семьи тройник пятно пятна пятен"
    " сторона стол столб стоп стою стоя сток стон".split()
)
"""Words that a slip of the pen could make of a numeral, and that are words of their own."""


class NumeralSize(IntEnum):
    """Where a numeral stands in a number; a teen fills the tens and the ones."""

    ONES = 1
    TEENS = 2
    TENS = 3
    HUNDREDS = 4
    THOUSANDS = 5
    MILLIONS = 6


@dataclass(frozen=True, slots=True)
class Numeral:
    """One spoken word of a number; of `THOUSANDS` the value is 1000, of `MILLIONS` a million. `slip`: read in spite of a slip."""

    value: int
    size: NumeralSize
    ordinal: bool = False
    slip: bool = False


@cache
def _lemmas() -> dict[str, Numeral]:
    numerals: dict[str, Numeral] = {}
    for words, step, size, first, ordinal in (
        (_ONES, 1, NumeralSize.ONES, 0, False),
        (_TEENS, 1, NumeralSize.TEENS, 10, False),
        (_TENS, 10, NumeralSize.TENS, 20, False),
        (_HUNDREDS, 100, NumeralSize.HUNDREDS, 100, False),
        (_ORDINAL_ONES, 1, NumeralSize.ONES, 0, True),
        (_ORDINAL_TEENS, 1, NumeralSize.TEENS, 10, True),
        (_ORDINAL_TENS, 10, NumeralSize.TENS, 20, True),
        (_ORDINAL_HUNDREDS, 100, NumeralSize.HUNDREDS, 100, True),
        (_NOUNS, 1, NumeralSize.ONES, 0, False),
    ):
        for nth, word in enumerate(words):
            numerals.setdefault(word, Numeral(first + nth * step, size, ordinal))
    for word, value in _SPOKEN.items():
        numerals.setdefault(word, Numeral(value, _size_of(value)))
    for word in ("тысяча", "тыща", "тыс"):
        numerals[word] = Numeral(1000, NumeralSize.THOUSANDS)
    numerals["миллион"] = Numeral(1_000_000, NumeralSize.MILLIONS)
    return numerals


def _size_of(value: int) -> NumeralSize:
    return (
        NumeralSize.ONES
        if value < 10
        else NumeralSize.TEENS
        if value < 20
        else NumeralSize.TENS
        if value < 100
        else NumeralSize.HUNDREDS
    )


@cache
def _forms() -> dict[str, Numeral]:
    """Every form of every numeral of the dictionary."""
    numerals: dict[str, Numeral] = {}
    for lemma, numeral in _lemmas().items():
        numerals.setdefault(lemma, numeral)
        for parse in parse_word(lemma):
            if parse.normal_form.replace("ё", "е") == lemma:
                for form in parse.lexeme:
                    numerals.setdefault(form.word.replace("ё", "е"), numeral)
    numerals.pop("раза", None)
    return numerals


@cache
def _slips() -> dict[str, Numeral]:
    """What is left of a form when one letter is lost, for forms of six letters and more."""
    numerals: dict[str, Numeral] = {}
    clashes = set()
    for form, numeral in _forms().items():
        if len(form) < 6:
            continue
        slipped = Numeral(numeral.value, numeral.size, numeral.ordinal, slip=True)
        for short in _without_one(form):
            if numerals.setdefault(short, slipped).value != numeral.value:
                clashes.add(short)
    return {short: numeral for short, numeral in numerals.items() if short not in clashes}


def _without_one(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


@lru_cache(maxsize=20_000)
def numeral(word: str) -> Numeral | None:
    """The numeral that a folded word (lower case, ё as е) is; None where it is none.

    A form of the dictionary, a spoken one, or one letter away from a long one («двацать», «пятьдисят»).
    """
    found = _forms().get(word)
    if found is not None or word in _NEITHER or len(word) < 5:
        return found
    slips = _slips()
    if word in slips:
        return _unless_known(word, slips[word])
    for short in sorted(_without_one(word)):
        whole = _forms().get(short)
        if whole is not None and len(short) >= 6:
            return _unless_known(word, Numeral(whole.value, whole.size, whole.ordinal, slip=True))
        if short in slips and len(word) >= 6:
            return _unless_known(word, slips[short])
    return None


def _unless_known(word: str, found: Numeral) -> Numeral | None:
    """A word of the dictionary means itself."""
    return None if any(parse.is_known for parse in parse_word(word)) else found


@lru_cache(maxsize=5_000)
def glued(word: str) -> tuple[Numeral, ...]:
    """The numerals of a word that is nothing but numerals without blanks («двестисорокпять»); () for others."""
    if not 6 <= len(word) <= 60:
        return ()
    best: list[tuple[Numeral, ...] | None] = [()] + [None] * len(word)
    for end in range(3, len(word) + 1):
        for start in range(max(0, end - 14), end - 2):
            before, form = best[start], _forms().get(word[start:end])
            if before is not None and form is not None and not form.ordinal and best[end] is None:
                best[end] = (*before, form)
    whole = best[-1]
    return whole if whole and len(whole) > 1 else ()


_AFTER = {
    NumeralSize.ONES: 0,
    NumeralSize.TEENS: 0,
    NumeralSize.TENS: NumeralSize.TEENS,
    NumeralSize.HUNDREDS: NumeralSize.HUNDREDS,
}
"""Of a numeral, the size that all that follow it stay below."""


def whole(words: tuple[Numeral, ...]) -> int | None:
    """The whole number that numerals say together; None where they are no one number («семь тридцать»)."""
    total = part = 0
    least: int = NumeralSize.THOUSANDS + 1
    most: int = NumeralSize.MILLIONS + 1
    for at, word in enumerate(words):
        if word.ordinal and at < len(words) - 1:
            return None
        if word.size >= NumeralSize.THOUSANDS:
            if word.size >= most:
                return None
            total, part, least, most = total + max(part, 1) * word.value, 0, NumeralSize.THOUSANDS, word.size
            continue
        if word.size >= max(least, 1) or (word.value == 0 and len(words) > 1):
            return None
        part += word.value
        least = _AFTER[word.size]
    return total + part if words else None


def spoken_groups(words: tuple[Numeral, ...]) -> tuple[tuple[int, int], ...]:
    """Bounds of the longest numbers in a row of numerals, from the left: «сорок семь | ноль | двадцать пять»."""
    cuts = [0]
    for at in range(1, len(words)):
        if whole(words[cuts[-1] : at + 1]) is None:
            cuts.append(at)
    cuts.append(len(words))
    return tuple(pairwise(cuts))
