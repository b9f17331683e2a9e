"""Letter → Facts: what the writer wants, of what, how urgently, and who they are; with evidence.

letter ─► passages ─► topics ─► urgency
                 ├──► contacts ─► readings ─► kinds
                 ├──► abuse (masking, threats, English)
                 └──► substance, readability, client, arguments
"""

from mailbot.understanding.contacts import find_contacts
from mailbot.understanding.readings import find_readings
from mailbot.understanding.understand import LEXICONS, understand

__all__ = ["LEXICONS", "find_contacts", "find_readings", "understand"]
