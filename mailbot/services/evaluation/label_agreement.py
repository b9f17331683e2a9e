"""When a field that was found says the same as its label: people write one street in many ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from mailbot.services.evaluation.labelled_folder import number

Values = Counter[tuple[str, Decimal | None]]
"""Readings as a bag of (digits of the account, value)."""

_ADDRESS_WORDS = frozenset(
    "ул улица дом д кв квартира п пос поселок прикамский с село деревня дер г город пер пермский край "
    "чайковский го ulica kv".split()
)
_WORD = re.compile(r"[0-9a-zа-я]+")
_STEM = 4
_LOCAL_PHONE = 10


def digits(text: str | None) -> str:
    """The digits of a text, in order."""
    return re.sub(r"\D", "", text or "")


def same_account(label: str, found: str | None) -> bool:
    """Equal digits, leading zeros aside."""
    return digits(label).lstrip("0") == digits(found).lstrip("0")


def same_phone(label: str, found: str | None) -> bool:
    """The last ten digits are equal; all of them where the label has fewer (a local number)."""
    wanted, got = digits(label), digits(found)
    length = min(len(wanted), _LOCAL_PHONE)
    return len(got) >= length and wanted[-length:] == got[-length:]


def same_name(label: str, found: str | None) -> bool:
    """Every word of the label (initials aside) stands among those found, whatever its ending."""
    stems = {_stem(word) for word in _words(found) if len(word) > 1}
    return bool(stems) and all(_stem(word) in stems for word in _words(label) if len(word) > 1)


def same_address(label: str, found: str | None) -> bool:
    """Every number of the label and every word that names a place stand among those found."""
    if not found:
        return False
    numbers = Counter(re.findall(r"\d+", label))
    if numbers - Counter(re.findall(r"\d+", found)):
        return False
    named = [word for word in _words(label) if not word.isdigit() and len(word) > 2]
    stems = {word[:_STEM] for word in _words(found)}
    return all(word[:_STEM] in stems for word in named if word not in _ADDRESS_WORDS)


SAME = {"name": same_name, "account": same_account, "phone": same_phone, "address": same_address}


def comparable_readings(readings: Iterable[tuple[str | None, str]]) -> Values:
    """Readings, given as (account, value), in a form in which lists can be compared."""
    return Counter((digits(account), _value(value)) for account, value in readings)


def _value(text: str) -> Decimal | None:
    try:
        return number(text).normalize()
    except InvalidOperation:
        return None


def _words(text: str | None) -> list[str]:
    return _WORD.findall((text or "").lower().replace("ё", "е"))


def _stem(word: str) -> str:
    kept = word if len(word) < _STEM else word[: max(_STEM, len(word) - 2)][:6]
    return kept[:_STEM]
