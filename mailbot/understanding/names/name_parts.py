"""Sorting the words of a letter by the part they could play in a person's name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from mailbot.language.dictionary import is_known
from mailbot.understanding.names.word_lists import CUT_NAMES, NEVER_NAMES, ORDINARY_TOO, SHORT_NAMES
from mailbot.understanding.text.marked_spans import MASK
from mailbot.understanding.text.morphology import (
    is_never_a_subject,
    is_ordinary,
    is_surname_form,
    readings_with,
    share_of,
)

# Russian and Latin letters, and those of Tatar, Komi, Ukrainian and of Germans who kept their dots
_UP, _LOW = "А-ЯЁA-ZӘӨҮҖҢҺӦІЇЄҐÀ-Þ", "а-яёa-zәөүҗңһӧіїєґß-ÿ"
_TOKEN = re.compile(
    rf"[{_UP}][{_LOW}'’]+(?:-[{_UP}{_LOW}][{_LOW}]+)*|[{_UP}]{{2,}}(?:-[{_UP}]{{2,}})?|[{_UP}{_LOW}]+|"
    rf"[{MASK}]+|\0+|\n|[^\w\s]|\d+"
)
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ич)(?:а|у|ем|ом|е)?$|(?:овн|евн|ичн|иничн)(?:а|ы|е|у|ой)$|^(?:оглы|кызы)$|(?:ovich"
    r"|evich|ovna|evna)$"
)
_SURNAME = re.compile(
    r"(?:[оеё]в|[иы]н)(?:а|у|ым|ой|е)?$|(?:[сц]к)(?:ий|ая|ой|ого|ому|им|ую)$|(?:ых|их)$|(?:[еаи]?нко|ко)$"
    r"|(?:[чщ]?ук|юк|чак|як|ик|чик)(?:а|у|ом|ем)?$|(?:ян|янц|дзе|швили|берг|ман|штейн|оглу|ец|ой|ай|ей)$"
    r"|(?:ov|ev|in|ova|eva|ina|sky|skaya|ko|uk)$"
)
_DOERS = ("атель", "итель", "льщик")
"""How nouns end that say what somebody does; hardly a surname does («Учитель» alone would find nobody either)."""

_PLAIN_SURNAME = re.compile(r"..(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая)|[ыи]х)$")


class NameWord(NamedTuple):
    """A token: `kind` is F first name, P patronymic, S surname, s surname written small that is an ordinary
    word too, W could be one (capitalised), I initial, `.` a dot, `|` a boundary, `¦` contact data, x any other word."""

    start: int
    end: int
    text: str
    kind: str

    @property
    def capitalised(self) -> bool:
        return self.text[:1].isupper()


def sort_words(text: str) -> tuple[NameWord, ...]:
    """The tokens of `text` with their kinds; contact data must already be taken out."""
    return tuple(
        NameWord(match.start(), match.end(), match.group(), _kind(match.group()))
        for match in _TOKEN.finditer(text)
    )


def _kind(token: str) -> str:
    if token[0] == MASK:
        return MASK
    if token == ".":
        return "."
    if not token[0].isalpha():
        return "|"
    if len(token) == 1:
        return "I" if token.isupper() else "i" if token.isalpha() else "x"
    return _word_kind(token)


@lru_cache(maxsize=20_000)
def _word_kind(token: str) -> str:
    folded = token.lower().replace("ё", "е")
    if folded in NEVER_NAMES:
        return "x"
    if _PATRONYMIC.search(folded) and len(folded) > 4 and (token[0].isupper() or not is_ordinary(folded)):
        return "P"
    if is_first_name(folded) and (token[0].isupper() or folded not in ORDINARY_TOO):
        return "F"
    if _is_surname(token, folded):
        return "S"
    if token.islower() and len(folded) > 4 and is_surname_form(folded) and is_known(folded):
        return "s"
    return "W" if token[0].isupper() and len(token) > 2 else "x"


def is_first_name(folded: str) -> bool:
    """A first name, full or short, in any case."""
    if folded in SHORT_NAMES:
        return True
    if not is_known(folded):
        return False
    cases = readings_with(folded, "Name")
    # «Роман» is both and signs as a first name; «Сабиров» is a first name only in the plural genitive
    return "nomn" in cases or (bool(cases) and not readings_with(folded, "Surn"))


def is_only_first_name(folded: str) -> bool:
    """A first name that is no likelier a surname («Ким» is one, «Роман» is none)."""
    return is_first_name(folded) and share_of(folded, "Name") >= share_of(folded, "Surn")


def holds_surname(name: str) -> bool:
    """Does a name say more than a first name and patronymic: «Щербак Л.», «поршнева», «Маша Юшкова»?"""
    words = [word for word in sort_words(name) if word.kind not in "|." and not _names_nobody(word.text)]
    return any(word.kind not in "FPI" for word in words) or sum(word.kind == "F" for word in words) > 1


def _names_nobody(word: str) -> bool:
    """«Жилец», «Доброжелатель», «Неплательщик»: what somebody is or does, as whoever hides their name signs."""
    folded = word.lower().replace("ё", "е")
    return folded in NEVER_NAMES or (
        folded.endswith(_DOERS) and is_ordinary(folded) and not readings_with(folded, "Surn")
    )


def is_plain_surname(word: str) -> bool:
    """Does the word end as most Russian surnames do in the nominative?"""
    return bool(_PLAIN_SURNAME.search(word.lower()))


def is_cut_name(folded: str) -> bool:
    """«св.», «ал.», «ник.»: the first letters of a first name."""
    return 2 <= len(folded) <= 3 and any(name.startswith(folded) for name in CUT_NAMES)


def _is_surname(token: str, folded: str) -> bool:
    if folded.isascii() and not token.istitle():
        return False  # keyboard mash and encoded bytes, not a person
    if is_known(folded):
        if token[0].islower():
            return is_surname_form(folded) and not is_ordinary(folded)
        # «Лыкова», «Долгих», «Вшивков»: the dictionary knows them only as oblique forms of other words
        return is_surname_form(folded) or (bool(_PLAIN_SURNAME.search(folded)) and is_never_a_subject(folded))
    return len(folded) > 3 and bool(_SURNAME.search(folded))
