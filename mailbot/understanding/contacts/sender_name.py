"""The name a mail program puts before the address: «Павел Оглезнев» is a person's, «Бухгалтерия» is not."""

from __future__ import annotations

import re
from dataclasses import replace

from mailbot.language.dictionary import is_known
from mailbot.model import ExtractedValue
from mailbot.understanding.contacts.agreed_names import is_fuller
from mailbot.understanding.names.grammatical_case import HIS_IN_A
from mailbot.understanding.names.name_parts import sort_words
from mailbot.understanding.names.surrounding_words import COMPANY_PEOPLE
from mailbot.understanding.text.morphology import is_ordinary

# A first name with a surname, or a surname with initials; a first name alone («Юля») names nobody
_SHAPES = re.compile(r"[SW]F|F[SW]|[SWF]FP|FP[SW]|S(?:I\.?){1,2}|(?:I\.?){1,2}S")
_GIVEN = re.compile(r"F(?:P|I\.?)?(?=$|\|)")
# «Daniel Osei»: a foreigner's name, or a Russian one that the mail program holds in Latin letters
_FOREIGN = re.compile(r"[A-Z][a-z]{1,20}(?:[ -][A-Z](?:[a-z]{1,20}|\.)){1,2}")
# «ИП Ощепков»: a person by law, whose surname is the name of the trade
_TRADER = re.compile(r"(?:ИП|КФХ)(?:\s(?:Глава\s)?КФХ)?\s(?=[А-ЯЁ][а-яё])")
_TRADERS_SHAPES = re.compile(r"[SW]|" + _SHAPES.pattern)
_OFFICE = re.compile(
    r"(?i)\b(?:office|support|info|sales|team|service|mail|delivery|system|admin|bank|school|shop|company|group"
    r"|news|no|reply|account|hotel|market|center|centre|robot|noreply|daemon)\b"
)
# The profile may be a child's or an earlier owner's, and `From` is no contact data (clause 2.2.email.1):
# below what any rule counts as given
_SURE = 0.35
_SIGNED = 0.52  # more than a relative for whom the letter is written
_OWN = 0.5


def find_sender_name(display: str) -> ExtractedValue[str] | None:
    """The personal name in the display name of `From`, without a span: it stands in no part of the letter."""
    written = " ".join(display.replace('"', " ").split())
    if _FOREIGN.fullmatch(written) and not _OFFICE.search(written):
        return ExtractedValue(written, (), _SURE)
    trader = _TRADER.match(written)
    written = written[trader.end() :] if trader else written
    words = sort_words(written)
    kinds = "".join(word.kind for word in words)
    if len(written) > 80 or not (_TRADERS_SHAPES if trader else _SHAPES).fullmatch(kinds):
        return None
    for word in words:
        if word.kind == "W" and (is_ordinary(word.text) or is_known(word.text)):
            return None
        if word.text.lower().startswith(COMPANY_PEOPLE):
            return None
    return ExtractedValue(written, (), _SURE)


def with_sender(
    said: tuple[ExtractedValue[str], ...], display: str, sender: tuple[ExtractedValue[str], ...]
) -> tuple[ExtractedValue[str], ...]:
    """The names of a letter with what `From` adds: «Вера» below a letter from «Вера Тиунова», «Юшков» from «Юшков Павел»,
    «Наговицина» from «Зоя Фёдоровна»; the sender's own where the letter has none.
    """
    own = next((item for item in said if item.confidence > _OWN), None)
    if own is not None:
        return (_completed(own, display, sender), *(item for item in said if item is not own))
    if not said:
        return sender[:1]
    if sender and any(is_fuller(sender[0].value, item.value) for item in said):
        return (replace(sender[0], confidence=_SIGNED), *said)
    return (_completed(said[0], display, sender), *said[1:])


def _completed(
    said: ExtractedValue[str], display: str, sender: tuple[ExtractedValue[str], ...]
) -> ExtractedValue[str]:
    if sender:
        return replace(said, value=sender[0].value) if is_fuller(sender[0].value, said.value) else said
    words = sort_words(display)
    match = _GIVEN.match("".join(word.kind for word in words))
    kinds = "".join(word.kind for word in sort_words(said.value))
    if match is None or kinds not in {"S", "W", "s"}:
        return said
    given = display[words[0].start : words[match.end() - 1].end]
    return replace(said, value=f"{said.value} {given}") if _agree(said.value, given) else said


def _agree(surname: str, given: str) -> bool:
    """Is it not hers with a man's first name, nor his with a woman's?"""
    form = given.split()[0].lower()
    hers = form.endswith(("а", "я", "ь")) and form not in HIS_IN_A
    if re.search(r"(?:[оеё]в|[иы]н|[сц]кий)$", surname.lower()):
        return not hers
    return hers if re.search(r"(?:[оеё]ва|[иы]на|[сц]кая)$", surname.lower()) else True
