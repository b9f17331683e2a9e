"""Is it a letter that has a case already: come by another route (RFC 5322 3.6.4), or sent twice by a finger that slipped?"""

from __future__ import annotations

from datetime import timedelta

from mailbot.model import Certainty, Judgement
from mailbot.policy.verdict import LetterInContext

WITHIN = timedelta(days=7)
"""Routes differ by minutes, a held queue by days (RFC 5321 4.5.4.1); later somebody sends the letter anew, and means it."""

LOOKED = ("Message-ID", "отправитель", "слова и вложения", "прежние письма")


def second_copy(matter: LetterInContext) -> Judgement:
    """YES for the second copy: its first has the case and the answer; DOUBT where the copy comes long after."""
    first = matter.context.first_copy
    if first is None:
        return Judgement(Certainty.NO, "такого же письма ещё не было", looked=LOOKED)
    if not first.same_id:
        because = (
            f"то же письмо ещё раз, через минуты после № {first.number}: тот же отправитель, слова и вложения"
        )
        return Judgement(Certainty.YES, because, (), LOOKED)
    because = f"второй экземпляр письма № {first.number}: тот же отправитель, Message-ID и слова, другой путь"
    if abs(matter.letter.received_at - first.received_at) > WITHIN:
        return Judgement(
            Certainty.DOUBT, f"{because}; пришёл много позже: может быть, отправлен снова", (), LOOKED
        )
    return Judgement(Certainty.YES, because, (), LOOKED)
