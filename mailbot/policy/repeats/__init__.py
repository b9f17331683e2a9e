"""Clause 2.2.email.4: is a letter the same question, answered on substance before, with nothing new in it?"""

from mailbot.policy.repeats.comparison import Later, Sameness, later_letter, news, pending, sameness
from mailbot.policy.repeats.novelty import LOOKED, Novelty
from mailbot.policy.repeats.sides import Piece, apart
from mailbot.policy.repeats.substance import answers_on_substance

__all__ = [
    "LOOKED",
    "Later",
    "Novelty",
    "Piece",
    "Sameness",
    "answers_on_substance",
    "apart",
    "later_letter",
    "news",
    "pending",
    "sameness",
]
