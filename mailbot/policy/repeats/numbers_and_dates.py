"""Numbers, days and months of a text, in figures or in words: «18 000», «восемнадцать тысяч», «до шестнадцатого»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mailbot.policy.repeats.lexemes import lexeme

_STEMS = ("янв", "фев", "март", "апр", "ма", "июн", "июл", "авг", "сент", "окт", "ноя", "дек")
_MONTH = r"(?:янв(?:ар\w+)?|фев(?:рал\w+)?|март\w{0,2}|апр(?:ел\w+)?|ма(?:[йяею]|ем)|ию[нл](?:[ьяею]|ем)|авг(?:уст\w*)?"
_MONTH += r"|сент(?:ябр\w+)?|окт(?:ябр\w+)?|ноя(?:бр\w+)?|дек(?:абр\w+)?|январск\w+|мартовск\w+|майск\w+|июньск\w+|июльск\w+)\b"
_DATE = re.compile(
    r"(?<![\d.,/])(?P<d1>\d{1,2})\.(?P<m1>0?[1-9]|1[0-2])(?:\.(?:20)?\d\d)?(?![\d/]|[.,]\d)"
    rf"|(?:(?P<from>\d{{1,2}})\s*(?:[-–—]|по|и|до)\s*)?(?<!\d)(?P<d2>\d{{1,2}})(?:-?го|-?е)?\s+(?P<n2>{_MONTH})"
    rf"|\b(?P<n3>{_MONTH})"
)
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[а-я]+")

_UNITS = "ноль - два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать"
_UNITS += " пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
_ORDINALS = (
    "- - - третий четвертый пятый шестой седьмой восьмой девятый десятый одиннадцатый двенадцатый тринадцатый"
)
_ORDINALS += " четырнадцатый пятнадцатый шестнадцатый семнадцатый восемнадцатый девятнадцатый двадцатый"
_VALUES = {
    word: value for names in (_UNITS, _ORDINALS) for value, word in enumerate(names.split()) if word != "-"
}
_VALUES |= dict(
    zip(
        "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто".split(),
        range(20, 101, 10),
        strict=True,
    )
)
_VALUES |= dict(
    zip(
        "двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот".split(),
        range(200, 901, 100),
        strict=True,
    )
)
_VALUES |= {"двое": 2, "трое": 3, "четверо": 4, "тридцатый": 30}
_MULTIPLIERS = {"тысяча": 1000, "тыс": 1000, "тыща": 1000, "миллион": 1_000_000}


@dataclass(frozen=True, slots=True, order=True)
class FigureToken:
    """«day:20-10», «month:10» or «number:418», where it stands, and what else it may be («20.10»)."""

    start: int
    end: int
    token: str
    also: str = ""


@lru_cache(maxsize=256)
def figures(text: str) -> tuple[FigureToken, ...]:
    """The figures of a folded text, in order."""
    days = tuple(_days(text))
    rest = _blanked(text, days)
    return tuple(sorted((*days, *_numbers(rest), *_in_words(rest))))


def tokens(text: str) -> frozenset[str]:
    """All that the figures of a known text may be: a day tells its month and its number too."""
    known = {token for figure in figures(text) for token in (figure.token, figure.also) if token}
    for day in [token for token in known if token.startswith("day:")]:
        number, _, month = day[4:].partition("-")
        known |= {f"number:{number}", f"month:{month}"}
    known |= {token.partition(".")[0] for token in known}  # «2310» is said of 2310,44
    return frozenset(known)


def _days(text: str) -> Iterator[FigureToken]:
    for match in _DATE.finditer(text):
        start, end = match.span()
        if match["d1"]:
            if 1 <= int(match["d1"]) <= 31:
                number = f"number:{_normal(match[0])}" if match[0].count(".") == 1 else ""
                yield FigureToken(start, end, f"day:{int(match['d1'])}-{int(match['m1'])}", number)
        elif match["d2"]:
            month, last = _month(match["n2"]), int(match["d2"])
            first = int(match["from"] or last)
            for day in range(first, last + 1) if 1 <= first <= last <= 31 else (last,):
                yield FigureToken(start, end, f"day:{day}-{month}")
        else:
            yield FigureToken(start, end, f"month:{_month(match['n3'])}")


def _month(name: str) -> int:
    numbers = (number for number, stem in enumerate(_STEMS, 1) if stem != "ма" and name.startswith(stem))
    return next(numbers, 5)


def _numbers(text: str) -> Iterator[FigureToken]:
    for match in _NUMBER.finditer(text):
        thousand = re.match(r" ?(?:тыс|тыщ|т\.?р\b)", text[match.end() : match.end() + 5])
        value = _normal(match[0])
        if thousand:
            value = _normal(f"{float(value) * 1000:.2f}")
        yield FigureToken(match.start(), match.end(), f"number:{value}")


def _in_words(text: str) -> Iterator[FigureToken]:
    """Runs of numerals: «три тысячи двести» is 3200; «один» and «второй» say too little to count."""
    total = part = 0
    start = end = -1
    for match in (*_WORD.finditer(text), None):
        lemma = lexeme(match[0]).lemma if match else ""
        joined = match is not None and (end < 0 or match.start() - end <= 2)
        if start >= 0 and (not joined or (lemma not in _VALUES and lemma not in _MULTIPLIERS)):
            yield FigureToken(start, end, f"number:{total + part}")
            total, part, start, end = 0, 0, -1, -1
        if match and lemma in _VALUES:
            part += _VALUES[lemma]
        elif match and lemma in _MULTIPLIERS and start >= 0:
            total, part = total + part * _MULTIPLIERS[lemma], 0
        elif match and lemma == "полтора":
            yield FigureToken(match.start(), match.end(), "number:1.5")
            continue
        else:
            continue
        start, end = (start if start >= 0 else match.start()), match.end()


def _normal(text: str) -> str:
    """«1,50» and «1.5» are one number, so are «2 140» and «2140»; «007» is 7."""
    whole, _, fraction = re.sub(r"\s", "", text).replace(",", ".").partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")


def _blanked(text: str, figures_found: tuple[FigureToken, ...]) -> str:
    for figure in figures_found:
        text = text[: figure.start] + " " * (figure.end - figure.start) + text[figure.end :]
    return text
