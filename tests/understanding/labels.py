"""Our own labelled letters, read from the text file beside the tests."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from mailbot.model import Kind, Reading, Span

FILE = Path(__file__).with_name("labelled_letters.txt")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter's words and its kinds, the primary first."""

    text: str
    kinds: tuple[Kind, ...]

    @property
    def readings(self) -> tuple[Reading, ...]:
        """A reading for each letter that passes one on, so kinds are judged apart from finding numbers."""
        if Kind.READING not in self.kinds:
            return ()
        return (Reading(Decimal(1), None, None, None, None, (Span("body", 0, 1),)),)


def labelled_letters() -> list[Labelled]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = (line.split(" | ", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [Labelled(text, tuple(Kind(name) for name in names.split("+"))) for names, text in rows]
