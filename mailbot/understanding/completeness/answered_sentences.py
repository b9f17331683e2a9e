"""Sentences that a ready letter answers whole, or that want nothing, known from many such sentences.

A list of words cannot hold the ways to ask for the opening hours, nor all that people say around the question: «хожу с двумя
палочками, впустую не хотелось бы». The model is believed only where the sentence as a whole surely is no other matter, and
no clause of it seems to be one, and thanks and what stands around only where the network of talk agrees: words alone miss
«спасибо за тепло, которое до пятого этажа не дошло». What the model does not know, a person reads.
"""

from __future__ import annotations

import numpy as np

from mailbot.model import Rulebook
from mailbot.model.letter.facts import ASIDE
from mailbot.understanding.completeness.small_talk import BY_ITSELF, read_whole, split_clauses
from mailbot.understanding.completeness.small_talk_features import talk_features
from mailbot.understanding.numbers.interpretations import find_numbers
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.patterns.word_cues import any_of
from mailbot.understanding.text.folding import fold

BEYOND = "beyond"
"""What no ready letter answers. The other classes are ASIDE and topics, THANKS among them."""
THANKS = "thanks"

_MORE = ("complaint", "contrast", "insult", "obscene", "threat")
"""A sentence with a word of these is no plain one, whatever the model thinks."""
_QUESTIONING = ("question", "question_hint")
"""Whoever writes no question mark may ask all the same."""

_CLEARLY = 0.8
"""How probable one topic must be: «Есть ли приложение?» is no matter of its own for sure, but of which of the topics?"""
_EVEN = 0.5
"""How probably a clause by itself must be none: it may be half a thought."""


def answered_by(text: str, rulebook: Rulebook, *, announces: bool = False) -> tuple[str, float] | None:
    """The topic whose ready letter answers the sentence whole, or ASIDE, with its probability; None where it may be more.

    `text` has contact data as `¦`. A subject `announces` what the letter says, mostly in a word or two: that it is more must be
    likelier than not, and it need not tell which topic."""
    model = rulebook.answered
    if BEYOND not in model.classes or len(model.classes) == 1 or _says_more(text, rulebook):
        return None
    more = model.classes.index(BEYOND)
    units = [text, *split_clauses(text)]
    chances = [np.exp(row) for row in model.all_log_probabilities([talk_features(unit) for unit in units])]
    most = 1 - (_EVEN if announces else rulebook.thresholds.answered)
    if chances[0][more] > most or any(chance[more] > _EVEN for chance in chances[1:]):
        return None
    best = max((nth for nth in range(len(model.classes)) if nth != more), key=lambda nth: chances[0][nth])
    name = model.classes[best]
    sure = float(chances[0][best])
    if name in (ASIDE, THANKS):
        return (name, sure) if read_whole(text, rulebook) >= BY_ITSELF else None
    if _names_a_day(text):
        return None
    if sure < _CLEARLY:
        return (ASIDE, sure) if announces or not _asks(text, rulebook) else None
    return name, sure


def _says_more(text: str, rulebook: Rulebook) -> bool:
    return any_of(rulebook, _MORE).first_in(fold(text)) is not None


def _asks(text: str, rulebook: Rulebook) -> bool:
    """«Мы недавно переехали.» stands around questions of any topic, and is none."""
    return "?" in text or any_of(rulebook, _QUESTIONING).first_in(fold(text)) is not None


def _names_a_day(text: str) -> bool:
    """«Работаете двадцать седьмого?» A ready letter tells what holds every month, not what holds of one day."""
    return any(number.ordinal or number.form is not NumberForm.SAID for number in find_numbers(text))
