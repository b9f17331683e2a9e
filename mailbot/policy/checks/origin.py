"""Is it a client's letter at all? Own letters come back, and advertising; machines are judged in `machine`."""

from __future__ import annotations

from mailbot.model import (
    Certainty,
    Judgement,
    LetterDamage,
    SegmentRole,
)
from mailbot.model.letter.writer import is_from_own_form, is_internal_letter, writer_of
from mailbot.policy.checks.own_matter import find_client_evidence
from mailbot.policy.checks.unseen import why_undecoded
from mailbot.policy.verdict import LetterInContext


def own_address(matter: LetterInContext) -> Judgement:
    """YES for our own letter come back; DOUBT where our mailbox only carried a client's letter.

    So does a form of our site, with the client in Reply-To or in its words, and a colleague who forwards a letter.
    """
    letter = matter.letter
    sender, own = letter.from_.email, matter.rulebook.channels.own_addresses
    if sender not in own:
        return Judgement(Certainty.NO, "отправитель — не наш адрес")
    if is_from_own_form(letter, own):
        writer = writer_of(letter, own).email
        because = (
            f"письмо с нашего адреса {sender}, но ответ просят прислать на {writer}: похоже на форму сайта"
        )
        return Judgement(Certainty.DOUBT, because)
    forwarded = any(
        segment.role is SegmentRole.FORWARDED for part in letter.parts for segment in part.segments
    )
    if forwarded and not letter.strong_signs:
        return Judgement(Certainty.DOUBT, f"письмо с нашего адреса {sender}, но в нём пересланное письмо")
    evidence = find_client_evidence(matter) if is_internal_letter(letter, own) else ""
    if evidence and not letter.automatic:
        return Judgement(Certainty.DOUBT, f"письмо с нашего адреса {sender} нам же, но в нём {evidence}")
    return Judgement(Certainty.YES, f"письмо с нашего адреса {sender}")


def not_a_client(matter: LetterInContext) -> Judgement:
    """YES where understanding is sure that no client writes, and nothing speaks for one.

    Unreadable and abusive letters have clauses of their own: they are not judged here.
    """
    facts = matter.facts
    client = facts.client
    if facts.readable.answer is not Certainty.YES or facts.abuse:
        return Judgement(Certainty.NO, "судят другие правила: текст нечитаем или оскорбителен", client.spans)
    if client.answer is Certainty.YES:
        return Judgement(Certainty.NO, client.because, client.spans, client.looked)
    sign = _sign_of_a_client(matter)
    if client.answer is Certainty.DOUBT or sign:
        because = "; ".join(filter(None, (client.because, sign)))
        return Judgement(Certainty.DOUBT, because, client.spans, client.looked)
    return Judgement(Certainty.YES, client.because, client.spans, client.looked)


def _sign_of_a_client(matter: LetterInContext) -> str:
    facts = matter.facts
    if matter.context.client is not None or matter.context.follows is not None:
        return "отправителя знает реестр или это ответ в нашей переписке"
    if facts.readings or facts.contacts.accounts:
        return "в письме есть показания или лицевой счёт"
    if facts.urgent:
        return "в письме есть сообщение об аварии"
    return (
        "письмо слишком большое и прочитано не целиком"
        if LetterDamage.CUT in matter.letter.damage
        else why_undecoded(matter.letter)
    )
