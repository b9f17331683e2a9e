"""Did a program write the letter (RFC 3834 2)? Signs are weighed, and held against what only a client has.

A strong sign decides alone; beside anything that may be somebody's own matter (`matters`) a person looks. A weak sign
decides nothing: two of them, from different places of the letter, make a machine's letter where nothing speaks for a
client; in every other case a person looks. Whatever comes out, no letter of the machine's answers a letter with a sign.
"""

from __future__ import annotations

from mailbot.model import AutomaticReason, CaseContext, Certainty, Facts, Judgement, Letter, Rulebook
from mailbot.model.letter.writer import is_from_own_form
from mailbot.policy.checks.own_matter import answered_elsewhere, find_client_evidence, find_signs_of_client

BULK_MAIL_SIGNS = frozenset({AutomaticReason.NEWSLETTER, AutomaticReason.PRECEDENCE})

COMPANY = 2
"""Places of a letter that must each show a weak sign before it counts as a machine's."""

LOOKED = (
    "заголовки автоматических писем", "отчёт о недоставке", "слова автоответа", "показания", "лицевой счёт", "авария",
    "телефон и адрес", "фамилия", "адрес для ответа", "срок и требование", "реестр клиентов", "суть обращения",
)  # fmt: skip


def automatic_letter(letter: Letter, facts: Facts, context: CaseContext, rulebook: Rulebook) -> Judgement:
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
        form = is_from_own_form(letter, rulebook.channels.own_addresses)
        matter = "обращение с формы сайта" if form else find_signs_of_client(letter, facts, rulebook)
        if not matter:
            return Judgement(Certainty.YES, f"письмо автоматическое: {signs}", looked=LOOKED)
        return Judgement(
            Certainty.DOUBT, f"письмо автоматическое ({signs}), но в нём {matter}", looked=LOOKED
        )
    advertised = facts.client.answer is not Certainty.YES and _to_many(letter)
    if matter := _beside_weak_signs(letter, facts, context, rulebook) or (
        "" if advertised else _substance(facts)
    ):
        because = f"письмо похоже на автоматическое ({signs}), но за клиента говорит {matter}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    if letter.places_of_signs + advertised < COMPANY:
        because = f"письмо похоже на автоматическое, но один признак ничего не решает: {signs}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    return Judgement(Certainty.YES, f"письмо автоматическое, признаки сходятся: {signs}", looked=LOOKED)


def _beside_weak_signs(letter: Letter, facts: Facts, context: CaseContext, rulebook: Rulebook) -> str:
    wanted = facts.demand.value if facts.demand is not None else ""
    return find_client_evidence(letter, facts, context) or answered_elsewhere(letter, rulebook) or wanted


def _to_many(letter: Letter) -> bool:
    """Does a sign say that the letter went to many? Then words of advertising keep it company, and heat is but its subject."""
    return any(sign.reason in BULK_MAIL_SIGNS for sign in letter.automatic)


def _substance(facts: Facts) -> str:
    judged = facts.substance
    return f"суть обращения: {judged.because}" if judged.answer is Certainty.YES else ""
