"""What the address of a sender may tell of who writes: a surname, an organisation, a house, a street, a telephone."""

from __future__ import annotations

import re
from functools import lru_cache

from mailbot.language.dictionary import is_known
from mailbot.model import Address
from mailbot.understanding.contact_traces.unexplained_words import ESTABLISHMENTS, STREETS
from mailbot.understanding.contacts.sender_name import find_sender_name
from mailbot.understanding.names.name_parts import is_only_first_name
from mailbot.understanding.text.disguised_words import from_latin
from mailbot.understanding.text.morphology import grammemes, is_surname_form, lemmas, ordinary_share

_WORD = re.compile(r"[^\W\d_]+")
_SURNAME = re.compile(
    r".(?:ov|ev|yov|in|yn|ova|eva|yova|ina|yna|skiy|skij|skii|sky|skaya|skaia|enko|chuk|shuk|yuk|uk|yan|dze|shvili|ykh|ikh|yh|ih)$"
)
_TELEPHONE = re.compile(r"\d{7,}")
_HOUSE = re.compile(
    r"(?:^|[^a-z])(?:dom|d|kv|kvartira|house|ul|ulica|pod|korpus|domik)[._-]?\d", re.IGNORECASE
)
_ORGANISATION = re.compile(
    r"(?:^|[^a-zа-я])(?:ooo|oao|zao|pao|ip|tsj|tsg|tszh|tsgh|tsn|snt|gsk|zhk|jk|uk|zhsk|tos|mup|mku|mbou|mbdou|mbu|gbuz|gku|dou|sosh|fap|dk"
    r"|llc|ltd|dshi|cdt|ddt|mdou|mou)(?![a-z])"
    r"|(?:^|[^a-z])(?:s[ck]h?kol|school|lice[yi]|gimn|detsad|detskiysad|sad(?![a-z])|sadik|yasl|magazin|shop|market|apteka|pharm|kafe|cafe"
    r"|restoran|stolov|bol[n']|poliklin|hospital|klinik|clinic|bibliotek|muzey|museum|klub|club|cerkov|hram|mechet|zavod|fabrik|ferm[aey]"
    r"|kolho[zs]|kolkho[zs]|sovho[zs]|sovkho[zs]|selpo|selsov|lesho[zs]|leskho[zs]|lesni|les(?![a-z])|admin(?![a-z])|administr|sovet|office|ofis|hotel|otel|gostin"
    r"|obshe[zg]h?|pochta(?![a-z])|buh|glavbuh|stroy|servis|service|agro|torg|trans|energo|gorod|selo|pos[eo]l|derevn)",
    re.IGNORECASE,
)
_STREET = re.compile(r"(?:sk|n|v|zh)(?:aya|aia|oy|oi|aja)$")
"""«zavodskaya», «rechnoy»: an adjective in whose form streets and blocks are called."""


def sender_trace(sender: Address) -> str:
    """Why the sender's name or address may be contact data (Russian); empty where it tells at most a first name."""
    if _may_name(sender.name):
        return f"имя отправителя «{sender.name}»"
    local = sender.email.partition("@")[0]
    if _TELEPHONE.search(local) or any(
        len(word) > 3 and _may_be_surname(word) for word in _WORD.findall(local)
    ):
        return f"адрес отправителя {sender.email}"
    if _names_a_place(local):
        return f"адрес отправителя {sender.email}: дом, улица или организация"
    return ""


def _names_a_place(local: str) -> bool:
    """A house, a street or an organisation in the part before `@`."""
    if _HOUSE.search(local) or _ORGANISATION.search(local):
        return True
    return any(_is_place(word) for word in _WORD.findall(local) if len(word) > 2)


def _is_place(word: str) -> bool:
    named = lemmas(_russian(word))
    street = len(word) > 5 and _STREET.search(word.lower()) is not None
    return street or bool(named & (ESTABLISHMENTS | STREETS))


def _may_name(display: str) -> bool:
    """A number, a surname, or anything beside a first name («Заяц Анна») but a patronymic or an initial."""
    words = [word for word in _WORD.findall(display) if len(word) > 1]
    if re.search(r"\d", display) or any(_may_be_surname(word) for word in words):
        return True
    if find_sender_name(display) is not None:
        return True
    others = [word for word in words if not _is_first_name(word) and not _is_patronymic(word)]
    return len(others) < len(words) and bool(others)


@lru_cache(maxsize=10_000)
def _may_be_surname(word: str) -> bool:
    """By the dictionary, or, where it lacks the word, by its ending or, in Russian letters, at all."""
    if _is_first_name(word) or _is_patronymic(word) or len(word) < 3:
        return False
    russian = _russian(word)
    if is_known(russian):
        return is_surname_form(russian) or ordinary_share(russian) < 0.5
    return not word.isascii() or (len(word) > 4 and _SURNAME.search(word.lower()) is not None)


def _is_first_name(word: str) -> bool:
    """«Марина», «marina», «Nikolai»: й is written i at the end."""
    russian = _russian(word)
    return any(map(is_only_first_name, (word.lower(), russian, re.sub("и$", "й", russian))))


def _is_patronymic(word: str) -> bool:
    return "Patr" in grammemes(_russian(word)) and is_known(_russian(word))


def _russian(word: str) -> str:
    folded = word.lower().replace("ё", "е")
    return from_latin(folded) if folded.isascii() else folded
