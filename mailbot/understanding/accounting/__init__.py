"""Is everything that a letter says accounted for? What is left over waits for a person."""

from mailbot.understanding.accounting import answered, proof, talk
from mailbot.understanding.accounting.questions import QUESTION_WORDS, plain_questions
from mailbot.understanding.accounting.remainder import find_remainder

LEXICONS = (*answered.LEXICONS, *proof.LEXICONS, *talk.LEXICONS, QUESTION_WORDS)

__all__ = ["LEXICONS", "find_remainder", "plain_questions"]
