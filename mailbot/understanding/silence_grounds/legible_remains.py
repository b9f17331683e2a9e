"""What a person could still read in a text that is lost as a whole: words left standing, numbers, a simple code.

Clause 2.2.email.3 silences only where nothing of this is found.
"""

from __future__ import annotations

import base64
import binascii
import re

from mailbot.language.dictionary import is_known

_WORD = re.compile(r"[а-яё]{4,}", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w])\d(?:[ -]?\d){4,}(?![\w])")
_MIN_WORDS = 2
_CODES = re.compile(
    r"(?:=[0-9a-f]{2}){4,}|(?:%[0-9a-f]{2}){4,}|(?:&#x?[0-9a-f]{2,5};){3,}|(?:\\u[0-9a-f]{4}){3,}|^begin [0-7]{3} ",
    re.IGNORECASE | re.MULTILINE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/]{24,}={0,2}")
_TABLES = ("utf-8", "cp1251", "koi8-r", "utf-16-le")
_PLAIN = 0.85
"""Share of letters, blanks and common signs in bytes that are a text; of any other bytes a half looks so."""


def legible_rest(text: str) -> str:
    """What may be read, to show to a person; empty where nothing can."""
    if code := _CODES.search(text):
        return code.group()[:40]
    if number := _NUMBER.search(text):
        return number.group()
    known = [word.group() for word in _WORD.finditer(text) if is_known(word.group().lower())]
    if len(known) >= _MIN_WORDS:
        return " ".join(known[:4])
    run = next(
        (match.group() for match in _BASE64.finditer(text.replace("\n", "")) if _is_text(match.group())), ""
    )
    return run[:40]


def _is_text(run: str) -> bool:
    """Does base64 hold a text in one of the tables that Russian is written by?"""
    try:
        content = base64.b64decode(run[: len(run) // 4 * 4])
    except (binascii.Error, ValueError):
        return False
    return any(_reads(content, table) for table in _TABLES)


def _reads(content: bytes, table: str) -> bool:
    try:
        text = content.decode(table)
    except UnicodeDecodeError:
        text = content[:-1].decode(table, "ignore") if table == "utf-8" else ""
    plain = sum(
        character in " \n\r.,:;!?-"
        or "а" <= character.lower() <= "я"
        or (character.isascii() and character.isalnum())
        for character in text
    )
    return len(text) > 5 and plain >= _PLAIN * len(text) and len(text.split()) > 1
