"""All that a person sees of one case, gathered in one reading transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from mailbot.model import CaseEvent, Client, ClientTie, Contacts, Letter, RawLetter, StaffMember
from mailbot.model.ledger.accounts_and_meters import Account, Meter
from mailbot.model.report.survey import CaseRating
from mailbot.parsing import parse
from mailbot.policy import leaves_to_check
from mailbot.store import CaseSummary, OutgoingSummary, RecordedDecision, Store, StoreTransaction
from mailbot.store.accounts.accounts import registered
from mailbot.store.accounts.known_accounts import ledger_known
from mailbot.store.case_log.events import events_of
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.earlier_answers import joined_answer
from mailbot.store.cases.review_queue import CaseNote, CasePresence, CaseReading, QueueLine
from mailbot.store.casework import page_acts
from mailbot.store.decisions.client_ties import client_of, ties_of
from mailbot.store.mail.incoming import load_raw as raw_letter
from mailbot.store.surveys.responses import rating_of

log = logging.getLogger(__name__)

MAX_NEIGHBOURS, MAX_READINGS, MAX_ACCOUNTS = 12, 6, 8


@dataclass(frozen=True, slots=True)
class AccountReadings:
    """A personal account and the newest readings taken for it."""

    account: str
    readings: tuple[CaseReading, ...]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """`letter` is None where the bytes cannot be taken apart: then `raw` is shown. `judged` None: never understood."""

    line: QueueLine
    summary: CaseSummary
    judged: RecordedDecision | None
    raw: RawLetter
    letter: Letter | None
    readings: tuple[CaseReading, ...]
    outgoing: tuple[OutgoingSummary, ...]
    events: tuple[CaseEvent, ...]
    notes: tuple[CaseNote, ...]
    neighbours: tuple[QueueLine, ...]
    client: Client | None
    accounts: tuple[AccountReadings, ...]
    present: tuple[CasePresence, ...]
    draft: str
    joined_answer: tuple[str, str]
    ties: tuple[ClientTie, ...] = ()
    ledger_known: bool = False
    metered: tuple[Account, ...] = ()
    rating: CaseRating | None = None

    @property
    def readings_judged(self) -> bool:
        """Has a person accepted, corrected or refused a reading of the case?"""
        return any(event.why.startswith(page_acts.READING_JUDGED) for event in self.events)

    def awaits_check(self, reading: CaseReading) -> bool:
        """Does a refused reading wait for a person? One that is no business of ours does not: the client was told."""
        return leaves_to_check(reading.reason)

    def meters(self, one: CaseReading) -> tuple[Meter, ...]:
        """The meters that a reading may be of: those of its account that measure what it is said to measure."""
        own = next((held.meters for held in self.metered if held.number == one.account), ())
        return tuple(meter for meter in own if one.resource in (None, meter.resource))

    @property
    def topics(self) -> tuple[str, ...]:
        """Topics by weight, the deciding one first."""
        judged_topics = [topic.value for topic in self.judged.facts.topics] if self.judged else []
        first = [self.line.topic] if self.line.topic else []
        return tuple(dict.fromkeys((*first, *judged_topics)))


def case_file(store: Store, reference: str, member: StaffMember, now: datetime) -> CaseFile:
    """NoSuchCase where there is none of the reference."""
    return store.ask(_gather, reference, member.id, now)


def _gather(transaction: StoreTransaction, reference: str, staff_id: int, now: datetime) -> CaseFile:
    summary = summaries.case_of(transaction, reference)
    judged = summaries.judged(transaction, reference)
    raw = raw_letter(transaction, summary.letter_id)
    contacts = judged.facts.contacts if judged else Contacts()
    accounts = tuple(account.value for account in contacts.accounts)
    ties = ties_of(transaction, summary.sender, contacts)
    client = client_of(transaction, ties)
    readings = review_queue.readings(transaction, summary.id)
    measured = [reading.account for reading in readings if reading.account]
    shown = tuple(dict.fromkeys((*accounts, *(client.accounts if client else ()))))[:MAX_ACCOUNTS]
    return CaseFile(
        line=review_queue.line_of(transaction, summary.id),
        summary=summary,
        judged=judged,
        raw=raw,
        letter=_letter(raw, reference),
        readings=readings,
        outgoing=summaries.outgoing_of(transaction, summary.id),
        events=events_of(transaction, summary.id),
        notes=review_queue.notes(transaction, summary.id),
        neighbours=review_queue.neighbours(transaction, summary.id, MAX_NEIGHBOURS),
        client=client,
        accounts=tuple(
            AccountReadings(account, review_queue.readings_of_account(transaction, account, MAX_READINGS))
            for account in shown
        ),
        present=review_queue.present(transaction, summary.id, staff_id, now),
        draft=review_queue.draft(transaction, summary.id, staff_id),
        joined_answer=joined_answer(transaction, summary.id),
        ties=ties,
        ledger_known=ledger_known(transaction),
        rating=rating_of(transaction, summary.id),
        metered=tuple(held.account for held in registered(transaction, measured).values()),
    )


def _letter(raw: RawLetter, reference: str) -> Letter | None:
    try:
        return parse(raw)
    except Exception:  # a letter that breaks the parser is before a person for that very reason
        log.exception("Обращение %s: письмо не разбирается, показано как пришло", reference)
        return None
