"""From lines to the model of what a ready letter answers: questions and thanks that it does, and all that it does not.

Hands wrote what people ask so often that a ready letter answers it, thanks, what is said around both, and what sounds like
either and is more (`training/answered`). What was written beside readings (`training/talk`) shows further talk and matters, and
weighs less: it stood in letters of another kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailbot.model.facts import ASIDE
from mailbot.model.role_model import RoleModel
from mailbot.services.roles_training import fit
from mailbot.understanding.accounting.answered import BEYOND
from mailbot.understanding.accounting.names import without_named
from mailbot.understanding.accounting.talk import MATTER, TALK, parted
from mailbot.understanding.accounting.talk_features import talk_features
from mailbot.understanding.intent import sentences

_STRENGTH = 0.3
_WEIGHTS = {"line": 4.0, "clause": 2.0, "beside readings": 0.3}
_BESIDE_READINGS = {TALK: ASIDE, MATTER: BEYOND}


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """A line, a sentence or a clause of it; `says` is a topic, ASIDE or BEYOND; `hand` is the folder of who wrote it."""

    hand: str
    text: str
    says: str
    weight: float


def answered_lines(answered: Path, talk: Path) -> tuple[AnsweredLine, ...]:
    """The lines of both folders, each folder in them a hand's, in a fixed order; a file's name is what its lines say."""
    found = [one for path in sorted(answered.glob("*/*.txt")) for one in _lines(path)]
    for path in sorted(talk.glob("*/*.txt")):
        says = _BESIDE_READINGS[path.stem]
        hand = f"{talk.name}/{path.parent.name}"
        found += [
            AnsweredLine(hand, without_named(line), says, _WEIGHTS["beside readings"])
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
    return tuple(found)


def _lines(path: Path) -> Iterator[AnsweredLine]:
    """Each line whole; and what its parts say by themselves. Half of what is more may be harmless: only the whole says so."""
    hand = f"{path.parent.parent.name}/{path.parent.name}"
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        text = without_named(line)
        yield AnsweredLine(hand, text, path.stem, _WEIGHTS["line"])
        if path.stem != BEYOND:
            parts = [text[one.start : one.end] for one in sentences(text)]
            parts += [clause for part in parts for clause in parted(part)]
            yield from (
                AnsweredLine(hand, part, path.stem, _WEIGHTS["clause"]) for part in parts if part != text
            )


def train_answered(lines: Sequence[AnsweredLine]) -> RoleModel:
    """The model of these lines; the same in the same order give the same numbers."""
    return fit(
        [talk_features(one.text) for one in lines],
        [one.says for one in lines],
        _STRENGTH,
        sample_weights=[one.weight for one in lines],
    )
