"""A letter's own words as they are compared with patterns: subject first, folded, single-spaced."""

from __future__ import annotations

from mailbot.model import Letter, Role
from mailbot.policy.folding import folded


def folded_words(letter: Letter) -> str:
    """The writer's own words, subject first, folded and single-spaced."""
    body = letter.part("body").view(Role.WRITTEN, Role.FORWARDED)
    return " ".join(folded(f"{letter.subject}\n{body}").split())
