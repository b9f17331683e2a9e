"""Papers of an account that a person opens: the bill as it was issued, a statement of its months, a certificate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes

from mailbot.composing import RenderedDocument
from mailbot.composing.views.document_lines import paper_attachment
from mailbot.model import DocumentKind, DocumentRequest, RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.client_card import record_of
from mailbot.services.ledger.papers_for_answer import build_papers
from mailbot.store import Store
from mailbot.store.bills import sending_status

MAX_MONTHS = 60
"""Months of one statement: nobody is asked for a debt of more than three years (ГК РФ ст. 196)."""


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A PDF under the name by which it is saved."""

    name: str
    content: bytes


def issued_bill(store: Store, number: str, month: Month, rules: ActiveRules, now: datetime) -> PaperFile:
    """The account's bill of the month as it was issued: the very file of its newest letter, where there is one; on
    paper or by ЭДО as of the moment of sending.

    Of a month whose bill has not been made yet: as it would be now. RequestRefused where nothing was charged, or the
    requisites are those of the package.
    """
    wanted = DocumentRequest(DocumentKind.BILL, number, month, month)
    store.ask(record_of, number)
    letter = store.ask(sending_status.newest_letter, number, month)
    content = _enclosed(letter) if letter is not None else None
    return _file(wanted, content or _set(store, wanted, rules, now))


def account_paper(
    store: Store, number: str, rules: ActiveRules, now: datetime, months: tuple[Month, Month] | None = None
) -> PaperFile:
    """The statement of the months, first and last, or (None) the certificate of today that nothing is owed.

    RequestRefused where something is owed, the months are none, or the requisites are those of the package.
    """
    store.ask(record_of, number)
    if months is None:
        wanted = DocumentRequest(DocumentKind.CERTIFICATE, number)
    else:
        since, until = months
        if since > until:
            raise RequestRefused("Первый месяц сверки позже последнего. Поменяйте их местами.")
        if until.back(MAX_MONTHS - 1) > since:
            raise RequestRefused(f"В одном акте сверки не больше {MAX_MONTHS} месяцев. Возьмите срок короче.")
        wanted = DocumentRequest(DocumentKind.STATEMENT, number, since, until)
    return _file(wanted, _set(store, wanted, rules, now))


def _set(store: Store, wanted: DocumentRequest, rules: ActiveRules, now: datetime) -> bytes:
    (paper,) = store.ask(build_papers, [wanted], rules, now)
    return paper.pdf


def _file(wanted: DocumentRequest, pdf: bytes) -> PaperFile:
    return PaperFile(paper_attachment(RenderedDocument(wanted, pdf)).name, pdf)


def _enclosed(letter: bytes) -> bytes | None:
    """The PDF of a letter of ours; None where the letter is not kept with it."""
    for part in message_from_bytes(letter).walk():
        if part.get_content_type() == "application/pdf":
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else None
    return None
