"""Is it a client's letter at all? Own letters, letters of machines (RFC 3834 2), advertising."""

from __future__ import annotations

from mailbot.model import (
    AutomaticReason,
    Certainty,
    Context,
    Damage,
    Facts,
    Judgement,
    Letter,
    Role,
    Rulebook,
    Span,
)
from mailbot.policy.checks.unseen import undecoded

MASS = frozenset(
    {
        AutomaticReason.MAILING_LIST,
        AutomaticReason.NEWSLETTER,
        AutomaticReason.BOUNCE,
        AutomaticReason.AUTOREPLY_HEADER,
    }
)
"""Signs of letters that speak to nobody in particular or answer us: their «авария» is not their own."""


def own_address(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:  # noqa: ARG001
    """YES for our own letter come back; DOUBT where a colleague seems to forward a client's letter."""
    sender = letter.from_.email
    if sender not in rulebook.channels.own_addresses:
        return Judgement(Certainty.NO, "отправитель — не наш адрес")
    forwarded = any(segment.role is Role.FORWARDED for part in letter.parts for segment in part.segments)
    if forwarded and not letter.automatic:
        return Judgement(Certainty.DOUBT, f"письмо с нашего адреса {sender}, но в нём пересланное письмо")
    return Judgement(Certainty.YES, f"письмо с нашего адреса {sender}")


def automatic_letter(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:  # noqa: ARG001
    """YES for a machine's letter; DOUBT where it carries what only a client has: readings, an account.

    The server of a housing manager sends readings as «Auto-Submitted: auto-generated»; a person on the
    way to a holiday writes «нахожусь в отпуске, пересчитайте». Neither may be dropped, or answered.
    """
    looked = ("заголовки автоматических писем", "слова автоответа", "показания", "лицевой счёт", "авария")
    if not letter.automatic:
        return Judgement(Certainty.NO, "признаков автоматического письма нет", looked=looked)
    signs = "; ".join(f"{sign.evidence}" for sign in letter.automatic[:3])
    if matter := _clients_matter(letter, facts):
        because = f"письмо автоматическое ({signs}), но в нём {matter}"
        return Judgement(Certainty.DOUBT, because, looked=looked)
    return Judgement(Certainty.YES, f"письмо автоматическое: {signs}", looked=looked)


def _clients_matter(letter: Letter, facts: Facts) -> str:
    reasons = {sign.reason for sign in letter.automatic}
    if AutomaticReason.BOUNCE in reasons:
        return ""  # whatever it holds is our own letter, returned
    if any(_own_words(letter, reading.spans) for reading in facts.readings):
        return "показания"
    if any(_own_words(letter, found.spans) for found in facts.contacts.accounts):
        return "лицевой счёт"
    if facts.urgent and not reasons & MASS:
        return "сообщение об аварии"
    if reasons == {AutomaticReason.AUTOREPLY_WORDS} and facts.substance.answer is Certainty.YES:
        return f"суть обращения: {facts.substance.because}"
    return ""


def _own_words(letter: Letter, spans: tuple[Span, ...]) -> bool:
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


def not_a_client(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:  # noqa: ARG001
    """YES where understanding is sure that no client writes, and nothing speaks for one.

    Unreadable and abusive letters have clauses of their own: they are not judged here.
    """
    client = facts.client
    if facts.readable.answer is not Certainty.YES or facts.abuse:
        return Judgement(Certainty.NO, "судят другие правила: текст нечитаем или оскорбителен", client.spans)
    if client.answer is Certainty.YES:
        return Judgement(Certainty.NO, client.because, client.spans, client.looked)
    sign = _sign_of_a_client(letter, facts, context)
    if client.answer is Certainty.DOUBT or sign:
        because = "; ".join(filter(None, (client.because, sign)))
        return Judgement(Certainty.DOUBT, because, client.spans, client.looked)
    return Judgement(Certainty.YES, client.because, client.spans, client.looked)


def _sign_of_a_client(letter: Letter, facts: Facts, context: Context) -> str:
    if context.client is not None or context.follows is not None:
        return "отправителя знает реестр или это ответ в нашей переписке"
    if facts.readings or facts.contacts.accounts:
        return "в письме есть показания или лицевой счёт"
    if facts.urgent:
        return "в письме есть сообщение об аварии"
    return (
        "письмо слишком большое и прочитано не целиком" if Damage.CUT in letter.damage else undecoded(letter)
    )
