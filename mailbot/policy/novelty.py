"""What a letter brings that an earlier one and our answer did not: «новые доводы или обстоятельства».

Clause 2.2.email.4 silences only where nothing of this is found, so every doubt counts as new.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailbot.policy.markers import SELF_REPEAT, SURE, UNSURE, Marker
from mailbot.policy.similarity import folded

_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Novelty:
    """What is new, in words for staff: `sure` surely, `unsure` perhaps; `looked` is what was searched for."""

    sure: tuple[str, ...]
    unsure: tuple[str, ...]
    looked: tuple[str, ...]


LOOKED = (
    *(marker.name for marker in (*SURE, *UNSURE)),
    "числа и даты",
    "вложения",
    "новые доводы и темы",
)
"""What is searched for before a letter is called a repeat."""


def novelty(later: str, known: str) -> Novelty:
    """What the text of the later letter holds that the `known` texts (first letter, our answer) do not.

    Both are the writer's plain words; contact data should be blanked from `later`, for a phone added
    to a repeated question is no new circumstance.
    """
    text, known = SELF_REPEAT.sub(" ", folded(later)), folded(known)
    numbers = _new_numbers(text, known)
    return Novelty(
        sure=(*_found(SURE, text, known), *(f"число {number}" for number in numbers)),
        unsure=_found(UNSURE, text, known),
        looked=LOOKED,
    )


def repeats_itself(text: str) -> bool:
    """Does the writer say that they ask again?"""
    return SELF_REPEAT.search(folded(text)) is not None


def _found(markers: tuple[Marker, ...], text: str, known: str) -> tuple[str, ...]:
    """«замер: «градусов»»: for each marker the first of its words whose beginning the known texts lack."""
    found = []
    for marker in markers:
        words = (match[0].strip() for match in marker.pattern.finditer(text))
        if word := next((word for word in words if word[:6] not in known), None):
            found.append(f"{marker.name}: «{word}»")
    return tuple(found)


def _new_numbers(text: str, known: str) -> tuple[str, ...]:
    before = {_number(number) for number in _NUMBER.findall(known)}
    return tuple(dict.fromkeys(found for found in _NUMBER.findall(text) if _number(found) not in before))[:5]


def _number(text: str) -> str:
    """«1,50» and «1.5» are one number, so are «2 140» and «2140»; «007» is 7."""
    whole, _, fraction = re.sub(r"\s", "", text).replace(",", ".").partition(".")
    fraction = fraction.rstrip("0")
    return (whole.lstrip("0") or "0") + (f".{fraction}" if fraction else "")
