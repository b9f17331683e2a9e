"""Clause 2.2.email.4: is a letter the same question, answered on substance before, with nothing new in it?"""

from mailbot.policy.repeats.comparison import (
    MAX_LENGTH,
    LaterLetter,
    SimilarityScore,
    find_new_content,
    find_pending_cases,
    is_whole,
    later_letter,
    measure_sameness,
    tells_figures,
)
from mailbot.policy.repeats.promises import find_unkept_promises
from mailbot.policy.repeats.side_by_side import DiffSegment, split_sides
from mailbot.policy.repeats.substance import answers_on_substance

__all__ = [
    "MAX_LENGTH",
    "DiffSegment",
    "LaterLetter",
    "SimilarityScore",
    "answers_on_substance",
    "find_new_content",
    "find_pending_cases",
    "find_unkept_promises",
    "is_whole",
    "later_letter",
    "measure_sameness",
    "split_sides",
    "tells_figures",
]
