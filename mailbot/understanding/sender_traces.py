"""What the address of a sender may tell of who writes: a surname, an organisation, a telephone."""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.model import Address
from mailbot.understanding.masking import from_latin
from mailbot.understanding.morphology import is_known, is_surname_form, ordinary_share
from mailbot.understanding.name_words import is_first_name

_WORD = re.compile(r"[^\W\d_]+")
_SURNAME = re.compile(
    r".(?:ov|ev|yov|in|yn|ova|eva|yova|ina|yna|skiy|skij|skii|sky|skaya|skaia|enko|chuk|shuk|yuk|uk|yan|dze|shvili|ykh|ikh|yh|ih)$"
)
_TELEPHONE = re.compile(r"\d{5,}")


def sender_trace(sender: Address) -> str:
    """Why the sender's name or address may be contact data (Russian); empty where it tells at most a first name."""
    if any(not _names_nobody(word) for word in _WORD.findall(sender.name)) or re.search(r"\d", sender.name):
        return f"имя отправителя «{sender.name}»"
    local = sender.email.partition("@")[0]
    if _TELEPHONE.search(local) or any(_is_latin_surname(word) for word in _WORD.findall(local)):
        return f"адрес отправителя {sender.email}"
    return ""


@lru_cache(maxsize=10_000)
def _names_nobody(word: str) -> bool:
    """A first name, or a word of the dictionary that is nobody's surname."""
    folded = word.lower().replace("ё", "е")
    if folded.isascii():
        folded = from_latin(folded) if not is_first_name(folded) else folded
    if is_first_name(folded):
        return True
    return is_known(folded) and ordinary_share(folded) > 0.5 and not is_surname_form(folded) and len(folded) > 1


@lru_cache(maxsize=10_000)
def _is_latin_surname(word: str) -> bool:
    russian = from_latin(word) if word.isascii() else word
    if is_first_name(word) or is_first_name(russian):
        return False
    if is_known(russian):
        return is_surname_form(russian) and len(russian) > 3
    return len(word) > 4 and _SURNAME.search(word) is not None
