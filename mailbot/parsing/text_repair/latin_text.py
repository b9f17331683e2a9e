"""Latin text that may be Russian: which lines and words of it may be changed, and which mean what they say."""

from __future__ import annotations

import re
from collections.abc import Callable

from mailbot.parsing.charsets.russian_likeness import cyrillic_letters, latin_letters

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


_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"[^\w]*(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,100}\W*", re.ASCII)
_LINK = re.compile(r"\W*(?:https?://|www\.)", re.IGNORECASE)
_DOMAIN = re.compile(r"\W*[\w-]{2,63}\.(?:ru|com|net|org|su|рф)\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\W*+(?:\d++(?:[.,]\d++)++|[\d-]++[.,]$)")
_PREFIX = re.compile(r"(?:re|fwd?|fw)(?:\[\d+\])?:", re.IGNORECASE)
_BARE = re.compile(r"\W+")


def is_candidate(line: str) -> bool:
    """Mostly Latin letters, and no English: a program's Russian or English line beside it stays."""
    latin = latin_letters(line)
    return latin > 0 and cyrillic_letters(line) * 4 <= latin and not is_english(line)


def change(text: str, of_word: Callable[[str], str]) -> str:
    """`of_word` over each word of each candidate line, addresses, links and decimal numbers left alone."""
    return "\n".join(
        _TOKEN.sub(lambda token: token[0] if is_meant_as_written(token[0]) else of_word(token[0]), line)
        if is_candidate(line)
        else line
        for line in text.split("\n")
    )


def candidates(text: str) -> str:
    """The lines that may be changed, without the words that stand."""
    return "\n".join(
        " ".join(token for token in line.split() if not is_meant_as_written(token))
        for line in text.split("\n")
        if is_candidate(line)
    )


def is_meant_as_written(token: str) -> bool:
    """Does the word mean what it says, whatever keyboard or alphabet the writer used?"""
    if "@" in token and _ADDRESS.fullmatch(token):
        return True
    return any(pattern.match(token) for pattern in (_LINK, _NUMBER)) or bool(
        _PREFIX.fullmatch(token) or _BARE.fullmatch(token) or _DOMAIN.fullmatch(token)
    )
