"""Is everything that a letter says accounted for? What is left over waits for a person."""

from mailbot.understanding.accounting.remainder import LEXICONS, left_over

__all__ = ["LEXICONS", "left_over"]
