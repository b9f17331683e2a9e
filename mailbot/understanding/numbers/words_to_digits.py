"""Numbers written in words («сто двадцать три куба») set as digits, so that one reader reads both."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_SIMPLE: dict[str, int] = {
    "ноль": 0, "один": 1, "одна": 1, "одну": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5,
    "шесть": 6, "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12,
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19, "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50,
    "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100, "двести": 200,
    "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700, "восемьсот": 800,
    "девятьсот": 900,
}  # fmt: skip
_THOUSAND = re.compile(r"тысяч[аиу]?")
_POINT = re.compile(r"цел(?:ых|ая|ой)")
_FRACTIONS = (("десят", 1), ("сот", 2), ("тысячн", 3))
_WORD = (
    "(?:" + "|".join(sorted(_SIMPLE, key=len, reverse=True)) + r"|тысяч[аиу]?|цел(?:ых|ая|ой)|"
    r"десят(?:ых|ая)|сот(?:ых|ая)|тысячн(?:ых|ая))"
)
_RUN = re.compile(rf"(?<![\w-]){_WORD}(?:\s(?:и\s)?{_WORD}){{0,9}}(?![\w-])", re.IGNORECASE)
_UNIT_FOLLOWS = re.compile(r"\s{0,2}(?:куб|м3|м³|гкал|гигакал|гдж|мвт|квт)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NumberInWords:
    """Characters `start`..`end` held a number in words; its digits end at `end`."""

    start: int
    end: int


def words_to_digits(text: str) -> tuple[str, tuple[NumberInWords, ...]]:
    """`text` with numbers in words as digits at the end of their stretch; same length.

    A lone «два» or «пять» stays: people count days and meters so, unless a unit follows.
    """
    numbers: list[NumberInWords] = []

    def replaced(match: re.Match[str]) -> str:
        written = match.group()
        words = written.lower().split()
        number = _number([word for word in words if word != "и"])
        telling = len(words) > 1 or (number is not None and number >= 10)
        if number is None or not (telling or _UNIT_FOLLOWS.match(text, match.end())):
            return written
        digits = str(number)
        if len(digits) > len(written):
            return written
        numbers.append(NumberInWords(*match.span()))
        return digits.rjust(len(written))

    return _RUN.sub(replaced, text), tuple(numbers)


def _number(words: list[str]) -> Decimal | None:
    """The value of the words; None where they are no one number («два пять»)."""
    while len(words) > 2 and words[0] == "ноль" and not _POINT.fullmatch(words[1]):
        words = words[1:]  # «ноль ноль триста пятьдесят два»: the dial is read from the left
    point = next((at for at, word in enumerate(words) if _POINT.fullmatch(word)), None)
    if point is None:
        whole = _whole(words)
        return None if whole is None else Decimal(whole)
    if point + 2 > len(words) - 1:
        return None
    places = next((count for stem, count in _FRACTIONS if words[-1].startswith(stem)), None)
    whole, part = _whole(words[:point]), _whole(words[point + 1 : -1])
    if places is None or whole is None or part is None or part >= 10**places:
        return None
    return Decimal(f"{whole}.{part:0{places}d}")


def whole_number(words: Sequence[str]) -> int | None:
    """The whole number that folded words say together; None where they are no one number («семь тридцать»)."""
    return _whole(list(words))


def _whole(words: list[str]) -> int | None:
    total, least = 0, 10_000
    thousands = False
    for word in words:
        if _THOUSAND.fullmatch(word):
            if thousands or total >= 1000:
                return None
            total, least, thousands = max(total, 1) * 1000, 1000, True
            continue
        value = _SIMPLE.get(word)
        size = 1 if value is None or value < 10 else 10 if value < 100 else 100
        if value is None or size >= least or (value == 0 and len(words) > 1):
            return None
        total += value
        least = 1 if 10 <= value < 20 else size
    return total if words else None
