"""What of a letter the machine has not seen: silence may not rest on an absence there."""

from __future__ import annotations

from mailbot.model import AttachmentText, Letter, LetterDamage, SegmentRole

TWO_LETTERS = "простой текст письма и его оформление (HTML) говорят разное: показаны те и другие слова"
"""Which of the two the writer saw on sending, nobody knows."""

HARMLESS = frozenset({LetterDamage.NO_TEXT})
"""Damage behind which nothing can stand: there was no text to lose."""


def why_unseen(letter: Letter) -> str:
    """Why something that a rule looks for may still be in the letter (Russian); empty where all was read."""
    if letter.beyond:
        return TWO_LETTERS
    if picture := only_a_picture(letter):
        return picture
    if LetterDamage.CUT in letter.damage:
        return "письмо слишком большое и прочитано не целиком"
    files = tuple(
        attachment.filename or "без имени"
        for attachment in letter.attachments
        if attachment.text in (AttachmentText.UNREAD, AttachmentText.PICTURE)
    )
    if files:
        return f"есть вложение, которое машина не читает ({', '.join(files[:3])})"
    return ""


def only_a_picture(letter: Letter) -> str:
    """What a letter without words shows instead (Russian): a picture, with the words that its program set in its place."""
    body = letter.part("body").view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.QUOTED)
    if not letter.pictures or any(map(str.isalnum, body)):
        return ""
    named = next(filter(None, letter.pictures), "")
    hint = f" с подписью «{named[:120]}»" if named else ""
    return f"в письме только изображение{hint}, машина его не читает"


def why_undecoded(letter: Letter) -> str:
    """Why the words that were read may not be all there were; empty where decoding went well.

    «We failed to decode» never silences: a phone number may stand where the letters were lost.
    """
    if LetterDamage.UNDECODED in letter.damage:
        return "часть письма осталась закодированной (base64 или подобное), машина её не прочитала"
    if set(letter.damage) - HARMLESS:
        return "часть письма повреждена и не прочитана"
    return ""


def why_quoted(letter: Letter) -> str:
    """Why earlier letters may say what this one does not: it quotes them; empty where it quotes nothing."""
    if any(part.view(SegmentRole.QUOTED).strip() for part in letter.parts):
        return "в письме цитата прежней переписки"
    return ""
