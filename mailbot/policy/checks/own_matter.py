"""What of a letter may be somebody's own matter, though a program sent it.

A form of a site, a housing manager's server and an office's registry all mark their letters as automatic, and a client
stands behind each. Against them stand newsletters and notices, which carry contacts, too: their own company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mailbot.model import (
    AutomaticReason,
    Certainty,
    ExtractedValue,
    Facts,
    Letter,
    Rulebook,
    SegmentRole,
    Span,
)
from mailbot.model.letter.letter import TO_MANY
from mailbot.model.outgoing.sending_pace import PUBLIC_PROVIDERS, provider_of
from mailbot.policy.case_folding import fold_case
from mailbot.policy.verdict import LetterInContext

NOTICES = frozenset(
    {AutomaticReason.AUTOREPLY_WORDS, AutomaticReason.NOTICE_WORDS, AutomaticReason.CALENDAR_REPLY}
)

MIN_CONFIDENCE = 0.5
"""Confidence from which a telephone or an address is the writer's; below it may be ours, or nobody's."""

OWN_ROLES = (SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)

_MOBILE = re.compile(r"\+79\d{9}")
_FLAT = re.compile(r"(?<!\w)(?:кв|квартир\w*|kv|kvartira)(?!\w)|\d\s?[а-яa-z]?\s?[-–—/]\s?\d")
_HOUSE = re.compile(r"\d")
_OF_A_COMPANY = re.compile(
    r"(?<!\w)(?:ооо|зао|оао|пао|ао|гуп|муп|мку|офис\w*|оф|бц|инн|кпп|огрн\w*|склад\w*|магазин\w*|салон\w*"
    r"|(?:юр\w*|юридическ\w+|почтовый|фактический|наш) адрес\w*)(?!\w)"
)
_POSTCODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_OFFICE_BOX = re.compile(
    r"(?:no-?_?\.?reply|do-?_?not-?_?reply|info|support|help|helpdesk|office|sales|service|servis|admin|mail|contact|hello|team|news"
    r"|billing|notify|notification|robot|bounces?|postmaster|mailer-daemon)(?:[-+._].*)?@"
)


def find_signs_of_client(matter: LetterInContext) -> str:
    """What keeps a letter with a strong sign of a machine from being ignored (Russian); empty where nothing does.

    Of a report of non-delivery nothing does: whatever it holds is our own letter, returned. A list's or newsletter's
    news is everybody's, a notice of absence names colleagues: both must hold what only one household has, or come from a
    box such as households have.
    """
    letter, facts = matter.letter, matter.facts
    reasons = {sign.reason for sign in letter.strong_signs}
    if AutomaticReason.BOUNCE in reasons:
        return ""
    if evidence := has_ledger_data(letter, facts) or _home(letter, facts):
        return evidence
    if reasons & TO_MANY:
        return _signed_emergency(letter, facts) or _from_private_box(letter, facts)
    if facts.urgent:
        return "сообщение об аварии"
    return answered_elsewhere(letter, matter.rulebook) or (
        "" if _is_notice(letter) else _of_a_person(letter, facts)
    )


def _signed_emergency(letter: Letter, facts: Facts) -> str:
    """A burst that somebody tells of with a mobile telephone or a name: houses have lists of mail, too."""
    contacts = facts.contacts
    mobile = any(
        _MOBILE.fullmatch(phone.value) and in_own_words(letter, phone.spans) for phone in contacts.phones
    )
    named = any(
        name.confidence >= MIN_CONFIDENCE and in_own_words(letter, name.spans) for name in contacts.names
    )
    return "сообщение об аварии" if facts.urgent and (mobile or named) else ""


def _from_private_box(letter: Letter, facts: Facts) -> str:
    """Heat or water at one house, told from a box at a public provider: the news of companies come from their own domains."""
    private = provider_of(letter.from_.email) in PUBLIC_PROVIDERS
    if not private or facts.substance.answer is not Certainty.YES:
        return ""
    house = any(_stands_alone(letter, item) for item in _own(letter, facts.contacts.addresses))
    return "адрес и суть обращения, и пишут из частного ящика" if house else ""


def find_client_evidence(matter: LetterInContext) -> str:
    """What speaks for a client as the writer (Russian); empty where nothing does."""
    facts = matter.facts
    if data := has_ledger_data(matter.letter, facts):
        return data
    if facts.urgent:
        return "сообщение об аварии"
    for what, founds in (("телефон", facts.contacts.phones), ("адрес", facts.contacts.addresses)):
        if any(
            value.confidence >= MIN_CONFIDENCE and in_own_words(matter.letter, value.spans)
            for value in founds
        ):
            return what
    return f"реестр: {matter.context.client.name}" if matter.context.client is not None else ""


def has_ledger_data(letter: Letter, facts: Facts) -> str:
    """Readings, or a personal account, in the letter's own words."""
    if any(in_own_words(letter, reading.spans) for reading in facts.readings):
        return "показания"
    return "лицевой счёт" if _own(letter, facts.contacts.accounts) else ""


def answered_elsewhere(letter: Letter, rulebook: Rulebook) -> str:
    """Whoever wants the answer at another's address than the sender's: so does a form for the client who filled it in."""
    sender, own = letter.from_.email, rulebook.channels.own_addresses
    for address in letter.reply_to:
        email = address.email
        if email and email != sender and email not in own and not _OFFICE_BOX.match(email):
            return f"другой адрес для ответа: {email}"
    return ""


def in_own_words(letter: Letter, spans: tuple[Span, ...], roles: tuple[SegmentRole, ...] = OWN_ROLES) -> bool:
    """Does a statement stand in the writer's words or files, not in our letter quoted below them?

    A statement without a place counts as the writer's: better a person than silence.
    """
    if not spans:
        return True
    for span in spans:
        segments = letter.part(span.part).segments
        here = {segment.role for segment in segments if segment.start < span.end and span.start < segment.end}
        if here & {*roles} or not here:
            return True
    return False


def _is_notice(letter: Letter) -> bool:
    """Is it word of absence, of receipt, or of an invitation? Names and telephones there are colleagues'."""
    return any(sign.reason in NOTICES or sign.where == "Content-Type" for sign in letter.automatic)


def _of_a_person(letter: Letter, facts: Facts) -> str:
    """What binds the company, or a person with a matter of heat: by telephone, surname or house."""
    if facts.demand is not None:
        return facts.demand.value
    if facts.substance.answer is not Certainty.YES:
        return ""
    phones = [phone for phone in facts.contacts.phones if _MOBILE.fullmatch(phone.value)]
    if _own(letter, phones):
        return "телефон и суть обращения"
    if any(_stands_alone(letter, item) for item in _own(letter, facts.contacts.addresses)):
        return "адрес и суть обращения"
    written = [
        surname
        for surname in facts.contacts.surnames
        if surname.confidence >= MIN_CONFIDENCE
        and in_own_words(letter, surname.spans, (SegmentRole.WRITTEN, SegmentRole.FORWARDED))
    ]
    return "фамилия и суть обращения" if written else ""


def _home(letter: Letter, facts: Facts) -> str:
    """An address with its flat: no company sits there."""
    homes = [
        item
        for item in _own(letter, facts.contacts.addresses)
        if _FLAT.search(fold_case(item.value)) and not _OF_A_COMPANY.search(_lines(letter, item))
    ]
    return "адрес с квартирой" if homes else ""


def _stands_alone(letter: Letter, address: ExtractedValue[str]) -> bool:
    """A house without the postcode and the firm's name that a footer puts beside it."""
    lines = _lines(letter, address)
    return bool(_HOUSE.search(address.value)) and not (_OF_A_COMPANY.search(lines) or _POSTCODE.search(lines))


def _lines(letter: Letter, found: ExtractedValue[str]) -> str:
    """The lines in which it stands, and the line above: a footer names its company there."""
    lines = []
    for span in found.spans:
        text = letter.part(span.part).text
        line = text.rfind("\n", 0, span.start)
        above = text.rfind("\n", 0, max(0, line)) + 1 if line > 0 else 0
        end = text.find("\n", span.end)
        lines.append(text[above : end if end >= 0 else len(text)])
    return fold_case("\n".join(lines))


def _own(letter: Letter, founds: Iterable[ExtractedValue[str]]) -> list[ExtractedValue[str]]:
    return [
        value for value in founds if value.confidence >= MIN_CONFIDENCE and in_own_words(letter, value.spans)
    ]
