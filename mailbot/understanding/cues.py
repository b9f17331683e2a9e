"""Word lists and topic patterns compiled once; each entry matches from the start of a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from mailbot.model import Span
from mailbot.understanding.passages import Passage


@lru_cache(maxsize=512)
def compiled(entries: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for a list of regular expressions over folded text; never matches where the list is empty.

    A word boundary stands before every entry: it makes the files easier to write and the search
    fast, since alternatives are tried at word starts alone.
    """
    if not entries:
        return re.compile(r"(?!)")
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{entry})" for entry in entries) + ")")


def cue_spans(entries: tuple[str, ...], texts: Iterable[Passage]) -> tuple[Span, ...]:
    """Where any of the entries stands in the passages, in order, without overlaps."""
    pattern = compiled(entries)
    return tuple(
        text.span(match.start(), match.end())
        for text in texts
        for match in pattern.finditer(text.folded)
        if match.end() > match.start()
    )


def distinct(spans: Iterable[Span], texts: Iterable[Passage]) -> int:
    """How many different cues the spans show: the same word said twice is one cue."""
    folded = {text.part: text.folded for text in texts}
    return len({folded[span.part][span.start : span.end][:7] for span in spans})
