"""Words that only name somebody: people and organisations, as signatures and greetings have them."""

from __future__ import annotations

import re

from mailbot.language.dictionary import is_known
from mailbot.understanding.text.morphology import grammemes, is_finite_verb, is_ordinary

_OF_PEOPLE = frozenset({"Name", "Patr", "Surn"})
_KIND_OF_PLACE = (
    r"(?i:\b(?:ооо|оао|зао|пао|ао|ип|тсж|тсн|снт|жск|жэк|жк|ук|гск|мбоу|мбдоу|маоу|мадоу|мку|муп|гку|гбуз|гбу|мбу|мау|нко"
    r"|обществ\w{1,2}|компани\w{1,2}|предприяти\w{1,2}|учреждени\w{1,2}|магазин\w{0,2}|кафе|аптек\w{1,2}|сад\w?"
    r"|школ\w{1,2}|центр\w?|гостиниц\w{1,2}|кооператив\w?|фирм\w{1,2}|салон\w?|клуб\w?|садик\w?|парикмахерск\w{2}"
    r"|шиномонтаж\w?|автосервис\w?|автомойк\w{1,2}|ателье|студи\w|пекарн\w|турбаз\w|общежити\w|комплекс\w?|бар|ресторан\w?)"
    r"\s{0,3}(?:№\s?\d{1,3}\s{0,3})?)"
)
_ORGANISATION = re.compile(
    rf"{_KIND_OF_PLACE}(?:[«\"“„][^«»\"“”„\n]{{1,60}}[»\"”“]|[А-ЯЁ][а-яёА-ЯЁ-]{{2,20}}(?![а-яё]))"
)
"""An organisation's kind with its name, in quotation marks or with a capital."""

_NAMES_A_THING = re.compile('[«"“„А-ЯЁ]')
"""Without any of these behind its first word a sentence names no organisation."""

_INITIALS = re.compile(
    r"(?:[А-ЯЁ]\.\s?){1,2}[А-ЯЁ][а-яёА-ЯЁ-]{2,20}|[А-ЯЁ][а-яёА-ЯЁ-]{2,20}\s(?:[А-ЯЁ]\.\s?){1,2}"
)
"""«И. П. Накарякова», «Накарякова И.П.»: initials make the word beside them a surname."""

_PLACE = re.compile(
    r"(?<!\w)(?i:с|д|п|г|пос|дер|ст|пгт|ул|пер|мкр|р-н)\.\s?[А-ЯЁ][а-яё-]{2,20}(?![а-яё])(?:\s[А-ЯЁ][а-яё-]{2,20}(?![а-яё]))?"
)
"""«с. Альняш», «ул. Новая Заря»: a place or a street by its mark."""

_SURNAME_ENDING = re.compile(
    r"(?:[оеё]в|[иы]н|[сц]к)(?:а|у|ы|ым|ой|ых|ий|ая|их|ого|ому)?$|[иы]х$|(?:нко|юк|чук|ян)$"
)


def without_named(text: str) -> str:
    """The text with names of organisations, places, and people with initials blanked; same length."""
    organisations = (_ORGANISATION,) if _NAMES_A_THING.search(text, 1) else ()
    with_a_dot = (_PLACE, _INITIALS) if "." in text else ()
    for pattern in (*organisations, *with_a_dot):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def is_personal(word: str) -> bool:
    """Is the word, as written, a person's name of the dictionary, and no ordinary word?"""
    if not word[:1].isupper():
        return False
    found = grammemes(word) & _OF_PEOPLE
    return bool(found) and is_known(word) and ("Patr" in found or not is_ordinary(word))


def tells(word: str) -> bool:
    """Is the word, though it stands among contact data, an ordinary one: «Нужна», «затопило»?

    A finder of names or addresses takes a word too many now and then; a name that is also a word keeps its place.
    """
    folded = word.lower()
    return is_ordinary(folded) and not grammemes(folded) & _OF_PEOPLE and not _SURNAME_ENDING.search(folded)


def is_verb(word: str) -> bool:
    """Is the word a verb of the dictionary, which no street is called by?"""
    return is_known(word) and is_finite_verb(word)
