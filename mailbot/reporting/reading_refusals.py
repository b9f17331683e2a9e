"""Readings that came in letters: how many were taken, and why the others were not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mailbot.model.case.log import LoggedReading
from mailbot.model.report.report import CaseCount, ReadingFigures

_NUMBER = re.compile(r"[«\"]?\d[\d\s\u00a0.,/–-]*\d[»\"]?|[«\"]?\d[»\"]?")
_REST = re.compile(r"\s*[(:;].*$", re.DOTALL)
OTHER = "причина не записана"


def reading_figures(found: Sequence[LoggedReading]) -> ReadingFigures:
    """The readings by the machine's first word; refusals by their reason, the most frequent first."""
    groups: dict[str, list[int]] = {}
    for reading in found:
        if not reading.accepted:
            groups.setdefault(kind_of_reason(reading.reason), []).append(reading.case_id)
    reasons = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return ReadingFigures(
        accepted=sum(reading.accepted for reading in found),
        refused=sum(not reading.accepted for reading in found),
        letters=CaseCount("readings", "Письма с показаниями", _ids(reading.case_id for reading in found)),
        reasons=tuple(
            (len(cases), CaseCount(f"refused:{at}", title, _ids(cases)))
            for at, (title, cases) in enumerate(reasons)
        ),
    )


def kind_of_reason(reason: str) -> str:
    """The reason without what is of one reading alone: numbers, and what explains them after a colon or bracket."""
    plain = _NUMBER.sub("…", _REST.sub("", reason))
    return " ".join(plain.split()) or OTHER


def _ids(found: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set(found)))
