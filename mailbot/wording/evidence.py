"""What was found in a letter, each finding named in Russian with the places that show it."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.model import Correspondent, Facts, Reading, Span
from mailbot.wording.case_titles import ABUSE, LETTER_KINDS
from mailbot.wording.resources import RESOURCES

OTHER_VALUES = "сверх показаний"
"""What words beside readings are called that nothing accounts for."""


def evidence(facts: Facts) -> list[tuple[str, str, tuple[Span, ...]]]:
    """(what, value, spans) of every statement found in the letter; `what` in Russian."""
    contacts = facts.contacts
    return [
        *(("вид", LETTER_KINDS[kind.value], kind.spans) for kind in facts.kinds),
        *(("тема", topic.value, topic.spans) for topic in facts.topics),
        *(("лицевой счёт", account.value, account.spans) for account in contacts.accounts),
        *(("имя", name.value, name.spans) for name in contacts.names),
        *(("телефон", phone.value, phone.spans) for phone in contacts.phones),
        *(("адрес", address.value, address.spans) for address in contacts.addresses),
        *(("показание", format_reading(reading), reading.spans) for reading in facts.readings),
        *(("брань", ABUSE[abuse.value], abuse.spans) for abuse in facts.abuse),
        *(("срочно", urgency.value, urgency.spans) for urgency in facts.urgent),
        *_of_correspondent(facts.correspondent),
        *((OTHER_VALUES, piece.value, piece.spans) for piece in facts.remainder if facts.readings),
    ]


def _of_correspondent(found: Correspondent | None) -> Iterator[tuple[str, str, tuple[Span, ...]]]:
    """Who writes instead of a client, under which numbers, and until when he wants an answer."""
    if found is None:
        return
    yield "корреспондент", found.group, found.spans
    if found.number is not None:
        yield "их номер", found.number.value, found.number.spans
    yield from (("ссылка", reference.value, reference.spans) for reference in found.references)
    if found.limit is not None:
        yield "срок из письма", found.limit.value.words, found.limit.spans


def format_reading(reading: Reading) -> str:
    """One reading in words: «горячая вода 148 м3, л/с 440215, прибор 5501»."""
    words = [RESOURCES[reading.resource] if reading.resource else "ресурс не назван", str(reading.value)]
    words += [str(reading.unit)] if reading.unit else []
    account = f", л/с {reading.account}" if reading.account else ""
    meter = f", прибор {reading.meter}" if reading.meter else ""
    return " ".join(words) + account + meter
