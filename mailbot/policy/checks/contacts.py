"""Clause 2.2.email.1: «не указаны контактные данные Клиента».

An account, a phone, an address with a flat, or a surname with an address each suffice. A first name
alone, the village alone, or the From address alone do not, unless the register knows the sender.

The machine is silent only where their absence is proven. Excluded must be: any contact that was found, however
doubtful; any word or number that nothing explains (`Facts.traces`: in the subject, the text, the signature, read
attachments, the sender's name and address); an attachment that was not read; damage; a quotation of earlier letters;
an earlier case of the sender; a sender whom the register holds; a topic of an emergency. All else
goes before a person with the doubt named.
"""

from __future__ import annotations

import re

from mailbot.model import Certainty, ExtractedValue, Facts, Judgement, Span
from mailbot.model.letter.own_message_id import is_own_message_id
from mailbot.policy.case_folding import fold_case
from mailbot.policy.checks.unseen import why_quoted, why_undecoded, why_unseen
from mailbot.policy.verdict import LetterInContext

LOOKED = (
    "лицевой счёт", "телефон", "адрес", "фамилия", "организация", "отправитель в реестре и в прежних обращениях",
)  # fmt: skip

ABSENT = (
    "искали: счёт, телефон, адрес, фамилию, организацию — в теме, тексте, подписи, вложениях и имени отправителя;"
    " не нашли, непонятных слов и чисел нет"
)

MIN_CONFIDENCE = 0.5
"""Confidence below which a contact is only a guess: a person looks, the letter is not silenced."""

_FLAT = re.compile(
    r"\b(?:кв|квартира|квартире|квартиры|квартиру|оф|офис|пом|помещение|kv|kvartira)\b|\d+\s*[а-яa-z]?\s*[-–—]\s*\d+"
)
_HOUSE = re.compile(r"\d")


def no_contact_data(matter: LetterInContext) -> Judgement:
    """YES where nothing tells whose letter it is, and all of it was seen."""
    facts = matter.facts
    given, spans = _given(facts)
    if given:
        return Judgement(Certainty.NO, f"указаны контактные данные: {given}", spans, LOOKED)
    if matter.context.client is not None:
        return Judgement(
            Certainty.NO, f"отправитель есть в реестре: {matter.context.client.name}", (), LOOKED
        )
    if doubt := _doubt(matter):
        return Judgement(Certainty.DOUBT, f"контактные данные не найдены, но {doubt}", (), LOOKED)
    if danger := _danger(matter):
        because = f"контактные данные не найдены, но письмо говорит об опасности ({danger}): пусть его прочитает человек"
        return Judgement(Certainty.DOUBT, because, (), LOOKED)
    if facts.traces:
        places = tuple(span for trace in facts.traces for span in trace.spans)
        because = f"контактные данные не узнаны, но в письме есть {_listed(facts.traces)}"
        return Judgement(Certainty.DOUBT, because, places, LOOKED)
    return Judgement(Certainty.YES, ABSENT, (), LOOKED)


def _danger(matter: LetterInContext) -> str:
    """The title of an emergency that the letter asks about or doubts; one that happens is no matter of this rule."""
    topics = (matter.rulebook.topic(topic.value) for topic in matter.facts.topics)
    return next((topic.title for topic in topics if topic is not None and topic.emergency), "")


def _listed(traces: tuple[ExtractedValue[str], ...]) -> str:
    return "; ".join(trace.value for trace in traces[:3])


def _given(facts: Facts) -> tuple[str, tuple[Span, ...]]:
    """What suffices (Russian), with its evidence; empty where nothing does."""
    contacts = facts.contacts
    for name, founds in (("лицевой счёт", contacts.accounts), ("телефон", contacts.phones)):
        if sure := _sure(founds):
            return f"{name} {sure[0].value}", sure[0].spans
    if account := next((reading.account for reading in facts.readings if reading.account), None):
        return f"лицевой счёт {account}", ()
    for address in _sure(contacts.addresses):
        if _FLAT.search(fold_case(address.value)):
            return f"адрес {address.value}", address.spans
        surname = next(iter(_sure(contacts.surnames)), None)
        if surname and _HOUSE.search(address.value):
            return f"{surname.value}, адрес {address.value}", (*surname.spans, *address.spans)
    for implied in facts.implied:
        return f"место, где в реестре счёт {implied.value}", implied.spans
    return "", ()


def _sure(founds: tuple[ExtractedValue[str], ...]) -> tuple[ExtractedValue[str], ...]:
    return tuple(value for value in founds if value.confidence >= MIN_CONFIDENCE and value.value.strip())


def _doubt(matter: LetterInContext) -> str:
    """Why the letter may yet say, or we may yet know, whose it is; empty where neither can be."""
    letter, context = matter.letter, matter.context
    contacts = matter.facts.contacts
    if reason := why_unseen(letter) or why_undecoded(letter) or why_quoted(letter):
        return reason
    if any((contacts.accounts, contacts.phones)):
        return "есть похожее на лицевой счёт или телефон"
    if any(_HOUSE.search(address.value) for address in contacts.addresses):
        return "назван дом: клиента может найти сотрудник"
    if contacts.addresses or contacts.surnames:
        return "названа фамилия или место: клиента может найти сотрудник"
    if any(is_own_message_id(cited) for cited in (*letter.in_reply_to, *letter.references)):
        return "письмо отвечает на наше: контакты могут быть в той переписке"
    if context.earlier or context.follows:
        return "отправитель уже писал нам: контакты могут быть в прежнем обращении"
    if matter.facts.readings and not context.register_known:
        return "показания без счёта: отправитель может быть в реестре, а реестра под рукой нет"
    return ""
