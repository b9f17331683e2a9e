"""The name a mail program puts before the address: «Павел Оглезнев» is a person's, «Бухгалтерия» is not."""

from __future__ import annotations

import re

from mailbot.dictionary import is_known
from mailbot.model import Found
from mailbot.understanding.morphology import is_ordinary
from mailbot.understanding.name_surroundings import COMPANY_PEOPLE
from mailbot.understanding.name_words import sort_words

# A first name with a surname, or a surname with initials; a first name alone («Юля») names nobody
_SHAPES = re.compile(r"[SW]F|F[SW]|[SWF]FP|FP[SW]|S(?:I\.?){1,2}|(?:I\.?){1,2}S")
# «Daniel Osei»: a foreigner's name, or a Russian one that the mail program holds in Latin letters
_FOREIGN = re.compile(r"[A-Z][a-z]{1,20}(?:[ -][A-Z](?:[a-z]{1,20}|\.)){1,2}")
_OFFICE = re.compile(
    r"(?i)\b(?:office|support|info|sales|team|service|mail|delivery|system|admin|bank|school|shop|company|group"
    r"|news|no|reply|account|hotel|market|center|centre|robot|noreply|daemon)\b"
)
# The profile may be a child's or an earlier owner's, and `From` is no contact data (clause 2.2.email.1):
# below what any rule counts as given
_SURE = 0.35


def find_sender_name(display: str) -> Found[str] | None:
    """The personal name in the display name of `From`, without a span: it stands in no part of the letter."""
    written = " ".join(display.replace('"', " ").split())
    if _FOREIGN.fullmatch(written) and not _OFFICE.search(written):
        return Found(written, (), _SURE)
    words = sort_words(written)
    kinds = "".join(word.kind for word in words)
    if len(written) > 80 or not _SHAPES.fullmatch(kinds):
        return None
    for word in words:
        if word.kind == "W" and (is_ordinary(word.text) or is_known(word.text)):
            return None
        if word.text.lower().startswith(COMPANY_PEOPLE):
            return None
    return Found(written, (), _SURE)
