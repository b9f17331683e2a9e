"""What the writer wants: a reading passed on, a complaint, a question, or something else.

The trained model weighs the n-grams of the letter and the signals beside them; its calibrated
probabilities choose the kinds. What was found outright binds it: a letter whose values are passed on
is a reading, and one in which nothing is asked of the company is `OTHER`.
"""

from __future__ import annotations

import re
from enum import Enum
from math import sqrt

from mailbot.model import ExtractedValue, LetterKind, Reading, Rulebook, Span
from mailbot.understanding.classification.kind_signals import CueMatches
from mailbot.understanding.classification.trained_model import telling_words
from mailbot.understanding.text.passages import Passage

_SPEAKS = re.compile(r"показан|показател|счетчик|щетчик|прибор\w? учета|ведомост|отчет")
_RUSSIAN_WORD = re.compile(r"[а-я]{3,}")
_STATEMENT = 3  # Russian words that make a statement
_GUESSED = 0.4
_EVEN = 0.5
_IN_A_FILE = 0.9
_NOTHING_ASKED = 0.8  # confidence of OTHER where spam, lost text or bare abuse was judged elsewhere


class LetterDemand(Enum):
    """Whether anything is wanted of the company at all."""

    WANTS = "wants"
    NOTHING_ASKED = "nothing asked"  # advertising, unreadable text, abuse and nothing else


class AttachedValues(Enum):
    """Whether a file comes with the letter in which values may stand."""

    SOMETHING = "something"
    NOTHING = "nothing"


def find_kinds(
    texts: tuple[Passage, ...],
    cues: CueMatches,
    readings: tuple[Reading, ...],
    likely: dict[str, float],
    rulebook: Rulebook,
    *,
    standing: LetterDemand,
    carries: AttachedValues,
) -> tuple[ExtractedValue[LetterKind], ...]:
    """All kinds of the letter, the primary first; never empty. `likely` are the model's probabilities.

    The confidence of the primary kind is its share among the four, that of a further kind its own probability.
    """
    if standing is LetterDemand.NOTHING_ASKED:
        return (ExtractedValue(LetterKind.OTHER, (), _NOTHING_ASKED),)
    if not readings and carries is AttachedValues.NOTHING and _says_nothing(texts, cues):
        return (ExtractedValue(LetterKind.OTHER, (), _GUESSED),)
    if carries is AttachedValues.SOMETHING and not any(_RUSSIAN_WORD.search(text.folded) for text in texts):
        return (
            ExtractedValue(LetterKind.READING, (), _GUESSED),
        )  # a photograph without a word is mostly a meter's
    possible = _possible(likely, texts, cues, readings, carries)
    shares = kind_shares(possible)
    # a file makes a reading likelier the letter's matter; beside another matter it is no second one
    likely = possible | {"kind:reading": min(likely["kind:reading"], possible["kind:reading"])}
    primary = _primary(shares, readings, rulebook)
    # beside OTHER something is asked or it is not; beside a complaint a question is mostly the complaint's own
    least = _EVEN if primary is LetterKind.OTHER else rulebook.thresholds.also
    chosen = {kind: likely[f"kind:{kind}"] for kind in LetterKind if likely[f"kind:{kind}"] >= least}
    if primary is LetterKind.OTHER and dict(cues.counts)["vacancy"]:
        chosen[LetterKind.QUESTION] = max(
            chosen.get(LetterKind.QUESTION, 0.0), _EVEN
        )  # who seeks work wants an answer
    if readings:
        chosen[LetterKind.READING] = max(
            chosen.get(LetterKind.READING, 0.0), max(reading.confidence for reading in readings)
        )
    elif primary is not LetterKind.OTHER and len(chosen) > 1:
        chosen.pop(LetterKind.OTHER, None)
    sure = round(shares[primary], 2)
    if primary is LetterKind.READING:
        sure = max((sure, *(reading.confidence for reading in readings)))
    chosen.pop(primary, None)
    further = sorted(chosen, key=lambda kind: -chosen[kind])
    return (
        ExtractedValue(primary, _evidence(primary, texts, cues, readings, rulebook), sure),
        *(
            ExtractedValue(kind, _evidence(kind, texts, cues, readings, rulebook), round(chosen[kind], 2))
            for kind in further
        ),
    )


def _says_nothing(texts: tuple[Passage, ...], cues: CueMatches) -> bool:
    """A greeting alone, a machine's line, a stray word: nothing that any list knows."""
    words = sum(len(_RUSSIAN_WORD.findall(text.folded)) for text in texts)
    return (
        words < _STATEMENT
        and not any(count for _, count in cues.counts)
        and not any("?" in text.text for text in texts)
    )


def _possible(
    likely: dict[str, float],
    texts: tuple[Passage, ...],
    cues: CueMatches,
    readings: tuple[Reading, ...],
    carries: AttachedValues,
) -> dict[str, float]:
    """The probabilities with what the words alone cannot know: whether values, or a file for them, are there."""
    if readings:
        return likely
    if carries is AttachedValues.SOMETHING and cues.of(LetterKind.READING):
        # «Показания во вложении»: they stand in a file or a picture we could not read
        return likely | {
            "primary:reading": max(likely["primary:reading"], _IN_A_FILE),
            "kind:reading": max(likely["kind:reading"], _IN_A_FILE),
        }
    if carries is AttachedValues.NOTHING and not any(_SPEAKS.search(text.folded) for text in texts):
        return likely | {"primary:reading": 0.0, "kind:reading": 0.0}
    return likely


def _primary(
    shares: dict[LetterKind, float], readings: tuple[Reading, ...], rulebook: Rulebook
) -> LetterKind:
    if any(reading.confidence >= rulebook.thresholds.reading for reading in readings):
        return LetterKind.READING
    return max(LetterKind, key=lambda kind: shares[kind])


def kind_shares(likely: dict[str, float]) -> dict[LetterKind, float]:
    """How sure each kind is the primary: by its own question to the letter, and by whether it is there at all.

    The root makes the shares true frequencies on letters of fourteen hands (0.5–0.6: 66 % right, 0.8–0.9: 87 %).
    """
    weights = {kind: likely[f"primary:{kind}"] * sqrt(likely[f"kind:{kind}"]) for kind in LetterKind}
    whole = sum(weights.values()) or 1.0
    return {kind: weight / whole for kind, weight in weights.items()}


def _evidence(
    kind: LetterKind,
    texts: tuple[Passage, ...],
    cues: CueMatches,
    readings: tuple[Reading, ...],
    rulebook: Rulebook,
) -> tuple[Span, ...]:
    """The values passed on, or the cues met, or else the words that weighed most."""
    if kind is LetterKind.READING and readings:
        return tuple(sorted({span for reading in readings for span in reading.spans}))
    return cues.of(kind) or telling_words(texts, rulebook.classifier, f"primary:{kind}")
