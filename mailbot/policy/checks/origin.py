"""Is it a client's letter at all? Own letters come back, and advertising; machines are judged in `machine`."""

from __future__ import annotations

from mailbot.model import Certainty, Context, Damage, Facts, Judgement, Letter, Role, Rulebook
from mailbot.model.writer import by_our_form, to_ourselves, writer_of
from mailbot.policy.checks.matters import only_a_client_has
from mailbot.policy.checks.unseen import undecoded


def own_address(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:
    """YES for our own letter come back; DOUBT where our mailbox only carried a client's letter.

    So does a form of our site, with the client in Reply-To or in its words, and a colleague who forwards a letter.
    """
    sender, own = letter.from_.email, rulebook.channels.own_addresses
    if sender not in own:
        return Judgement(Certainty.NO, "отправитель — не наш адрес")
    if by_our_form(letter, own):
        writer = writer_of(letter, own).email
        because = (
            f"письмо с нашего адреса {sender}, но ответ просят прислать на {writer}: похоже на форму сайта"
        )
        return Judgement(Certainty.DOUBT, because)
    forwarded = any(segment.role is Role.FORWARDED for part in letter.parts for segment in part.segments)
    if forwarded and not letter.strong_signs:
        return Judgement(Certainty.DOUBT, f"письмо с нашего адреса {sender}, но в нём пересланное письмо")
    matter = only_a_client_has(letter, facts, context) if to_ourselves(letter, own) else ""
    if matter and not letter.automatic:
        return Judgement(Certainty.DOUBT, f"письмо с нашего адреса {sender} нам же, но в нём {matter}")
    return Judgement(Certainty.YES, f"письмо с нашего адреса {sender}")


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
