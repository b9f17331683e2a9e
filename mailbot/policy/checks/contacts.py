"""Clause 2.2.email.1: «не указаны контактные данные Клиента».

An account, a phone, an address with a flat, or a surname with an address each suffice. A first name
alone, the village alone, or the From address alone do not, unless the register knows the sender.
"""

from __future__ import annotations

import re

from mailbot.model import Certainty, Context, Facts, Found, Judgement, Letter, Rulebook, Span
from mailbot.policy.checks.traces import trace_of
from mailbot.policy.checks.unseen import undecoded, unseen
from mailbot.policy.folding import folded

LOOKED = ("лицевой счёт", "телефон", "адрес с квартирой", "фамилия с адресом", "реестр клиентов", "вложения")

LEAST = 0.5
"""Confidence below which a contact is only a guess: a person looks, the letter is not silenced."""

_FLAT = re.compile(
    r"\b(?:кв|квартира|квартире|квартиры|квартиру|оф|офис|пом|помещение|kv|kvartira)\b|\d+\s*[а-яa-z]?\s*[-–—]\s*\d+"
)
_HOUSE = re.compile(r"\d")
_SURNAME = re.compile(
    r"(?:ов|ев|ин|ын|ова|ева|ина|ына|ий|ой|ая|ко|ук|юк|чук|ик|ых|их|ец|ер|ль|ян|дзе|швили|ов[ауы]?|ский|ской|цкий|ова)$"
)
_NAMES_LIKE_SURNAMES = """
    марина ирина галина полина алина екатерина кристина валентина нина алевтина ангелина карина регина
    сабина эльвина зина тина фаина каролина константин валентин мартин лев юрий григорий василий дмитрий
    анатолий георгий валерий виталий геннадий евгений аркадий николай сергей андрей алексей
"""
_FIRST_NAMES = frozenset(_NAMES_LIKE_SURNAMES.split())


def no_contact_data(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:  # noqa: ARG001
    """YES where nothing tells whose letter it is, and all of it was seen."""
    given, spans = _given(facts)
    if given:
        return Judgement(Certainty.NO, f"указаны контактные данные: {given}", spans, LOOKED)
    if context.client is not None:
        return Judgement(Certainty.NO, f"отправитель есть в реестре: {context.client.name}", (), LOOKED)
    if doubt := _doubt(letter, facts, context):
        return Judgement(Certainty.DOUBT, f"контактные данные не найдены, но {doubt}", (), LOOKED)
    what, where = trace_of(letter)
    if what:
        doubt = f"контактные данные не узнаны, но в письме есть {what}"
        return Judgement(Certainty.DOUBT, doubt, where, LOOKED)
    return Judgement(
        Certainty.YES, "нет ни лицевого счёта, ни телефона, ни адреса с квартирой или фамилией", (), LOOKED
    )


def _given(facts: Facts) -> tuple[str, tuple[Span, ...]]:
    """What suffices (Russian), with its evidence; empty where nothing does."""
    contacts = facts.contacts
    for name, founds in (("лицевой счёт", contacts.accounts), ("телефон", contacts.phones)):
        if sure := _sure(founds):
            return f"{name} {sure[0].value}", sure[0].spans
    if account := next((reading.account for reading in facts.readings if reading.account), None):
        return f"лицевой счёт {account}", ()
    for address in _sure(contacts.addresses):
        if _FLAT.search(folded(address.value)):
            return f"адрес {address.value}", address.spans
        surname = next((name for name in _sure(contacts.names) if is_surname(name.value)), None)
        if surname and _HOUSE.search(address.value):
            return f"{surname.value}, адрес {address.value}", (*surname.spans, *address.spans)
    return "", ()


def _sure(founds: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
    return tuple(found for found in founds if found.confidence >= LEAST and found.value.strip())


def is_surname(name: str) -> bool:
    """Does a name hold a surname? Two words do («Оглезнев Павел»), one that ends so too («поршнева»)."""
    parts = re.findall(r"[а-яa-z-]+", folded(name))
    words = [word for word in parts if len(word) > 1]
    if len(words) > 1 or (words and len(parts) > len(words)):  # initials stand beside surnames only
        return True
    return bool(words) and words[0] not in _FIRST_NAMES and _SURNAME.search(words[0]) is not None


def _doubt(letter: Letter, facts: Facts, context: Context) -> str:
    """Why the letter may yet say, or we may yet know, whose it is; empty where neither can be."""
    contacts = facts.contacts
    if reason := unseen(letter) or undecoded(letter):
        return reason
    if any((contacts.accounts, contacts.phones)):
        return "есть похожее на лицевой счёт или телефон"
    if any(_HOUSE.search(address.value) for address in contacts.addresses):
        return "назван дом: клиента может найти сотрудник"
    if any(found.answered_at for found in context.earlier) or context.follows:
        return "отправитель уже получал от нас ответ: контакты могут быть в прежнем обращении"
    if facts.readings and not context.register_known:
        return "показания без счёта: отправитель может быть в реестре, а реестра под рукой нет"
    return ""
