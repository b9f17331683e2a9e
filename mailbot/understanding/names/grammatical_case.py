"""The grammatical case of a name: «от Сюзёва Марка Антоновича» is signed by Сюзёв Марк Антонович."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mailbot.language.dictionary import is_known
from mailbot.understanding.names.name_parts import NameWord
from mailbot.understanding.text.morphology import nominative, readings_with

_ROLES = {"F": "Name", "P": "Patr", "S": "Surn", "s": "Surn"}
_SURNAMES = frozenset("SWs")
_OBLIQUE = re.compile(r"(?:[оеё]в|[иы]н)(?:ым|у|ой)$")
_HIS = re.compile(r"(?:ич|ича|оглы)$")
_HERS = re.compile(r"(?:на|ны|не|ну|ной|кызы)$")
_HER_SURNAME = re.compile(r"(?:[оеё]ва|[иы]на|[сц]кая)$")
_ENDINGS_HIS = (
    (r"(?<=[оеё]в)а$|(?<=[иы]н)а$", ""),
    (r"(?<=[сц]к)ого$", "ий"),
    (r"ого$", "ый"),
    (r"его$", "ий"),
)
_ENDINGS_HERS = ((r"(?<=[оеё]в)ой$|(?<=[иы]н)ой$", "а"), (r"(?<=[сц]к)ой$", "ая"))


def may_be_nominative(words: Sequence[NameWord]) -> bool:
    """A writer signs in the nominative; «должником Сухановым Д.Е.» is somebody else."""
    for word in words:
        wanted = _ROLES.get(word.kind)
        cases = readings_with(word.text, wanted) if wanted else frozenset[str]()
        if cases and "nomn" not in cases and is_known(word.text):
            return False
        if word.kind in _SURNAMES and _OBLIQUE.search(word.text.lower()) and not is_known(word.text):
            return False
    return True


def in_nominative(text: str, words: Sequence[NameWord], *, surely_genitive: bool) -> str:
    """The name of `words` as it stands in `text`, each word of an oblique case put into the nominative.

    A name that could be nominative stays («От: Иванова И.И.»), unless it is `surely_genitive`
    («от Иванова И.И.» with nothing between).
    """
    start, end = words[0].start, words[-1].end
    told = any(word.kind in "FP" for word in words)
    if may_be_nominative(words) and (told or not surely_genitive):
        return text[start:end]
    gender = _gender(words)
    written, position = "", start
    for word in words:
        written += text[position : word.start] + _nominative(word, gender)
        position = word.end
    return written


def _nominative(word: NameWord, gender: str) -> str:
    """«Козлова» with no gender told after «от» is Козлов: hers would be «от Козловой»."""
    if word.kind in _SURNAMES:
        if gender == "femn" and _HER_SURNAME.search(word.text.lower()):
            return word.text
        for ending, instead in _ENDINGS_HERS if gender != "masc" else ():
            if re.search(ending, word.text, re.IGNORECASE):
                return _like(word.text, re.sub(ending, instead, word.text, flags=re.IGNORECASE))
        for ending, instead in _ENDINGS_HIS if gender != "femn" else ():
            if re.search(ending, word.text, re.IGNORECASE):
                return _like(word.text, re.sub(ending, instead, word.text, flags=re.IGNORECASE))
    wanted = _ROLES.get(word.kind)
    form = nominative(word.text, wanted) if wanted else None
    return _like(word.text, form) if form else word.text


def _like(model: str, word: str) -> str:
    return word.upper() if model.isupper() else word.lower() if model.islower() else word


def _gender(words: Sequence[NameWord]) -> str:
    """`masc`, `femn`, or nothing where only a surname and initials are given."""
    for word in words:
        if word.kind == "P":
            folded = word.text.lower()
            return "masc" if _HIS.search(folded) else "femn" if _HERS.search(folded) else ""
    first = next((word.text.lower() for word in words if word.kind == "F"), "")
    if not first:
        return ""
    form = (nominative(first, "Name") or first).lower()
    return "femn" if form.endswith(("а", "я", "ь")) and form not in HIS_IN_A else "masc"


HIS_IN_A = frozenset("илья никита лука фома кузьма савва игорь лазарь равиль рафаэль мустафа муса".split())
