"""Are the values that were found passed on at all? The words of the whole letter are asked, the values aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mailbot.model import ConfidenceThresholds, Reading

PASSES = "passes"
"""The model's label: the letter passes readings on. Its answer does not know what values were found."""


def confirm_by_letter(
    readings: tuple[Reading, ...],
    likely: Mapping[str, float],
    thresholds: ConfidenceThresholds,
    *,
    all_next: bool,
) -> tuple[Reading, ...]:
    """The readings as they are where the letter speaks for them, doubted where it does not.

    «нагрузка 0,03 Гкал/ч» in an application and «вместо 71 стоит 77» in a dispute look like values; the rest
    of such a letter does not look like one that passes readings on: below `argues` its numbers are none. `all_next`:
    each is what a dial of the client's shows next, as no argument about the past is; then a person looks.
    """
    share = likely[PASSES]
    if share < thresholds.argues and not all_next:
        return ()
    if share >= thresholds.passes:
        # nothing says what a nameless value measures: the letter itself must be clear of doubt
        return tuple(
            replace(reading, confidence=min(reading.confidence, round(share, 2)))
            if reading.resource is None
            else reading
            for reading in readings
        )
    return tuple(
        replace(reading, confidence=min(reading.confidence, round(share, 2))) for reading in readings
    )
