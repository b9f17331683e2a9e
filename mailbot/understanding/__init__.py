"""Letter → Facts: what the writer wants, of what, how urgently, and who they are; with evidence.

letter ─► passages ─► topics
                 ├──► urgency (sentences ─► events ─► reality)
                 ├──► contacts ─► readings ──┐
                 ├──► n-grams, cues, signals ┴► classify ─► kinds
                 ├──► abuse (masking, threats, English)
                 └──► substance, readability, client, arguments
"""

from mailbot.understanding.classification.letter_kinds import kind_shares
from mailbot.understanding.classification.trained_model import LetterFeatures, probability, term_values
from mailbot.understanding.contacts.contact_finder import find_contacts
from mailbot.understanding.readings.corroboration import PASSES
from mailbot.understanding.readings.reading_finder import find_readings
from mailbot.understanding.register_lookup.candidate_accounts import accounts_meant
from mailbot.understanding.understand import features_of, understand

__all__ = [
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
