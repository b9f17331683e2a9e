"""Clause 2.2.email.4: is a letter the same question, answered on substance before, with nothing new in it?"""

from mailbot.policy.repeats.comparison import (
    LONGEST,
    Later,
    Sameness,
    is_whole,
    later_letter,
    news,
    pending,
    sameness,
    tells_figures,
)
from mailbot.policy.repeats.promises import unkept
from mailbot.policy.repeats.sides import Piece, apart
from mailbot.policy.repeats.substance import answers_on_substance

__all__ = [
    "LONGEST",
    "Later",
    "Piece",
    "Sameness",
    "answers_on_substance",
    "apart",
    "is_whole",
    "later_letter",
    "news",
    "pending",
    "sameness",
    "tells_figures",
    "unkept",
]
