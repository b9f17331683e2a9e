"""Russian in Latin letters: «peredayu pokazaniya» is «передаю показания»."""

from __future__ import annotations

import re

from mailbot.parsing.english import is_english
from mailbot.parsing.russian import cyrillic_letters, likeness

_MANY = (
    ("shch", "щ"), ("sch", "сч"), ("yo", "ё"), ("jo", "ё"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("ya", "я"), ("ja", "я"), ("ia", "ия"), ("ye", "е"),
    ("''", "ъ"), ("4", "ч"), ("6", "ш"),
)  # fmt: skip
_ONE = dict(zip("abvgdezijklmnoprstufhcyxwq'", "абвгдезийклмнопрстуфхцыхвк" + "ь", strict=True))
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]*)*")
_KEPT = re.compile(
    r"\S{1,64}@\S{1,200}\.\w+|https?://\S{1,2000}|\S{1,100}\.(?:ru|com|net|org|рф)\b", re.IGNORECASE
)

WORTH = 0.5
LEAST_LETTERS = 8
LONGEST = 50_000
"""Characters beyond which nobody typed the text by hand."""

_KNOWN = re.compile(
    r"показани|счетчик|щетчик|лицев|горяч|вод|тепл|отоплен|батаре|холод|квартир|кв |дом |здравству|добр|прошу|оплат"
    r"|переда|пожалуйста|спасиб|почему|когда|включ|гагарин|ленин|мир|счет|нет |это|что|как|вы |вас|у нас|не "
)


def repair(text: str) -> tuple[str, str]:
    """The text in Cyrillic, and the name of the repair; '' where nothing is to be repaired."""
    letters = sum(character.isascii() and character.isalpha() for character in text)
    if (
        letters < LEAST_LETTERS
        or len(text) > LONGEST
        or cyrillic_letters(text) * 4 > letters
        or is_english(text)
    ):
        return text, ""
    written = in_cyrillic(text)
    known = len(_KNOWN.findall(written.lower()))
    if likeness(written) < WORTH or known < 2:
        return text, ""
    return written, "transliteration"


def in_cyrillic(text: str) -> str:
    """Every Latin word spelled in Cyrillic; addresses and links stay."""
    pieces, at = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [_TOKEN.sub(_word, text[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join((*pieces, _TOKEN.sub(_word, text[at:])))


def _word(match: re.Match[str]) -> str:
    word, found, at = match[0], [], 0
    low = word.lower()
    while at < len(low):
        many = next(((latin, russian) for latin, russian in _MANY if low.startswith(latin, at)), None)
        if many:
            letter, length = many[1], len(many[0])
        else:
            letter, length = _single(low, at), 1
        capital = word[at].isupper()
        found.append(letter.capitalize() if capital else letter)
        at += length
    return "".join(found)


def _single(word: str, at: int) -> str:
    """«y» is «й» after a vowel at the end or before a consonant, else «ы»; «j» is «й»."""
    letter = word[at]
    if letter in "yi" and at and word[at - 1] in "aeiou" and (letter == "y" or at == len(word) - 1):
        return "й"
    if letter == "e" and at == 0:
        return "э" if word.startswith("et") else "е"
    return _ONE.get(letter, letter)
