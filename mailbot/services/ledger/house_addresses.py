"""Which addresses of the register lie in a house that a person names by the beginning of its address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_WORD = re.compile(r"[0-9a-zа-я/]+")
_KINDS = frozenset("г город п пос поселок с село ул улица пер переулок пр просп проспект д дом".split())
"""Words that tell what the next one is: people write them or leave them out."""

_OF_ANOTHER = frozenset("к корп корпус стр строение лит литера".split())
"""Behind the number of a house: the number of another one."""


@dataclass(frozen=True, slots=True)
class HouseAccounts:
    """Accounts of the house, and addresses that begin alike but are of another building («Мира, 5, корп. 2»)."""

    accounts: tuple[str, ...]
    alike: tuple[str, ...]


def accounts_of_house(addresses: Iterable[tuple[str, str]], words: str) -> HouseAccounts:
    """The accounts among (account, address) whose address begins with the words, word for word.

    «Мира, 5» is «ул. Мира, 5-12» and «мира 5 кв. 3», but neither «Мира, 51» nor «Мира, 5/1» nor «Мира, 5А».
    """
    wanted = _words(words)
    accounts: list[str] = []
    alike: list[str] = []
    for number, address in addresses:
        address_words = _words(address)
        if not wanted or address_words[: len(wanted)] != wanted:
            continue
        if _another(wanted, address_words[len(wanted) :]):
            alike.append(address)
        else:
            accounts.append(number)
    return HouseAccounts(tuple(accounts), tuple(alike))


def _words(text: str) -> list[str]:
    """The words without those of kind; behind a number they are none: «5 Д» is a house."""
    words: list[str] = []
    for word in _WORD.findall(text.lower().replace("ё", "е")):
        if word not in _KINDS or (words and words[-1][0].isdigit() and len(word) == 1):
            words.append(word)
    return words


def _another(wanted: list[str], rest: list[str]) -> bool:
    """Does what follows the house's number make it another house: a block («корп. 2»), a letter («5 А»)?"""
    if not rest or not wanted[-1][0].isdigit():
        return False
    return rest[0] in _OF_ANOTHER or (len(rest[0]) == 1 and rest[0].isalpha())
