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


def why_no_papers(rules: ActiveRules) -> str:
    """Why no paper may be sent by these rules (Russian); empty where one may."""
    return (
        ""
        if rules.payee.confirmed
        else "реквизиты в rules/bank.toml не подтверждены: документы машина не отправляет"
    )


def build_papers(
    transaction: StoreTransaction, wanted: Sequence[DocumentRequest], rules: ActiveRules, now: datetime
) -> tuple[RenderedDocument, ...]:
    """The papers, in their order; RequestRefused where one cannot be made. Whose they are the caller has made sure."""
    if not wanted:
        return ()
    if rules is None or why_no_papers(rules):
        raise RequestRefused(why_no_papers(rules))
    return tuple(
        RenderedDocument(request, _RENDER[request.kind](transaction, request, rules, now))
        for request in wanted
    )


def _bill(transaction: StoreTransaction, wanted: DocumentRequest, rules: ActiveRules, now: datetime) -> bytes:
    """A copy shows what the bill of the month showed; where it has not been sent yet, what is known now."""
    month = wanted.until
    assert month is not None, "a bill is of a month"
    issued_on, as_of = _moment_of(transaction, month, rules, now)
    return render_bill(bill_of(transaction, wanted.account, month, rules, issued_on, as_of), rules.documents)


def _statement(
    transaction: StoreTransaction, wanted: DocumentRequest, rules: ActiveRules, now: datetime
) -> bytes:
    return statement_pdf(transaction, wanted.account, rules, _today(rules, now), wanted.since, wanted.until)


def _certificate(
    transaction: StoreTransaction, wanted: DocumentRequest, rules: ActiveRules, now: datetime
) -> bytes:
    return certificate_pdf(transaction, wanted.account, rules, _today(rules, now))


def _moment_of(
    transaction: StoreTransaction, month: Month, rules: ActiveRules, now: datetime
) -> tuple[date, datetime]:
    """The day that the bill bears, and the moment it is as of."""
    if (sending := monthly_sending.sending(transaction, month)) is not None:
        return sending.issued_on, sending.begun_at
    return _today(rules, now), now


def _today(rules: ActiveRules, now: datetime) -> date:
    return now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)).date()


_RENDER: dict[DocumentKind, Callable[[StoreTransaction, DocumentRequest, ActiveRules, datetime], bytes]] = {
    DocumentKind.BILL: _bill,
    DocumentKind.STATEMENT: _statement,
    DocumentKind.CERTIFICATE: _certificate,
}
