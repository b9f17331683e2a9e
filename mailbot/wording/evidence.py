"""What was found in a letter, each finding named in Russian with the places that show it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from mailbot.model import Correspondent, Facts, Reading, Span
from mailbot.wording.case_titles import ABUSE, LETTER_KINDS
from mailbot.wording.resources import RESOURCES


class EvidenceKind(StrEnum):
    """What a statement found in a letter is of, in Russian."""

    KIND = "вид"
    TOPIC = "тема"
    ACCOUNT = "лицевой счёт"
    NAME = "имя"
    PHONE = "телефон"
    ADDRESS = "адрес"
    READING = "показание"
    ABUSE = "брань"
    URGENCY = "срочно"
    CORRESPONDENT = "корреспондент"
    THEIR_NUMBER = "их номер"
    REFERENCE = "ссылка"
    LIMIT = "срок из письма"
    OTHER = "сверх показаний"  # words beside readings that nothing accounts for


def evidence(facts: Facts) -> list[tuple[EvidenceKind, str, tuple[Span, ...]]]:
    """(what, value, spans) of every statement found in the letter. Topics and correspondents by their names."""
    contacts = facts.contacts
    return [
        *((EvidenceKind.KIND, LETTER_KINDS[kind.value], kind.spans) for kind in facts.kinds),
        *((EvidenceKind.TOPIC, topic.value, topic.spans) for topic in facts.topics),
        *((EvidenceKind.ACCOUNT, account.value, account.spans) for account in contacts.accounts),
        *((EvidenceKind.NAME, name.value, name.spans) for name in contacts.names),
        *((EvidenceKind.PHONE, phone.value, phone.spans) for phone in contacts.phones),
        *((EvidenceKind.ADDRESS, address.value, address.spans) for address in contacts.addresses),
        *((EvidenceKind.READING, format_reading(reading), reading.spans) for reading in facts.readings),
        *((EvidenceKind.ABUSE, ABUSE[abuse.value], abuse.spans) for abuse in facts.abuse),
        *((EvidenceKind.URGENCY, urgency.value, urgency.spans) for urgency in facts.urgent),
        *_of_correspondent(facts.correspondent),
        *((EvidenceKind.OTHER, piece.value, piece.spans) for piece in facts.remainder if facts.readings),
    ]


def _of_correspondent(found: Correspondent | None) -> Iterator[tuple[EvidenceKind, str, tuple[Span, ...]]]:
    """Who writes instead of a client, under which numbers, and until when he wants an answer."""
    if found is None:
        return
    yield EvidenceKind.CORRESPONDENT, found.group, found.spans
    if found.number is not None:
        yield EvidenceKind.THEIR_NUMBER, found.number.value, found.number.spans
    yield from ((EvidenceKind.REFERENCE, reference.value, reference.spans) for reference in found.references)
    if found.limit is not None:
        yield EvidenceKind.LIMIT, found.limit.value.words, found.limit.spans


def format_reading(reading: Reading) -> str:
    """One reading in words: «горячая вода 148 м3, л/с 440215, прибор 5501»."""
    words = [RESOURCES[reading.resource] if reading.resource else "ресурс не назван", str(reading.value)]
    words += [str(reading.unit)] if reading.unit else []
    account = f", л/с {reading.account}" if reading.account else ""
    meter = f", прибор {reading.meter}" if reading.meter else ""
    return " ".join(words) + account + meter
