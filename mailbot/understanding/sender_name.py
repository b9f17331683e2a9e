"""The name a mail program puts before the address: «Павел Оглезнев» is a person's, «Бухгалтерия» is not."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.dictionary import is_known
from mailbot.model import Found
from mailbot.understanding.morphology import is_ordinary
from mailbot.understanding.name_cases import HIS_IN_A
from mailbot.understanding.name_surroundings import COMPANY_PEOPLE
from mailbot.understanding.name_words import sort_words
from mailbot.understanding.roles.names_agreed import is_fuller

# A first name with a surname, or a surname with initials
_SHAPES = re.compile(r"[SW]F|F[SW]|[SWF]FP|FP[SW]|S(?:I\.?){1,2}|(?:I\.?){1,2}S")
_GIVEN_FIRST = re.compile(r"F(?:P|I)?(?=$|[.|])")
# «Daniel Osei»: a foreigner's name, or a Russian one that the mail program holds in Latin letters
_FOREIGN = re.compile(r"[A-Z][a-z]{1,20}(?:[ -][A-Z](?:[a-z]{1,20}|\.)){1,2}")
_OFFICE = re.compile(
    r"(?i)\b(?:office|support|info|sales|team|service|mail|delivery|system|admin|bank|school|shop|company|group"
    r"|news|no|reply|account|hotel|market|center|centre|robot|noreply|daemon)\b"
)
# The profile may be a child's or an earlier owner's, and `From` is no contact data (clause 2.2.email.1):
# below what any rule counts as given
_SURE = 0.35
_GIVEN = 0.3  # a first name says less still
_SIGNED = 0.52  # more than a relative for whom the letter is written
_OWN = 0.5


def find_sender_name(display: str) -> Found[str] | None:
    """The personal name in the display name of `From`, without a span: it stands in no part of the letter."""
    written = " ".join(display.replace('"', " ").split())
    if _FOREIGN.fullmatch(written) and not _OFFICE.search(written):
        return Found(written, (), _SURE)
    words = sort_words(written.title() if written.islower() else written)
    kinds = "".join(word.kind for word in words)
    if len(written) <= 80 and (first := _GIVEN_FIRST.match(kinds)) and not _SHAPES.fullmatch(kinds):
        return Found(written[: words[first.end() - 1].end], (), _GIVEN)
    if len(written) > 80 or not _SHAPES.fullmatch(kinds):
        return None
    for word in words:
        if word.kind == "W" and (is_ordinary(word.text) or is_known(word.text)):
            return None
        if word.text.lower().startswith(COMPANY_PEOPLE):
            return None
    return Found(written, (), _SURE)


def with_sender(said: tuple[Found[str], ...], sender: tuple[Found[str], ...]) -> tuple[Found[str], ...]:
    """The profile's name where the letter has none, signs with a part of it, or signs with a surname to which it adds.

    «Вера» below a letter from «Вера Тиунова», «Юшков» from «Юшков Павел», «Наговицина» from «Зоя Фёдоровна».
    """
    if not sender:
        return said
    whole = sender[0]
    if not said:
        return sender[:1]
    own = [one for one in said if one.confidence > _OWN]
    if own:
        return (_completed(own[0], whole), *(one for one in said if one is not own[0]))
    if any(is_fuller(whole.value, one.value) for one in said):
        return (replace(whole, confidence=_SIGNED), *said)
    return said


def _completed(said: Found[str], whole: Found[str]) -> Found[str]:
    if is_fuller(whole.value, said.value):
        return replace(said, value=whole.value)
    kinds = "".join(word.kind for word in sort_words(said.value))
    if kinds in {"S", "W", "s"} and whole.confidence == _GIVEN and _agree(said.value, whole.value):
        return replace(said, value=f"{said.value} {whole.value}")
    return said


def _agree(surname: str, given: str) -> bool:
    """Is it not hers with a man's first name, nor his with a woman's?"""
    form = given.split()[0].lower()
    hers = form.endswith(("а", "я", "ь")) and form not in HIS_IN_A
    if re.search(r"(?:[оеё]в|[иы]н|[сц]кий)$", surname.lower()):
        return not hers
    return hers if re.search(r"(?:[оеё]ва|[иы]на|[сц]кая)$", surname.lower()) else True
