"""What a template may show: every variable, ready to print.

A template sees nothing else, so no template can leak what this file does not hand over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from mailbot.composing import wording
from mailbot.composing.views.account_lines import (
    AccountLines,
    BillDeliveryLines,
    build_account_lines,
    build_bill_lines,
)
from mailbot.composing.views.document_lines import DocumentLine, document_line
from mailbot.model import (
    CaseContext,
    ContactChannels,
    Decision,
    Facts,
    KnownAccount,
    LedgerEntry,
    Reading,
    RefusedReading,
)
from mailbot.model.ledger.accounts_and_meters import BillingTerms
from mailbot.model.report.survey import RatingLinks
from mailbot.wording.resources import RESOURCES, format_unit

MIN_CONFIDENCE = 0.85
"""Confidence from which a name is used in the greeting: a wrong name is worse than none."""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading as printed; what is not known is empty. `reason` stands with refused ones only.

    `counted` tells of an accepted one that came too late for its month when it counts («в ноябре 2026 года»).
    """

    account: str
    meter: str
    resource: str
    value: str
    unit: str
    consumption: str = ""
    reason: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class MailView:
    """The variables of the mail templates.

    `date` is the day of receipt («21.11.2026»), empty where it is not known; `respond_by` says when we
    answer, to stand after a verb («не позднее 26.11.2026», «в максимально возможно короткий срок»).
    `greeting` ends with its own mark. `answer` holds a person's answer, paragraph by paragraph, each
    a tuple of lines; it is empty in automatic letters. `accounts` are of the recipient alone, and so are `bill` and
    `documents`, the papers beside the letter. `rating` are links by which the reader rates this very answer. `alarmed`:
    people are told of an emergency at once; where they are not, a letter must not promise that somebody acts by an hour.
    `due_day`: the day of the next month by which a month's bill is to be paid.
    """

    number: str
    date: str
    respond_by: str
    greeting: str
    accepted: tuple[ReadingLine, ...]
    refused: tuple[ReadingLine, ...]
    answer: tuple[tuple[str, ...], ...]
    channels: ContactChannels
    accounts: tuple[AccountLines, ...] = ()
    bill: BillDeliveryLines | None = None
    documents: tuple[DocumentLine, ...] = ()
    rating: RatingLinks | None = None
    alarmed: bool = True
    due_day: int = BillingTerms().due_day


VARIABLES = frozenset(MailView.__dataclass_fields__)


def build_mail_view(
    decision: Decision,
    facts: Facts,
    context: CaseContext,
    channels: ContactChannels,
    *,
    received_at: datetime,
    recipient: str,
    zone: tzinfo,
    alarmed: bool = True,
    due_day: int = BillingTerms().due_day,
) -> MailView:
    """The variables for a decided letter that will be answered to `recipient`."""
    entries = decision.ledger or (None,) * len(decision.accepted)
    return MailView(
        number=context.number,
        date=wording.format_date(received_at, zone),
        respond_by=wording.format_deadline(decision.respond_by, decision.decided_at, zone),
        greeting=wording.format_greeting(_full_name(facts)),
        accepted=tuple(
            _accepted_line(reading, entry, facts, context, recipient)
            for reading, entry in zip(decision.accepted, entries, strict=True)
        ),
        refused=tuple(_refused_line(refused) for refused in decision.refused),
        answer=(),
        channels=channels,
        accounts=build_account_lines(decision, context, recipient, zone),
        bill=build_bill_lines(decision.change, context, recipient),
        documents=tuple(document_line(document) for document in decision.documents),
        alarmed=alarmed,
        due_day=due_day,
    )


def _full_name(facts: Facts) -> str:
    """The writer's name where the letter names exactly one, surely; a second may be whom they complain of."""
    names = {name.value for name in facts.contacts.names}
    sure = [name.value for name in facts.contacts.names if name.confidence >= MIN_CONFIDENCE]
    return wording.single_line(sure[0]) if sure and len(names) == 1 else ""


def _accepted_line(
    reading: Reading, entry: LedgerEntry | None, facts: Facts, context: CaseContext, recipient: str
) -> ReadingLine:
    """What only the register knows (the account, the meter's number, what was used) is told to an address of its alone."""
    if entry is None:
        own = context.client is not None and recipient in context.client.emails
        return _line(reading, _consumption(reading, context) if own else "")
    known = context.account(entry.account)
    counted = wording.format_in_month(entry.reading.month) if entry.late else ""
    if known is not None and recipient in known.emails:
        return replace(_line(reading, _used(entry, known)), counted=counted)
    meters = {reading.spans: reading.meter for reading in facts.readings}
    accounts = {account.value for account in facts.contacts.accounts} | {
        reading.account for reading in facts.readings
    }
    written = replace(
        reading,
        account=reading.account if reading.account in accounts else None,
        meter=meters.get(reading.spans),
    )
    return replace(_line(written), counted=counted)


def _used(entry: LedgerEntry, known: KnownAccount) -> str:
    """What the meter counted since the last reading of an earlier month; empty where there is none."""
    before = [
        standing.reading
        for standing in known.of_meter(entry.reading.meter)
        if standing.reading.month < entry.reading.month and standing.reading.day <= entry.reading.day
    ]
    if not before:
        return ""
    last = max(before, key=lambda reading: (reading.day, reading.value))
    return (
        wording.format_quantity(entry.reading.value - last.value) if entry.reading.value >= last.value else ""
    )


def _line(reading: Reading, consumption: str = "", reason: str = "") -> ReadingLine:
    return ReadingLine(
        account=wording.single_line(reading.account or ""),
        meter=wording.single_line(reading.meter or ""),
        resource=RESOURCES[reading.resource] if reading.resource else "",
        value=wording.format_quantity(reading.value),
        unit=format_unit(reading.unit),
        consumption=consumption,
        reason=reason,
    )


def _refused_line(refused: RefusedReading) -> ReadingLine:
    return _line(refused.reading, reason=wording.single_line(refused.reason))


def _consumption(reading: Reading, context: CaseContext) -> str:
    """The difference to the one earlier reading of the same account, resource, meter and unit.

    Shown only to an address of the register (design: personal data): the earlier reading is known to
    us, not to whoever wrote under the client's account number.
    """
    earlier = [
        before.value
        for before in context.readings
        if (before.account, before.resource, before.unit) == (reading.account, reading.resource, reading.unit)
        and (before.meter is None or reading.meter is None or before.meter == reading.meter)
    ]
    if len(earlier) != 1 or reading.value < earlier[0]:
        return ""
    return wording.format_quantity(reading.value - earlier[0])


def build_person_view(
    text: str, number: str, channels: ContactChannels, received_at: datetime | None, zone: tzinfo
) -> MailView:
    """The variables for a person's answer; ValueError where the text is blank."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    paragraphs: list[tuple[str, ...]] = []
    current: list[str] = []
    for line in (*(wording.single_line(line) for line in lines), ""):
        if line:
            current.append(line)
        elif current:
            paragraphs.append(tuple(current))
            current = []
    if not paragraphs:
        raise ValueError("Ответ пуст: напишите текст ответа клиенту.")
    return MailView(
        number=number,
        date=wording.format_date(received_at, zone) if received_at else "",
        respond_by="",
        greeting=wording.format_greeting(""),
        accepted=(),
        refused=(),
        answer=tuple(paragraphs),
        channels=channels,
    )
