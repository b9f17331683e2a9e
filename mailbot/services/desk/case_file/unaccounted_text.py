"""What of a letter neither readings nor contacts nor courtesy account for: a person reads it before the case is closed."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import Attachment, AttachmentText, ExtractedValue, LetterKind
from mailbot.policy import HARMLESS
from mailbot.services.desk.case_file.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class LetterRemainder:
    """The sentences, with their place in the letter; the attachments that only a person can read; `damaged` where
    words may have been lost on the way."""

    sentences: tuple[ExtractedValue[str], ...] = ()
    files: tuple[Attachment, ...] = ()
    damaged: bool = False

    def __bool__(self) -> bool:
        return bool(self.sentences or self.files or self.damaged)

    @property
    def unseen(self) -> tuple[str, ...]:
        """What the program has not read, in Russian."""
        files = tuple(f"вложение «{file.filename or file.media_type}»" for file in self.files)
        return (*files, *(("часть букв письма",) if self.damaged else ()))


def find_left_over(file: CaseFile) -> LetterRemainder:
    """Nothing where the letter was never understood: there the whole of it is before a person."""
    if file.judged is None or file.letter is None:
        return LetterRemainder()
    unread = (AttachmentText.UNREAD, AttachmentText.PICTURE)
    return LetterRemainder(
        file.judged.facts.remainder,
        tuple(attachment for attachment in file.letter.attachments if attachment.text in unread),
        damaged=bool({*file.letter.damage} - HARMLESS),
    )


def asks_more(file: CaseFile) -> bool:
    """Does the letter hold anything besides readings: another kind, words left over, a file nobody has read?"""
    kinds = {kind for kind in file.line.kinds if kind != LetterKind.READING}
    return bool(kinds) or bool(find_left_over(file))
