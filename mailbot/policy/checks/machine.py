"""Did a program write the letter (RFC 3834 2)? Signs are weighed, and held against what only a client has.

A strong sign decides alone; beside anything that may be somebody's own matter (`matters`) a person looks. A weak sign
decides nothing: two of them, from different places of the letter, make a machine's letter where nothing speaks for a
client; in every other case a person looks. Whatever comes out, no letter of the machine's answers a letter with a sign.
"""

from __future__ import annotations

from mailbot.model import AutomaticReason, Certainty, Facts, Judgement, Letter
from mailbot.model.letter.writer import is_from_own_form
from mailbot.policy.checks.own_matter import answered_elsewhere, find_client_evidence, find_signs_of_client
from mailbot.policy.verdict import LetterInContext

BULK_MAIL_SIGNS = frozenset({AutomaticReason.NEWSLETTER, AutomaticReason.PRECEDENCE})

COMPANY = 2
"""Places of a letter that must each show a weak sign before it counts as a machine's."""

LOOKED = (
    "заголовки автоматических писем", "отчёт о недоставке", "слова автоответа", "показания", "лицевой счёт", "авария",
    "телефон и адрес", "фамилия", "адрес для ответа", "срок и требование", "реестр клиентов", "суть обращения",
)  # fmt: skip


def automatic_letter(matter: LetterInContext) -> Judgement:
    """YES for a machine's letter; DOUBT where it carries what only a client has, or a single weak sign.

    The server of a housing manager sends readings as «Auto-Submitted: auto-generated»; a person on the
    way to a holiday writes «нахожусь в отпуске, пересчитайте». Neither may be dropped, or answered.
    """
    letter = matter.letter
    if not letter.automatic:
        return Judgement(Certainty.NO, "признаков автоматического письма нет", looked=LOOKED)
    strongest = letter.strong_signs or letter.automatic
    signs = "; ".join(sign.evidence for sign in strongest[:3])
    if matter.context.unclear_return:
        return Judgement(Certainty.DOUBT, f"{matter.context.unclear_return} ({signs})", looked=LOOKED)
    if letter.strong_signs:
        form = is_from_own_form(letter, matter.rulebook.channels.own_addresses)
        evidence = "обращение с формы сайта" if form else find_signs_of_client(matter)
        if not evidence:
            return Judgement(Certainty.YES, f"письмо автоматическое: {signs}", looked=LOOKED)
        return Judgement(
            Certainty.DOUBT, f"письмо автоматическое ({signs}), но в нём {evidence}", looked=LOOKED
        )
    advertised = matter.facts.client.answer is not Certainty.YES and _to_many(letter)
    if evidence := _beside_weak_signs(matter) or ("" if advertised else _substance(matter.facts)):
        because = f"письмо похоже на автоматическое ({signs}), но за клиента говорит {evidence}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    if letter.places_of_signs + advertised < COMPANY:
        because = f"письмо похоже на автоматическое, но один признак ничего не решает: {signs}"
        return Judgement(Certainty.DOUBT, because, looked=LOOKED)
    return Judgement(Certainty.YES, f"письмо автоматическое, признаки сходятся: {signs}", looked=LOOKED)


def _beside_weak_signs(matter: LetterInContext) -> str:
    wanted = matter.facts.demand.value if matter.facts.demand is not None else ""
    return find_client_evidence(matter) or answered_elsewhere(matter.letter, matter.rulebook) or wanted


def _to_many(letter: Letter) -> bool:
    """Does a sign say that the letter went to many? Then words of advertising keep it company, and heat is but its subject."""
    return any(sign.reason in BULK_MAIL_SIGNS for sign in letter.automatic)


def _substance(facts: Facts) -> str:
    judged = facts.substance
    return f"суть обращения: {judged.because}" if judged.answer is Certainty.YES else ""
