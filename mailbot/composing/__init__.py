"""Decision → Outgoing: templates, threading headers, and the finished bytes of a letter of ours.

load_templates ─► Templates ─┐
decision, letter, facts ─► view ─► rendered text ─► headers ─► message bytes ─► Outgoing
"""

from mailbot.composing.addressing import NoRecipient
from mailbot.composing.identity import message_id_token
from mailbot.composing.loading import load_templates
from mailbot.composing.reply import compose, compose_person_answer
from mailbot.composing.templates import PERSON_ANSWER, Templates

__all__ = [
    "PERSON_ANSWER",
    "NoRecipient",
    "Templates",
    "compose",
    "compose_person_answer",
    "load_templates",
    "message_id_token",
]
