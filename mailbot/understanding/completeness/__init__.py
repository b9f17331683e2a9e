"""Is everything that a letter says accounted for? What is left over waits for a person."""

from mailbot.understanding.completeness.plain_questions import plain_questions
from mailbot.understanding.completeness.remainder import find_remainder

__all__ = ["find_remainder", "plain_questions"]
