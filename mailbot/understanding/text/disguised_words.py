"""Disguised words brought back to plain Russian letters, with their place in the text kept.

«xyй» in Latin look-alikes, «6людки» with a digit, «х у й» in spaces, «бляяять» drawn out: each gives
one or more candidate words that the lexicons can judge. Stars («бл*ть») stay for `masked_forms`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_LATIN = "abcehkmoptxyruniqgαοευχρéèýўіїєё€ӑ"
_LATIN_AS = "авсенкмортхугипиддаоеухрееууииеееа"
_SIGNS, _SIGNS_AS = "30461@$!|", "зочбиасил"
_LOOKALIKES = str.maketrans(_LATIN + _SIGNS, _LATIN_AS + _SIGNS_AS)
# «пздц», «хй» and other words without vowels are left to people: too close to abbreviations.
_TRANSLITERATION = (
    *zip(
        ("shch", "sch", "zh", "kh", "ch", "sh", "ya", "ja", "ia", "yu", "ju", "yo", "jo", "ts"),
        ("щ", "щ", "ж", "х", "ч", "ш", "я", "я", "я", "ю", "ю", "е", "е", "ц"),
        strict=True,
    ),
    *zip("abvgdezijklmnoprstufhcyxw'", "абвгдезийклмнопрстуфхцыхвь", strict=True),
)
_TOKEN = re.compile(r"\S+")
_EDGES = ".,;:?!…—–-«»\"'`()[]{}<>/\\~"
_ODD = re.compile(r"[^\Wа-я]|[а-я][@$€!|*#][а-яa-z]|[@$€]|(.)\1\1|[\u0300-\u036f]")
_CYRILLIC = re.compile(r"[а-яё]")
_LETTERS = re.compile(r"[а-я]+")
_REPEATED = re.compile(r"(.)\1+")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*·]{1,2}[^\W\d_]){2,}(?![^\W_])")
_PIECES = re.compile(
    r"(?<!\w)(ху|бля|пиз|пизд|пид|пидо|еб|ёб|еба|муд|муда|ган|ганд|сра|гов|залу) ([а-я]{1,5})(?!\w)"
)
_STARRED = re.compile(r"(?<![\w*#])[а-яa-z@$0-9]{0,6}[*#•●%]{1,6}[а-яa-z@$0-9*#•●%]*")


@dataclass(frozen=True, slots=True)
class MaskedWord:
    """A plain word that may stand behind the characters `start`..`end` of the text."""

    word: str
    start: int
    end: int


def unmasked(folded: str) -> Iterator[MaskedWord]:
    """Plain forms of the disguised words in a folded text; words written plainly are left out."""
    yield from _odd_tokens(folded)
    for match in _SPACED.finditer(folded):
        letters = "".join(without_lookalikes(character) for character in match.group() if character.isalpha())
        yield MaskedWord(letters, match.start(), match.end())
    for match in _PIECES.finditer(folded):
        yield MaskedWord(match.group(1) + match.group(2), match.start(), match.end())


def _odd_tokens(folded: str) -> Iterator[MaskedWord]:
    for match in _TOKEN.finditer(folded):
        token = match.group()
        if not _ODD.search(token) or len(token) > 60 or "://" in token:
            continue
        if not _CYRILLIC.search(token) and not token.isalpha():
            continue  # numbers, addresses, sizes
        core = token.strip(_EDGES)
        start = match.start() + token.find(core)
        for word in _plain_forms(core):
            yield MaskedWord(word, start, start + len(core))


def _plain_forms(token: str) -> set[str]:
    words: set[str] = set()
    for plain in {without_lookalikes(token), without_lookalikes(token.replace("u", "у"))}:
        words |= {"".join(_LETTERS.findall(plain)), *_LETTERS.findall(plain)}
    words |= {_DRAWN_OUT.sub(r"\1", word) for word in words}
    if any(_DRAWN_OUT.search(word) for word in words):
        words |= {_REPEATED.sub(r"\1", word) for word in words}
    return {word for word in words if len(word) > 2}


def without_lookalikes(token: str) -> str:
    """Lower case, accents dropped, Latin letters and digits read as the Cyrillic ones they resemble."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKC", token) if not unicodedata.combining(mark))
    return bare.lower().translate(_LOOKALIKES)


def masked_forms(folded: str, words: tuple[str, ...]) -> Iterator[MaskedWord]:
    """Words hidden by stars that can only be one of `words`: «х**ня», «бл*ть», «п***ц».

    At least two letters must be left (or «ё*» before «вашу мать»): «2*4», «Х*56,8» are sums and meters.
    """
    known = _joined(words)
    for match in _STARRED.finditer(folded):
        token = match.group()
        shown = "".join(_LETTERS.findall(without_lookalikes(token)))
        curse = folded[match.end() : match.end() + 12].lstrip().startswith(("вашу", "твою", "ваш", "тво"))
        if (len(shown) < 2 and not (shown and curse)) or any(mark in "12578 9" for mark in token):
            continue
        seen = re.search(rf"(?<=\n){_as_pattern(token)}(?=\n)", known)
        if seen:
            yield MaskedWord(seen.group(), match.start(), match.end())


def _as_pattern(token: str) -> str:
    pieces: list[str] = []
    for piece in re.split(r"([*#•●%]+)", token):
        if piece and piece[0] in "*#•●%":
            shortest = 1 if len(piece) == 1 else len(piece) - 1
            pieces.append(f"[а-я]{{{shortest},{len(piece) + 1}}}")
        else:
            pieces.append(re.escape(without_lookalikes(piece)))
    return "".join(pieces)


@lru_cache(maxsize=8)
def _joined(words: tuple[str, ...]) -> str:
    return "\n" + "\n".join(words) + "\n"


def from_latin(word: str) -> str:
    """A Russian word written in Latin letters («batarei»), in Cyrillic as nearly as can be told."""
    for latin, cyrillic in _TRANSLITERATION:
        word = word.replace(latin, cyrillic)
    return word
