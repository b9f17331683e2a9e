"""Contact data taken out of a text before its numbers are read: a phone is no reading."""

from __future__ import annotations

import re

from mailbot.model import Contacts
from mailbot.understanding.text.marked_spans import TextMatch, mask_stretches

_ELECTRONIC = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,99}|https?://\S+|www\.\S+")


def mask_contacts(part: str, text: str, contacts: Contacts) -> str:
    """`text` of `part` with every span of an account, phone or address overwritten; same length."""
    marks = [
        TextMatch(span.start, span.end, "")
        for found in (*contacts.accounts, *contacts.phones, *contacts.addresses)
        for span in found.spans
        if span.part == part
    ]
    text = _ELECTRONIC.sub(lambda match: " " * len(match.group()), text)
    return mask_stretches(text, marks)
