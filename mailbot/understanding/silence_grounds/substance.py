"""Is there any matter the company could act on or answer («суть обращения», clause 2.2.email.2).

Contact data alone are none: «Овца ты драная. Филимонова Г., лс 330215» asks for nothing. NO is said
only where what is left beside abuse and contacts holds no word of heat, water, bills or papers, and names
no thing, no deed and no number at all (`bare_abuse`).
"""

from __future__ import annotations

import re

from mailbot.model import (
    AbuseKind,
    AttachmentText,
    Certainty,
    Contacts,
    ExtractedValue,
    Judgement,
    Letter,
    Reading,
    Rulebook,
    Span,
)
from mailbot.understanding.patterns.word_cues import cue_spans
from mailbot.understanding.silence_grounds.matter_beside_abuse import matter_in_abuse, words_of_matter
from mailbot.understanding.text.passages import Passage

_LOOKED = (
    "тепло, вода, счета, приборы, документы", "показания", "темы обращений", "числа и даты", "вложения",
)  # fmt: skip
_FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?!\w)")  # not the 0 of «г0внюки»
_WORD = re.compile(r"[^\W\d_]{2,}")
_NO_MATTER_WORDS = frozenset({"thanks", "staff", "vacancy"})
_LONG = 40  # words beside abuse and contacts: a person looks before such a letter is silenced


def judge_substance(
    letter: Letter,
    texts: tuple[Passage, ...],
    topics: tuple[ExtractedValue[str], ...],
    readings: tuple[Reading, ...],
    contacts: Contacts,
    abuse: tuple[ExtractedValue[AbuseKind], ...],
    rulebook: Rulebook,
) -> Judgement:
    """YES, NO or DOUBT, with the words that show it and the reason in Russian for staff."""
    if readings:
        return _judged(Certainty.YES, "переданы показания", readings[0].spans)
    rest = _without(texts, _aside(contacts, abuse))
    matters = cue_spans(rulebook.words("domain"), rest)
    on_matter = [topic for topic in topics if topic.value not in _NO_MATTER_WORDS and _outside(topic, rest)]
    if matters and (on_matter or len(matters) > 1 or not abuse):
        return _judged(Certainty.YES, "есть дело к компании", (*matters, *_spans(on_matter))[:8])
    if matters or on_matter:
        return _judged(Certainty.YES, "упомянуто дело к компании", (*matters, *_spans(on_matter))[:8])
    return _without_a_matter(letter, texts, rest, topics, abuse, rulebook)


def _without_a_matter(
    letter: Letter,
    texts: tuple[Passage, ...],
    rest: tuple[Passage, ...],
    topics: tuple[ExtractedValue[str], ...],
    abuse: tuple[ExtractedValue[AbuseKind], ...],
    rulebook: Rulebook,
) -> Judgement:
    if any(file.text is not AttachmentText.EMPTY for file in letter.attachments):
        return _judged(Certainty.DOUBT, "дело может быть изложено во вложении", ())
    words = sum(len(_WORD.findall(text.folded)) for text in rest)
    if words == 0 and not abuse:
        return _judged(Certainty.NO, "в письме нет слов, кроме контактных данных", ())
    if not abuse:
        return _judged(Certainty.DOUBT, "о каком деле письмо, программа не поняла", ())
    rest = tuple(text for text in rest if not _is_heading(text))
    hints = (*cue_spans(rulebook.words("domain_hint"), rest), *_spans(topics))
    figures = tuple(text.span(*match.span()) for text in rest for match in _FIGURE.finditer(text.folded))
    named = (*matter_in_abuse(texts), *words_of_matter(rest, abuse))
    if hints or figures or named or words > _LONG:
        places = (*hints, *figures, *named)[:8]
        return _judged(Certainty.DOUBT, "кроме брани, возможно, есть и дело", places)
    return _judged(Certainty.NO, "кроме брани и контактных данных, в письме ничего нет", ())


def _is_heading(text: Passage) -> bool:
    """A subject that only says that this is a letter («Письмо», «Re: Сообщение») is no matter."""
    return text.part == "subject" and _HEADING.fullmatch(text.folded) is not None


_HEADING = re.compile(r"\W*(?:(?:re|fwd?):\s*)?(?:письмо|сообщение|обращение|вам|для вас)?\W*")


def _aside(contacts: Contacts, abuse: tuple[ExtractedValue[AbuseKind], ...]) -> tuple[Span, ...]:
    """Abuse and contact data: what does not count as a matter."""
    data = (*contacts.names, *contacts.accounts, *contacts.phones, *contacts.addresses)
    return (*_spans(data), *_spans(abuse))


def _spans(
    found: tuple[ExtractedValue[str], ...]
    | tuple[ExtractedValue[AbuseKind], ...]
    | list[ExtractedValue[str]],
) -> tuple[Span, ...]:
    return tuple(span for item in found for span in item.spans)


def _without(texts: tuple[Passage, ...], spans: tuple[Span, ...]) -> tuple[Passage, ...]:
    """The passages with the spans blanked (the marks «лс», «тел», «кв» before contact data too)."""
    left = []
    for text in texts:
        folded = text.folded
        for span in spans:
            if span.part == text.part:
                folded = folded[: span.start] + " " * (span.end - span.start) + folded[span.end :]
        folded = _CONTACT_MARK.sub(lambda match: " " * len(match.group()), folded)
        left.append(Passage(text.part, text.text, folded))
    return tuple(left)


_CONTACT_MARK = re.compile(
    r"(?<!\w)(?:л/с|лс|л\.с\.|лицевой сч[её]т|лицевой|лиц\.? ?сч[её]т|счет|тел\w*|сот\w*|моб\w*|кв\w*"
    r"|ул\w*|дом|д)"
    r"(?=[\s.:№#]*(?:$|\s{3}|\n))"
)


def _outside(topic: ExtractedValue[str], rest: tuple[Passage, ...]) -> bool:
    """Whether a cue of the topic is still there once abuse and contacts are blanked."""
    folded = {text.part: text.folded for text in rest}
    return any(folded[span.part][span.start : span.end].strip() for span in topic.spans)


def _judged(answer: Certainty, because: str, spans: tuple[Span, ...]) -> Judgement:
    return Judgement(answer, because, spans, _LOOKED)
