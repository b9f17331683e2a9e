"""A letter's own words, and whether a row of `answers.toml` fits them."""

from __future__ import annotations

import re

from mailbot.model import AnswerRule, Letter, SegmentRole
from mailbot.policy.case_folding import fold_case


def folded_words(letter: Letter) -> str:
    """The writer's own words, subject first, folded and single-spaced."""
    body = letter.part("body").view(SegmentRole.WRITTEN, SegmentRole.FORWARDED)
    return " ".join(fold_case(f"{letter.subject}\n{body}").split())


def matches_row(row: AnswerRule, text: str) -> bool:
    """Does the folded text meet a pattern of the row, and none that speaks against it? Without patterns it does."""
    if any(re.search(rf"(?<!\w)(?:{pattern})", text) for pattern in row.unless):
        return False
    return not row.asks or asks_for_row(row, text)


def asks_for_row(row: AnswerRule, text: str) -> bool:
    """Does the folded text meet a pattern of the row's `asks`?"""
    return any(re.search(rf"(?<!\w)(?:{pattern})", text) for pattern in row.asks)
