"""Clause 2.2.email.3: «если текст обращения не поддается прочтению»."""

from __future__ import annotations

from mailbot.model import AttachmentText, Certainty, Context, Damage, Facts, Judgement, Letter, Rulebook


def unreadable_text(letter: Letter, facts: Facts, context: Context, rulebook: Rulebook) -> Judgement:  # noqa: ARG001
    """YES where understanding is sure that nobody could read the text, and there is nothing else to read.

    A nameless binary part is the «text» of a letter that came as octets, not a document beside it;
    a named file or a picture may be all the writer meant to send (a photo of the meter, no words).
    """
    readable = facts.readable
    if readable.answer is Certainty.YES:
        return Judgement(Certainty.NO, readable.because, readable.spans, readable.looked)
    reason = _may_be_read_elsewhere(letter)
    if readable.answer is Certainty.DOUBT or reason:
        because = "; ".join(filter(None, (readable.because, reason)))
        return Judgement(Certainty.DOUBT, because, readable.spans, readable.looked)
    return Judgement(Certainty.YES, readable.because, readable.spans, readable.looked)


def _may_be_read_elsewhere(letter: Letter) -> str:
    if Damage.CUT in letter.damage:
        return "письмо слишком большое и прочитано не целиком"
    for attachment in letter.attachments:
        named = attachment.text is AttachmentText.UNREAD and attachment.filename
        if named or attachment.text in (AttachmentText.PICTURE, AttachmentText.READ):
            return f"есть вложение «{attachment.filename or 'без имени'}»: его может прочитать сотрудник"
    return ""
