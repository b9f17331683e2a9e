"""From lines to the model of what a ready letter answers: questions and thanks that it does, and all that it does not.

Hands wrote what people ask so often that a ready letter answers it, thanks, what is said around both, and what sounds like
either and is more (`training/answered`). What was written beside readings (`training/talk`) shows further talk and matters, and
weighs less: it stood in letters of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mailbot.model.letter.facts import ASIDE
from mailbot.model.trained.number_roles import RoleModel
from mailbot.services.training.material.labelled_lines import LabelledLine, said_lines
from mailbot.services.training.number_roles import fit
from mailbot.understanding.completeness.answered_sentences import BEYOND
from mailbot.understanding.completeness.naming_words import without_named
from mailbot.understanding.completeness.small_talk import MATTER, TALK, split_clauses
from mailbot.understanding.completeness.small_talk_features import talk_features
from mailbot.understanding.dial_values.passing_intent import sentences

_STRENGTH = 0.3
_WEIGHTS = {"line": 4.0, "clause": 2.0, "beside readings": 0.3}
_BESIDE_READINGS = {TALK: ASIDE, MATTER: BEYOND}


def answered_lines(answered: Path, talk: Path) -> tuple[LabelledLine, ...]:
    """The lines of both folders and what they are made of; each says a topic, ASIDE or BEYOND."""
    lines = [part for line in said_lines(answered) for part in _with_parts(line)]
    lines += [
        LabelledLine(
            line.hand, without_named(line.text), _BESIDE_READINGS[line.says], _WEIGHTS["beside readings"]
        )
        for line in said_lines(talk)
    ]
    return tuple(lines)


def _with_parts(line: LabelledLine) -> Iterator[LabelledLine]:
    """The line whole; and what its parts say by themselves. Half of what is more may be harmless: only the whole says so."""
    text = without_named(line.text)
    yield replace(line, text=text, weight=_WEIGHTS["line"])
    if line.says != BEYOND:
        parts = [text[sentence.start : sentence.end] for sentence in sentences(text)]
        parts += [clause for part in parts for clause in split_clauses(part)]
        yield from (replace(line, text=part, weight=_WEIGHTS["clause"]) for part in parts if part != text)


def train_answered(lines: Sequence[LabelledLine]) -> RoleModel:
    """The model of these lines; the same in the same order give the same numbers."""
    return fit(
        [talk_features(line.text) for line in lines],
        [line.says for line in lines],
        _STRENGTH,
        sample_weights=[line.weight for line in lines],
    )
