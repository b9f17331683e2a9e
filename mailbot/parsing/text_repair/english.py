"""A cheap look at whether Latin text is English, so that it is left as it is."""

from __future__ import annotations

import re

_COMMON = frozenset(
    """the and you your for with this that have has from are was not our will can please dear sir madam thank thanks
    hello regards we is of in it at if an as subject message email mail sent reply office out
    contact does any all would could how what when where which who am heating water meter account bill house
    invoice payment best kind sincerely team but yes dont his her she they their there been were more new get
    click here view unsubscribe here's it's don't i'm""".split()
)
"""Without «my», «no», «do», «to», «on», «so», «by»: in Latin letters those are Russian words, too."""

_WORD = re.compile(r"[A-Za-z']+")


def is_english(text: str) -> bool:
    """At least a fifth of the words are the commonest English ones."""
    words = [word.lower() for word in _WORD.findall(text[:4000])]
    common = sum(word in _COMMON for word in words)
    return bool(words) and common >= max(2, len(words) // 5)
