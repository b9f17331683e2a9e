"""What the writer wants: a reading passed on, a complaint, a question, or something else.

Cues of `rules/words` and the topics found give each kind a score; the highest is the primary kind
and further kinds need evidence of their own. A complaint full of question marks («это что такое???»)
stays a complaint, since its questions are rhetorical; a request or an application is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from mailbot.model import AttachmentText, Found, Kind, Letter, Reading, Rulebook, Span
from mailbot.understanding.cues import cue_spans, distinct
from mailbot.understanding.passages import Passage

LEXICONS = (
    "complaint", "complaint_hint", "question", "question_hint", "reading", "thanks", "vacancy", "domain",
)  # fmt: skip

_STRONG, _WEAK = 2.0, 1.0
_HINTS_COUNT = 3  # more weak cues than this add nothing: long letters are full of them
_ENOUGH = 2.0  # one strong cue or two weak ones
_AMPLE = 4.0  # what a second kind needs beside a clear first one
_ASKED_OUTRIGHT = 2  # strong question cues that show a question of its own beside a complaint
_NO_CUE = 0.3  # confidence where nothing speaks for any kind
_GUESSED = 0.4  # confidence where only the matter speaks
_STATEMENT = 4  # Russian words that make a statement
_RUSSIAN_WORD = re.compile(r"[а-я]{3,}")
_INTERROGATIVE = re.compile(
    r"(?<!\w)(?:кто|что|где|куда|когда|сколько|как\w{0,3}|почему|зачем|ли|можно|нужн\w|чем)\b|\?"
)


class Standing(Enum):
    """Whether anything is wanted of the company at all."""

    WANTS = "wants"
    NOTHING_ASKED = "nothing asked"  # advertising, unreadable text, abuse and nothing else


@dataclass(frozen=True, slots=True)
class Score:
    """Points for one kind, how many of its strong cues were seen, and where."""

    points: float
    strong: int
    spans: tuple[Span, ...]


def find_kinds(
    letter: Letter,
    texts: tuple[Passage, ...],
    topics: tuple[Found[str], ...],
    readings: tuple[Reading, ...],
    rulebook: Rulebook,
    *,
    standing: Standing,
) -> tuple[Found[Kind], ...]:
    """All kinds of the letter, the primary first; never empty, `OTHER` with low confidence for no cue."""
    if standing is Standing.NOTHING_ASKED:
        return (Found(Kind.OTHER, (), 0.8),)
    complaint = _score("complaint", texts, rulebook, _topic_spans(Kind.COMPLAINT, topics, rulebook))
    question = _score("question", texts, rulebook, _topic_spans(Kind.QUESTION, topics, rulebook))
    if readings:
        return _beside_readings(readings, complaint, question, texts)
    other = _other(texts, rulebook, complaint, question)
    if other:
        return other
    sent = cue_spans(rulebook.words("reading"), texts)
    if sent and _reading_is_attached(letter, complaint, question):
        return (Found(Kind.READING, sent, 0.7),)
    if not (complaint.points or question.points or sent):
        return _without_cues(texts, rulebook)
    return _complaint_or_question(complaint, question, sent)


def _score(name: str, texts: tuple[Passage, ...], rulebook: Rulebook, topic_spans: tuple[Span, ...]) -> Score:
    strong = cue_spans(rulebook.words(name), texts)
    weak = cue_spans(rulebook.words(f"{name}_hint"), texts)
    strong_count = distinct(strong, texts)
    hints = min(_HINTS_COUNT, distinct(weak, texts))
    points = _STRONG * strong_count + _WEAK * hints + (_WEAK if topic_spans else 0.0)
    return Score(points, strong_count, tuple(sorted({*strong, *weak, *topic_spans})))


def _topic_spans(kind: Kind, topics: Iterable[Found[str]], rulebook: Rulebook) -> tuple[Span, ...]:
    of_kind = {topic.name for topic in rulebook.topics if topic.kind is kind}
    return tuple(span for topic in topics if topic.value in of_kind for span in topic.spans)


def _beside_readings(
    readings: tuple[Reading, ...], complaint: Score, question: Score, texts: tuple[Passage, ...]
) -> tuple[Found[Kind], ...]:
    """A letter with readings is a reading; its other kinds must stand out, or they are small talk."""
    spans = tuple(sorted({span for reading in readings for span in reading.spans}))
    kinds = [Found(Kind.READING, spans, max(reading.confidence for reading in readings))]
    asks = any("?" in text.text for text in texts) or question.strong >= _ASKED_OUTRIGHT
    if complaint.strong and complaint.points >= _AMPLE:
        kinds.append(Found(Kind.COMPLAINT, complaint.spans, _sure(complaint.points, 0.0)))
        asks = question.strong >= _ASKED_OUTRIGHT
    if asks and question.strong and question.points >= _ENOUGH:
        kinds.append(Found(Kind.QUESTION, question.spans, _sure(question.points, 0.0)))
    return tuple(kinds)


def _other(
    texts: tuple[Passage, ...], rulebook: Rulebook, complaint: Score, question: Score
) -> tuple[Found[Kind], ...]:
    """Job seekers (who also want an answer) and thanks without a trouble behind them."""
    work = cue_spans(rulebook.words("vacancy"), texts)
    if work and complaint.points < _AMPLE:
        return Found(Kind.OTHER, work, 0.8), Found(Kind.QUESTION, work, 0.6)
    thanks = cue_spans(rulebook.words("thanks"), texts)
    weight = _STRONG * distinct(thanks, texts)
    if thanks and question.strong == 0 and weight >= complaint.points - _STRONG:
        return (Found(Kind.OTHER, thanks, _sure(weight, complaint.points)),)
    return ()


def _reading_is_attached(letter: Letter, complaint: Score, question: Score) -> bool:
    """«Показания во вложении», where the values stand in a file or a picture we could not read."""
    carries = any(file.text is not AttachmentText.EMPTY for file in letter.attachments)
    return carries and complaint.points < _AMPLE and question.strong < _ASKED_OUTRIGHT


def _complaint_or_question(
    complaint: Score, question: Score, sent: tuple[Span, ...]
) -> tuple[Found[Kind], ...]:
    found_complaint = Found(Kind.COMPLAINT, complaint.spans, _sure(complaint.points, question.points))
    found_question = Found(Kind.QUESTION, question.spans, _sure(question.points, complaint.points))
    if complaint.strong and complaint.points >= question.points - _WEAK:
        outright = question.strong > _ASKED_OUTRIGHT and question.points >= _AMPLE
        return (found_complaint, found_question) if outright else (found_complaint,)
    if question.points >= _ENOUGH:
        also = complaint.strong > 1 and complaint.points >= _AMPLE
        return (found_question, found_complaint) if also else (found_question,)
    if complaint.points >= _ENOUGH or complaint.points > question.points:
        return (found_complaint,)
    if sent and not question.strong:
        return (Found(Kind.READING, sent, 0.5),)
    if question.points:
        return (found_question,)
    return (Found(Kind.OTHER, (), _NO_CUE),)


def _without_cues(texts: tuple[Passage, ...], rulebook: Rulebook) -> tuple[Found[Kind], ...]:
    """No cue at all: an interrogative makes a question, a plain statement to a supplier is a complaint.

    A greeting alone, a machine's line or a few stray words stay OTHER.
    """
    matter = cue_spans(rulebook.words("domain"), texts)
    words = sum(len(_RUSSIAN_WORD.findall(text.folded)) for text in texts)
    if not matter and words < _STATEMENT:
        return (Found(Kind.OTHER, (), _NO_CUE),)
    asks = any(_INTERROGATIVE.search(text.folded) for text in texts)
    return (Found(Kind.QUESTION if asks else Kind.COMPLAINT, matter, _GUESSED),)


def _sure(points: float, against: float) -> float:
    """0.5 where the sides are even, towards 0.95 with the lead and the amount of evidence."""
    lead = max(0.0, points - against)
    return round(min(0.95, 0.5 + 0.08 * lead + 0.03 * min(points, 6.0)), 2)
