"""A letter's own words, and whether a row of `answers.toml` fits them."""

from __future__ import annotations

import re

from mailbot.model import Answer, Letter, Role
from mailbot.policy.folding import folded


def folded_words(letter: Letter) -> str:
    """The writer's own words, subject first, folded and single-spaced."""
    body = letter.part("body").view(Role.WRITTEN, Role.FORWARDED)
    return " ".join(folded(f"{letter.subject}\n{body}").split())


def fits(row: Answer, text: str) -> bool:
    """Does the folded text meet a pattern of the row, and none that speaks against it? Without patterns it does."""
    if any(re.search(rf"(?<!\w)(?:{pattern})", text) for pattern in row.unless):
        return False
    return not row.asks or asks(row, text)


def asks(row: Answer, text: str) -> bool:
    """Does the folded text meet a pattern of the row's `asks`?"""
    return any(re.search(rf"(?<!\w)(?:{pattern})", text) for pattern in row.asks)
