"""Which answers a client may be asked to rate: those on substance to a question or a complaint, and no others."""

from __future__ import annotations

from mailbot.model import Letter, LetterKind, Priority

RATED = frozenset({LetterKind.QUESTION, LetterKind.COMPLAINT})
"""«Показания приняты» is no answer to rate."""


def may_be_rated(letter: Letter, kind: str | None, priority: str, *, abusive: bool) -> bool:
    """May the answer to the letter ask for a rating? `kind` is the primary one, None where it is not known.

    Not of an emergency, whose writer has other cares, not of a letter with abuse, not of a program.
    """
    return kind in RATED and priority != Priority.EMERGENCY and not abusive and not letter.automatic
