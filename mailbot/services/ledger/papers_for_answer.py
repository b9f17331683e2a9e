"""Papers for an answer: rendered of the books inside the transaction that decides the letter, some 20 ms each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.composing import RenderedDocument
from mailbot.documents import render_bill
from mailbot.model import DocumentKind, DocumentRequest, RequestRefused
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.statement_and_certificate import certificate_pdf, statement_pdf
from mailbot.services.ledger.bills.month_bills import bill_of
from mailbot.store import StoreTransaction
from mailbot.store.bills import monthly_sending


def why_no_papers(house: ActiveRules | None) -> str:
    """Why no paper may be sent by these rules (Russian); empty where one may."""
    if house is None:
        return "документы здесь не составляются: их готовит сотрудник"
    if not house.payee.confirmed:
        return "реквизиты в rules/bank.toml не подтверждены: документы машина не отправляет"
    return ""


def build_papers(
    transaction: StoreTransaction, wanted: Sequence[DocumentRequest], house: ActiveRules | None, now: datetime
) -> tuple[RenderedDocument, ...]:
    """The papers, in their order; Refused where one cannot be made. Whose they are the caller has made sure."""
    if not wanted:
        return ()
    if house is None or why_no_papers(house):
        raise RequestRefused(why_no_papers(house))
    return tuple(RenderedDocument(one, _RENDER[one.kind](transaction, one, house, now)) for one in wanted)


def _bill(transaction: StoreTransaction, wanted: DocumentRequest, house: ActiveRules, now: datetime) -> bytes:
    """A copy shows what the bill of the month showed; where it has not been sent yet, what is known now."""
    month = wanted.until
    assert month is not None, "a bill is of a month"
    issued_on, as_of = _moment_of(transaction, month, house, now)
    return render_bill(bill_of(transaction, wanted.account, month, house, issued_on, as_of), house.documents)


def _statement(
    transaction: StoreTransaction, wanted: DocumentRequest, house: ActiveRules, now: datetime
) -> bytes:
    return statement_pdf(transaction, wanted.account, house, _today(house, now), wanted.since, wanted.until)


def _certificate(
    transaction: StoreTransaction, wanted: DocumentRequest, house: ActiveRules, now: datetime
) -> bytes:
    return certificate_pdf(transaction, wanted.account, house, _today(house, now))


def _moment_of(
    transaction: StoreTransaction, month: Month, house: ActiveRules, now: datetime
) -> tuple[date, datetime]:
    """The day that the bill bears, and the moment it is as of."""
    if (sending := monthly_sending.sending(transaction, month)) is not None:
        return sending.issued_on, sending.begun_at
    return _today(house, now), now


def _today(house: ActiveRules, now: datetime) -> date:
    return now.astimezone(ZoneInfo(house.rulebook.channels.time_zone)).date()


_RENDER: dict[DocumentKind, Callable[[StoreTransaction, DocumentRequest, ActiveRules, datetime], bytes]] = {
    DocumentKind.BILL: _bill,
    DocumentKind.STATEMENT: _statement,
    DocumentKind.CERTIFICATE: _certificate,
}
