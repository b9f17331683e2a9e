"""Did a program write the letter (RFC 3834 2)? Signs are weighed, and held against what only a client has.

A strong sign decides alone; beside readings, an account or an emergency a person looks. A weak sign decides nothing: two
of them, from different places of the letter, make a machine's letter where nothing speaks for a client; in every other
case a person looks. Whatever comes out, no letter of the machine's answers a letter that has a sign.
"""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.model import (
    AutomaticReason,
    Certainty,
    Context,
    Facts,
    Found,
    Judgement,
    Letter,
    Role,
    Rulebook,
    Span,
)
from mailbot.model.writer import by_our_form

MASS = frozenset({AutomaticReason.MAILING_LIST, AutomaticReason.NEWSLETTER})
"""Strong signs of letters that speak to nobody in particular: their «авария» is not their own."""

TO_MANY = frozenset({AutomaticReason.NEWSLETTER, AutomaticReason.PRECEDENCE})

COMPANY = 2
"""Places of a letter that must each show a weak sign before it counts as a machine's."""

SURE = 0.5
"""Confidence from which a telephone or an address is the writer's; below it may be ours, or nobody's."""

LOOKED = (
    "заголовки автоматических писем", "отчёт о недоставке", "слова автоответа", "показания", "лицевой счёт", "авария",
    "телефон и адрес", "реестр клиентов", "суть обращения",
)  # fmt: skip


def automatic_letter(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:
    """YES for a machine's letter; DOUBT where it carries what only a client has, or a single weak sign.

    The server of a housing manager sends readings as «Auto-Submitted: auto-generated»; a person on the
    way to a holiday writes «нахожусь в отпуске, пересчитайте». Neither may be dropped, or answered.
    """
    if not letter.automatic:
        return Judgement(Certainty.NO, "признаков автоматического письма нет", looked=LOOKED)
    strongest = letter.strong_signs or letter.automatic
    signs = "; ".join(sign.evidence for sign in strongest[:3])
    if context.unclear_return:
        return Judgement(Certainty.DOUBT, f"{context.unclear_return} ({signs})", looked=LOOKED)
    if letter.strong_signs:
        form = by_our_form(letter, rulebook.channels.own_addresses)
        matter = "обращение с формы сайта" if form else _beside_strong_signs(letter, facts)
        if not matter:
            return Judgement(Certainty.YES, f"письмо автоматическое: {signs}", looked=LOOKED)
        return Judgement(
            Certainty.DOUBT, f"письмо автоматическое ({signs}), но в нём {matter}", looked=LOOKED
        )
    advertised = facts.client.answer is not Certainty.YES and _to_many(letter)
    if matter := only_a_client_has(letter, facts, context) or ("" if advertised else _substance(facts)):
        because = f"письмо похоже на автоматическое ({signs}), но за клиента говорит {matter}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    if letter.places_of_signs + advertised < COMPANY:
        because = f"письмо похоже на автоматическое, но один признак ничего не решает: {signs}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    return Judgement(Certainty.YES, f"письмо автоматическое, признаки сходятся: {signs}", looked=LOOKED)


def _beside_strong_signs(letter: Letter, facts: Facts) -> str:
    reasons = {sign.reason for sign in letter.strong_signs}
    if AutomaticReason.BOUNCE in reasons:
        return ""  # whatever it holds is our own letter, returned
    if matter := _for_the_books(letter, facts):
        return matter
    return "сообщение об аварии" if facts.urgent and not reasons & MASS else ""


def only_a_client_has(letter: Letter, facts: Facts, context: Context) -> str:
    """What speaks for a client as the writer (Russian); empty where nothing does."""
    if matter := _for_the_books(letter, facts):
        return matter
    if facts.urgent:
        return "сообщение об аварии"
    for what, founds in (("телефон", facts.contacts.phones), ("адрес", facts.contacts.addresses)):
        if any(found.confidence >= SURE and in_own_words(letter, found.spans) for found in founds):
            return what
    return f"реестр: {context.client.name}" if context.client is not None else ""


def _to_many(letter: Letter) -> bool:
    """Does a sign say that the letter went to many? Then words of advertising keep it company, and heat is but its subject."""
    return any(sign.reason in TO_MANY for sign in letter.automatic)


def _for_the_books(letter: Letter, facts: Facts) -> str:
    if any(in_own_words(letter, reading.spans) for reading in facts.readings):
        return "показания"
    return "лицевой счёт" if _any_own(letter, facts.contacts.accounts) else ""


def _any_own(letter: Letter, founds: Iterable[Found[str]]) -> bool:
    return any(in_own_words(letter, found.spans) for found in founds)


def _substance(facts: Facts) -> str:
    judged = facts.substance
    return f"суть обращения: {judged.because}" if judged.answer is Certainty.YES else ""


def in_own_words(letter: Letter, spans: tuple[Span, ...]) -> bool:
    """Does a statement stand in the writer's words or files, not in our letter quoted below them?

    A statement without a place counts as the writer's: better a person than silence.
    """
    if not spans:
        return True
    for span in spans:
        segments = letter.part(span.part).segments
        here = {segment.role for segment in segments if segment.start < span.end and span.start < segment.end}
        if here & {Role.WRITTEN, Role.FORWARDED, Role.SIGNATURE} or not here:
            return True
    return False
