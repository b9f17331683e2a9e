"""Clause 2.2.email.3: «если текст обращения не поддается прочтению».

Excluded must be, before the machine is silent: any stretch of legible words or a long number (`Facts.readable`), any
transfer encoding that could be undone, damage of our own making, earlier letters quoted below, and any attachment that
a person may read. All else goes before a person.
"""

from __future__ import annotations

from mailbot.model import (
    AttachmentText,
    Certainty,
    Judgement,
    Letter,
    LetterDamage,
)
from mailbot.policy.checks.unseen import TWO_LETTERS, why_quoted
from mailbot.policy.verdict import LetterInContext

NOT_OURS = frozenset({LetterDamage.LOST_CHARACTERS, LetterDamage.UNKNOWN_CHARSET, LetterDamage.NO_TEXT})
"""Damage that the letter brought along; any other is a failure of ours to read it."""


def unreadable_text(matter: LetterInContext) -> Judgement:
    """YES where understanding is sure that nobody could read the text, and there is nothing else to read.

    A nameless binary part is the «text» of a letter that came as octets, not a document beside it;
    a named file or a picture may be all the writer meant to send (a photo of the meter, no words).
    """
    readable = matter.facts.readable
    if readable.answer is Certainty.YES:
        return Judgement(Certainty.NO, readable.because, readable.spans, readable.looked)
    reason = _may_be_read_elsewhere(matter.letter)
    if readable.answer is Certainty.DOUBT or reason:
        because = "; ".join(filter(None, (readable.because, reason)))
        return Judgement(Certainty.DOUBT, because, readable.spans, readable.looked)
    because = f"искали: {', '.join(readable.looked)} — прочесть нечего: {readable.because}"
    return Judgement(Certainty.YES, because, readable.spans, readable.looked)


def _may_be_read_elsewhere(letter: Letter) -> str:
    if letter.beyond:
        return TWO_LETTERS
    if LetterDamage.CUT in letter.damage:
        return "письмо слишком большое и прочитано не целиком"
    if set(letter.damage) - NOT_OURS:
        return "письмо не разобрано до конца: посмотрите исходное письмо"
    for attachment in letter.attachments:
        named = attachment.text is AttachmentText.UNREAD and attachment.filename
        if named or attachment.text in (AttachmentText.PICTURE, AttachmentText.READ):
            return f"есть вложение «{attachment.filename or 'без имени'}»: его может прочитать сотрудник"
    return why_quoted(letter)
