"""The tokens of a text as sentences, and what a phrase may be made of: a head with the adjectives that stand before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mailbot.understanding.contact_traces.unexplained_words import TraceToken
from mailbot.understanding.text.morphology import forms, lemmas

_BREAK = re.compile(r"[.!?…;]|\n\s*\n")
_OF_A_HEAD = frozenset({"ADJF", "PRTF", "NUMR"})

REACH = 5
"""Words to each side in which what belongs to a verb stands."""


def sentences(text: str, tokens: Sequence[TraceToken]) -> Iterator[tuple[TraceToken, ...]]:
    """Up to a full stop, a blank line, or the end of a line behind which a capital stands: programs wrap lines anywhere."""
    begun: list[TraceToken] = []
    for token in tokens:
        if begun and _parted(text[begun[-1].end : token.start], token):
            yield tuple(begun)
            begun = []
        begun.append(token)
    if begun:
        yield tuple(begun)


def _parted(between: str, follows: TraceToken) -> bool:
    return _BREAK.search(between) is not None or ("\n" in between and follows.text[0].isupper())


def may_be(token: TraceToken, *grammemes: str) -> bool:
    """Does a likely reading of the word have all these grammemes?"""
    return any(form.issuperset(grammemes) for form in forms(token.folded))


def of(token: TraceToken, words: frozenset[str]) -> bool:
    return bool(lemmas(token.folded) & words)


def is_adjective(token: TraceToken) -> bool:
    """«вашего», «старого», «второй»: what may stand between a preposition or a noun and its noun."""
    return any(form & _OF_A_HEAD for form in forms(token.folded))


def head_after(sentence: Sequence[TraceToken], at: int) -> TraceToken | None:
    """The word behind position `at`, adjectives skipped; None where the sentence ends."""
    for token in sentence[at + 1 : at + 4]:
        if not is_adjective(token) or may_be(token, "NOUN"):
            return token
    return None


def before_head(sentence: Sequence[TraceToken], at: int) -> Sequence[TraceToken]:
    """What stands before the phrase whose head is at `at`: up to three words, the adjectives of the head left out."""
    first = at
    while first and at - first < 3 and is_adjective(sentence[first - 1]):
        first -= 1
    return sentence[max(0, first - 3) : first]


def around(sentence: Sequence[TraceToken], at: int) -> Sequence[TraceToken]:
    return (*sentence[max(0, at - REACH) : at], *sentence[at + 1 : at + 1 + REACH])
