"""Russian in Latin letters: «peredayu pokazaniya» is «передаю показания»."""

from __future__ import annotations

import re

from mailbot.language.dictionary import is_known
from mailbot.parsing.charsets.russian_likeness import cyrillic_letters, latin_letters, russian_likeness
from mailbot.parsing.text_repair import latin_text

_MULTI_LETTER = (
    ("shch", "щ"), ("yo", "ё"), ("jo", "ё"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"),
    ("sh", "ш"), ("yu", "ю"), ("ju", "ю"), ("iu", "ю"), ("ya", "я"), ("ja", "я"), ("ia", "ия"), ("ye", "е"),
    ("''", "ъ"), ("4", "ч"),
)  # fmt: skip
_SINGLE_LETTER = dict(zip("abvgdezijklmnoprstufhcyxwq'", "абвгдезийклмнопрстуфхцыхвк" + "ь", strict=True))
_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]*)*")
_FOUR = re.compile(r"\b4(?=to\b|as|islo|em|ego)|(?<=[a-z])4(?=[a-z])", re.IGNORECASE)
"""«4to», «po4emu»: the digit is «ч» to those who write so."""

_SHCH = re.compile(r"(?<=b)sch|(?<=o)sch(?=[aeiuy'])|(?<=[yj][au])sch|sch\b|(?<=^e)sch(?=[eyjo])")
_SHORT_I = re.compile(r"(?<=[aeou])i(?=te(?:s|$))")
_PLURAL = re.compile(r"batarei$")

NAME = "transliteration"
WORTH, WORTH_LIKELY = 0.45, 0.25
MIN_LETTERS = 6

_STEMS = re.compile(
    r"\b(?:показани|сч[её]тчик|щ[её]тчик|лицев|горяч|холод|тепл|отоплен|батаре|квартир|здравству|добр|прош|оплат|переда"
    r"|пожал|спасиб|благодар|почему|когда|сколько|включ|отключ|квитанц|перерасч|договор|заявлен|прив[её]т|уважа|уважен"
    r"|помогите|подскаж|сообщ|можно|нужно|сегодня|вчера|опять|снова|авари|подъезд|подвал|ул(?:иц|\b)|вод[аыуео]|дом[ауе]?\b"
    r"|сч[её]т|долг|тариф|ремонт|сделайте|приедьте|мерз|замерз|январ|феврал|март|апрел|ма[йя]\b|июн|июл|август|сентябр"
    r"|октябр|ноябр|декабр)\w*"
)
_SMALL = frozenset(
    """в на не что по с у к за от из мы вы вас нас мне мой моя наш наша ваш ваша уже еще ещё если или для до так кто нет
    есть был была было будет день дня это как я он она они же бы то но вам нам кв лс ли во со при без где тут там
    меня вот все всё очень""".split()
)

_SOFT = re.compile(r"л(?=[бвгджзкмнпрстфхцчшщ])")
"""Before a consonant «л» is soft, and few write the sign in Latin letters."""

_TELLING = 4
"""Letters of a word that another language hardly shares with Russian by chance."""

_MAX_OF_THE_DICTIONARY = 30

MAX_LENGTH = 50_000
"""Characters beyond which nobody typed the text by hand."""


def repair(text: str, likely: str = "") -> tuple[str, str]:
    """The text in Cyrillic, and the name of the repair; '' where nothing is to be repaired."""
    if len(text) > MAX_LENGTH:
        return text, ""
    seen = latin_text.candidates(text)
    if latin_letters(seen) < MIN_LETTERS or cyrillic_letters(seen):
        return text, ""
    written = in_cyrillic(seen)
    expected = NAME in likely
    if russian_likeness(written) < (WORTH_LIKELY if expected else WORTH):
        return text, ""
    if not expected and not _is_russian(written.lower()):
        return text, ""
    return latin_text.change(text, in_cyrillic), NAME


def _is_russian(text: str) -> bool:
    """Two Russian words, and every seventh word one of them; or a text of a word or two that is one."""
    words = re.findall(r"[^\W\d_]+", text[:4000])
    stems = len(_STEMS.findall(text[:4000]))
    known = stems + sum(word in _SMALL for word in words)
    return (
        (stems >= 1 and len(words) <= 2)
        or (known >= 2 and stems >= 1 and known * 7 >= len(words))
        or (known >= 4 and known * 4 >= len(words))
        or _is_of_the_dictionary(words)
    )


def _is_of_the_dictionary(words: list[str]) -> bool:
    """A few words of a person in a hurry («Gorit kotelnaya»): nearly all of them Russian, whatever they are about."""
    long = [word for word in words if len(word) >= _TELLING]
    known = sum(is_known(word) or is_known(_SOFT.sub("ль", word)) for word in set(long))
    return 2 <= known <= _MAX_OF_THE_DICTIONARY and known * 4 >= len(long) * 3


def in_cyrillic(text: str) -> str:
    """Every Latin word spelled in Cyrillic."""
    return _TOKEN.sub(_word, _FOUR.sub("ch", text))


def _word(match: re.Match[str]) -> str:
    word, letters, at = match[0], [], 0
    low = _SHCH.sub("щщщ", _SHORT_I.sub("й", word.lower()))
    low = _PLURAL.sub("batareи", low)
    while at < len(low):
        if low.startswith("щщщ", at):
            letter, length = "щ", 3
        else:
            many = next(
                ((latin, russian) for latin, russian in _MULTI_LETTER if low.startswith(latin, at)), None
            )
            letter, length = (many[1], len(many[0])) if many else (_single(low, at), 1)
        letters.append(letter.capitalize() if word[at].isupper() else letter)
        at += length
    return "".join(letters)


def _single(word: str, at: int) -> str:
    """«y» and a last «i» after a vowel are «й»; «s» before «ch» stays «с»; «e» opens «этот» as «э»."""
    letter = word[at]
    if letter in "yi" and at and word[at - 1] in "aeiou" and (letter == "y" or at == len(word) - 1):
        return "й"
    if letter == "e" and at == 0:
        return "э" if word.startswith("et") else "е"
    return _SINGLE_LETTER.get(letter, letter)
