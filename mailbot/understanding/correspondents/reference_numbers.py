"""The numbers by which an office knows its letter: «исх. № 02-15/1234 от 17.11.2026», «на № 15», cases, proceedings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailbot.model import ExtractedValue, Letter, SegmentRole, Span
from mailbot.understanding.correspondents.letter_sections import HEAD_LINES, MAX_LENGTH
from mailbot.understanding.text.folding import fold

_NO = r"(?:№|n|no|номер)"
_VALUE = r"(?P<value>[\da-zа-я][\da-zа-я./\\-]{0,39}\d[\da-zа-я./\\-]{0,12}|\d{1,12})"
_DATE = r"(?:\s{0,3}от\s{0,3}[«\"]?\d{1,2}[»\"]?[. ](?:\d{1,2}|[а-я]{3,8})[. ]\d{2,4}(?:\s?г(?:ода|\.)?)?)?"
_DATE_FIRST = r"(?:от\s{0,3}\d{1,2}\.\d{1,2}\.\d{2,4}(?:\s?г\.?)?\s{0,3})?"
_OWN = re.compile(
    rf"(?<!\w)исх(?:одящ\w{{0,4}})?\.?\s{{0,3}}(?:рег\.?\s?)?{_DATE_FIRST}{_NO}?[.:]?\s{{0,3}}{_VALUE}{_DATE}"
)
_PAPER = re.compile(
    r"(?<!\w)(?:запрос|требовани|предписани|представлени|поручени|предостережени|постановлени|счет|карточк|заявк)\w{0,3}"
    rf"(?: на оплату)?\s{{0,3}}{_DATE_FIRST}{_NO}\s{{0,3}}{_VALUE}{_DATE}"
)
_PLAIN = re.compile(rf"(?<![\w(])(?P<bare>{_DATE_FIRST}{_NO}\s{{0,3}}{_VALUE}{_DATE})")
_OTHERS = re.compile(
    r"(?<!\w)(?:(?P<what>на|вх(?:одящ\w{0,4})?\.?|(?:по )?(?:\w{3,20} )?дел[оуае]м?|материал\w{0,3}(?: проверки)?|кусп"
    rf"|исполнительн\w{{2,4}} (?:производств|лист)\w{{0,3}}|ип)\s{{0,3}}{_NO}\s{{0,3}}){_VALUE}{_DATE}"
)
_OF_A_HOME = re.compile(r"(?:на|дом|кв|ул\S*|счет\w*|л/с|тел|дел\w|школ\w*|сад\w*|участ\w*)\W{0,3}$")


def find_official_number(letter: Letter) -> ExtractedValue[str] | None:
    """Their own number: what is called so, else a paper's, else that of the letterhead; None where there is none."""
    texts = tuple(_texts(letter))
    for pattern in (_OWN, _PAPER):
        for part, text, _ in texts:
            if match := pattern.search(text):
                return _found(letter, part, match)
    for part, text, head in texts:
        for match in _PLAIN.finditer(text, 0, head):
            before = text[max(0, match.start() - 30) : match.start()]
            if part != "subject" and not _OF_A_HOME.search(before):
                return _found(letter, part, match)
    return None


def other_numbers(letter: Letter) -> tuple[ExtractedValue[str], ...]:
    """Ours that they answer to, incoming ones, court cases and proceedings, each with the word before it."""
    references: dict[str, ExtractedValue[str]] = {}
    for part, text, _ in _texts(letter):
        for match in _OTHERS.finditer(text):
            reference = _found(letter, part, match)
            references.setdefault(reference.value.casefold(), reference)
    return tuple(references.values())[:8]


def _texts(letter: Letter) -> Iterator[tuple[str, str, int]]:
    """(part, folded text, where its first lines end)."""
    for part in letter.parts:
        text = fold(part.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)[:MAX_LENGTH])
        lines = [match.end() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
        yield part.name, text, lines[min(len(lines), HEAD_LINES) - 1] if lines else 0


def _found(letter: Letter, part: str, match: re.Match[str]) -> ExtractedValue[str]:
    span = Span(part, match.start(), match.end())
    return ExtractedValue(" ".join(letter.quote(span).split()).rstrip(".,;"), (span,))
