"""Letter → Facts: what the writer wants, of what, how urgently, and who they are; with evidence.

letter ─► passages ─► topics
                 ├──► urgency (sentences ─► events ─► reality)
                 ├──► contacts ─► readings ──┐
                 ├──► n-grams, cues, signals ┴► classify ─► kinds
                 ├──► abuse (masking, threats, English)
                 └──► substance, readability, client, arguments
"""

from mailbot.understanding.classify import LetterFeatures, probability, term_values
from mailbot.understanding.contacts import find_contacts
from mailbot.understanding.kinds import kind_shares
from mailbot.understanding.known.meant import accounts_meant
from mailbot.understanding.passing import PASSES
from mailbot.understanding.readings import find_readings
from mailbot.understanding.understand import LEXICONS, features_of, understand

__all__ = [
    "LEXICONS",
    "PASSES",
    "LetterFeatures",
    "accounts_meant",
    "features_of",
    "find_contacts",
    "find_readings",
    "kind_shares",
    "probability",
    "term_values",
    "understand",
]
