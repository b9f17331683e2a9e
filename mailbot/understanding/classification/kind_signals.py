"""What speaks for each kind beside the n-grams: cues of `rules/words`, topics, readings, and the letter's form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailbot.model import (
    AbuseKind,
    AttachmentText,
    Contacts,
    ExtractedValue,
    Letter,
    LetterKind,
    Reading,
    Rulebook,
    SegmentRole,
    Span,
)
from mailbot.understanding.patterns.word_cues import cue_spans, distinct
from mailbot.understanding.text.passages import Passage

LEXICONS = (
    "advertising", "client", "complaint", "complaint_hint", "domain", "question", "question_hint", "reading",
    "thanks", "vacancy",
)  # fmt: skip

_OF_KIND = {
    LetterKind.READING: ("reading",),
    LetterKind.COMPLAINT: ("complaint", "complaint_hint"),
    LetterKind.QUESTION: ("question", "question_hint"),
    LetterKind.OTHER: ("thanks", "vacancy", "advertising"),
}
_MANY = 3  # further cues of one list add nothing: long letters are full of them
_INTERROGATIVE = re.compile(
    r"(?<!\w)(?:кто|что|где|куда|когда|сколько|как\w{0,3}|почему|зачем|ли|можно|нужн\w|чем)\b"
)
_REQUEST = re.compile(r"(?<!\w)(?:прошу|просим|просьба|заявлени\w|ходатайств\w|требу\w+|пожалуйста|плиз)\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SIZES = (("words:few", 0, 4), ("words:line", 4, 13), ("words:note", 13, 50), ("words:letter", 50, 130))


@dataclass(frozen=True, slots=True)
class CueMatches:
    """Where each word list was met, by its name."""

    spans: tuple[tuple[str, tuple[Span, ...]], ...]
    counts: tuple[tuple[str, int], ...]

    def of(self, kind: LetterKind) -> tuple[Span, ...]:
        """The places that speak for a kind, in order."""
        wanted = _OF_KIND[kind]
        return tuple(sorted({span for name, spans in self.spans if name in wanted for span in spans}))


def find_cues(texts: tuple[Passage, ...], rulebook: Rulebook) -> CueMatches:
    """Every word list of `LEXICONS` over the passages."""
    spans = tuple((name, cue_spans(rulebook.words(name), texts)) for name in LEXICONS)
    return CueMatches(spans, tuple((name, distinct(places, texts)) for name, places in spans))


def signals(
    letter: Letter,
    texts: tuple[Passage, ...],
    cues: CueMatches,
    topics: tuple[ExtractedValue[str], ...],
    readings: tuple[Reading, ...],
    abuse: tuple[ExtractedValue[AbuseKind], ...],
    contacts: Contacts,
    rulebook: Rulebook,
) -> tuple[tuple[str, float], ...]:
    """(name, value 0…1) of every signal that stands; names begin with `=`, which no n-gram of a word does."""
    kind_of = {topic.name: topic.kind for topic in rulebook.topics}
    shares: dict[str, float] = {f"=cue:{name}": _share(count) for name, count in cues.counts}
    for topic in topics:
        shares[f"=topic:{topic.value}"] = topic.confidence
    for kind in LetterKind:
        of_kind = sum(kind_of[topic.value] is kind for topic in topics)
        shares[f"=topics:{kind}"] = _share(of_kind)
    shares["=readings"] = _share(len(readings))
    shares["=reading:sure"] = max((reading.confidence for reading in readings), default=0.0)
    shares["=abuse"] = float(bool(abuse))
    shares["=contact:account"] = float(bool(contacts.accounts))
    shares["=contact:address"] = float(bool(contacts.addresses))
    shares["=contact:phone"] = float(bool(contacts.phones))
    shares |= dict(_of_form(letter, texts))
    return tuple((name, round(value, 4)) for name, value in shares.items() if value)


def _of_form(letter: Letter, texts: tuple[Passage, ...]) -> Iterator[tuple[str, float]]:
    folded = " ".join(text.folded for text in texts)
    words = _WORD.findall(" ".join(text.text for text in texts)[:20_000])
    yield "=asks", _share(folded.count("?"))
    yield "=exclaims", _share(folded.count("!"))
    yield "=interrogatives", _share(len(_INTERROGATIVE.findall(folded)))
    yield "=requests", _share(len(_REQUEST.findall(folded)))
    yield "=numbers", _share(len(_NUMBER.findall(folded)))
    yield "=capitals", sum(word.isupper() for word in words) / max(1, len(words))
    size = next((name for name, least, most in _SIZES if least <= len(words) < most), "words:many")
    yield f"={size}", 1.0
    yield "=answers", float(bool(letter.in_reply_to) or _has(letter, SegmentRole.QUOTED))
    yield "=forwards", float(_has(letter, SegmentRole.FORWARDED))
    for file in letter.attachments:
        if file.text is not AttachmentText.EMPTY:
            yield f"=attached:{file.text}", 1.0


def _has(letter: Letter, role: SegmentRole) -> bool:
    return any(segment.role is role for segment in letter.part("body").segments)


def _share(count: int) -> float:
    return min(count, _MANY) / _MANY
