"""A cheap look at whether Latin text is English, so that it is left as it is."""

from __future__ import annotations

import re

_COMMON = frozenset(
    """the and you your for with this that have has from are was not our will can please dear sir madam thank thanks
    hello regards we is of to in it on be by my me at or if an as subject message email mail sent reply office out
    contact do does any all would could how what when where which who i am re heating water meter account bill house
    invoice payment best kind sincerely team us but so no yes dont""".split()
)
_WORD = re.compile(r"[A-Za-z']+")


def is_english(text: str) -> bool:
    """At least a fifth of the words are the commonest English ones."""
    words = [word.lower() for word in _WORD.findall(text)]
    common = [word for word in words if word in _COMMON and len(word) > 1]
    return bool(words) and len(common) >= max(2, len(words) // 5)
