"""Sentences that a ready letter answers whole, or that want nothing, known from many such sentences.

A list of words cannot hold the ways to ask for the opening hours, nor all that people say around the question: «хожу с двумя
палочками, впустую не хотелось бы». The model is believed only where the sentence as a whole surely is no other matter, and
no clause of it seems to be one; what it does not know, a person reads.
"""

from __future__ import annotations

import numpy as np

from mailbot.model import Rulebook
from mailbot.understanding.accounting.talk import parted
from mailbot.understanding.accounting.talk_features import talk_features

BEYOND = "beyond"
"""What no ready letter answers. The other classes are ASIDE and topics."""

_EVEN = 0.5
"""How probably a clause by itself must be none: it may be half a thought."""


def answered_by(text: str, rulebook: Rulebook) -> tuple[str, float] | None:
    """The topic whose ready letter answers the sentence whole, or ASIDE, with its probability; None where it may be more.

    `text` has contact data as `¦`."""
    model = rulebook.answered
    if BEYOND not in model.classes or len(model.classes) == 1:
        return None
    more = model.classes.index(BEYOND)
    units = [text, *parted(text)]
    chances = [np.exp(row) for row in model.all_log_probabilities([talk_features(one) for one in units])]
    if chances[0][more] > 1 - rulebook.thresholds.answered or any(one[more] > _EVEN for one in chances[1:]):
        return None
    best = max((nth for nth in range(len(model.classes)) if nth != more), key=lambda nth: chances[0][nth])
    return model.classes[best], float(chances[0][best])
