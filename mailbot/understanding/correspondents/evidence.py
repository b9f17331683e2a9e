"""What speaks for a finding: a weight, the reasons in Russian for staff, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.model import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """`weight` is a whole number ≥ 0; evidence adds up."""

    weight: int = 0
    reasons: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.weight + other.weight, (*self.reasons, *other.reasons), (*self.spans, *other.spans)
        )
