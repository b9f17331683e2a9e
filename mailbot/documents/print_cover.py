"""The sheet on top of a stack of bills: how many for which house, for whoever carries them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mailbot.documents.typesetting import DocumentTemplates, render_pdf

COVER: Final = "print_cover.typ"


@dataclass(frozen=True, slots=True)
class _Line:
    house: str
    count: str


@dataclass(frozen=True, slots=True)
class _Page:
    month: str
    batch: str
    day: str
    total: str
    houses: tuple[_Line, ...]


def render_cover(
    documents: DocumentTemplates, month: str, batch: str, houses: Sequence[tuple[str, int]], day: date
) -> bytes:
    """The cover as PDF; `houses` are (house, how many bills) in the order of the stack, `month` in words."""
    lines = tuple(_Line(house, str(count)) for house, count in houses)
    total = str(sum(count for _, count in houses))
    return render_pdf(documents.files, COVER, _Page(month, batch, f"{day:%d.%m.%Y}", total, lines), day)
