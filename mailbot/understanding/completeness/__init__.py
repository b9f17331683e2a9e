"""Is everything that a letter says accounted for? What is left over waits for a person."""

from mailbot.understanding.completeness import answered_sentences, closed_list_proof, small_talk
from mailbot.understanding.completeness.plain_questions import QUESTION_WORDS, plain_questions
from mailbot.understanding.completeness.remainder import find_remainder

LEXICONS = (*answered_sentences.LEXICONS, *closed_list_proof.LEXICONS, *small_talk.LEXICONS, QUESTION_WORDS)

__all__ = ["LEXICONS", "find_remainder", "plain_questions"]
