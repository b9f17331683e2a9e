"""Lines of which a hand said what they say: each folder of `training/talk` and `training/answered` is a hand's, and a file's
name is what its lines say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line, a sentence or a clause of `hand`, and what it `says`; `weight` tells how much it counts in learning."""

    hand: str
    text: str
    says: str
    weight: float = 1.0


def said_lines(folder: Path) -> tuple[LabelledLine, ...]:
    """All lines of the folder, in the order of hands, files and lines."""
    return tuple(
        LabelledLine(f"{folder.name}/{path.parent.name}", line.strip(), path.stem)
        for path in sorted(folder.glob("*/*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )
