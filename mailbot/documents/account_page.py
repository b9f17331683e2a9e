"""A reconciliation statement and a certificate in words: every figure ready to print."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.documents.bill_page import Payer
from mailbot.documents.company import Company, build_company
from mailbot.model import RequestRefused
from mailbot.model.bill.bill import AccountPaper
from mailbot.model.ledger.accounts_and_meters import Account, ClientGroup
from mailbot.model.ledger.reconciliation import StatementMonth
from mailbot.wording.amounts import format_money
from mailbot.wording.charge_reasons import format_month as month_words
from mailbot.wording.charge_reasons import single_line


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row: charged (debit) or paid (credit), the other empty."""

    day: str
    what: str
    debit: str
    credit: str


@dataclass(frozen=True, slots=True)
class StatementPage:
    """`opening` and `closing` are never below zero; in whose favour they are, the words beside them say."""

    number: str
    issued: str
    since: str
    until: str
    company: Company
    payer: Payer
    individual: bool
    opening: str
    opening_words: str
    entries: tuple[StatementRow, ...]
    debit: str
    credit: str
    closing: str
    closing_words: str
    settled: bool


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """`ahead` is what is paid ahead, empty where nothing is."""

    number: str
    issued: str
    as_of: str
    company: Company
    payer: Payer
    ahead: str


def statement_page(paper: AccountPaper) -> StatementPage:
    statement = paper.statement
    return StatementPage(
        number=f"{paper.account.number}-{paper.issued_on:%d%m%y}",
        issued=f"{paper.issued_on:%d.%m.%Y}",
        since=f"{statement.months[0].month.first:%d.%m.%Y}",
        until=f"{min(statement.months[-1].month.last, paper.issued_on):%d.%m.%Y}",
        company=build_company(paper.payee, paper.channels),
        payer=_payer(paper.account, paper.name),
        individual=paper.account.group is ClientGroup.INDIVIDUAL,
        opening=format_money(abs(statement.opening)),
        opening_words=_standing(statement.opening),
        entries=tuple(entry for month in statement.months for entry in _entries(month)),
        debit=format_money(statement.charged),
        credit=format_money(statement.paid),
        closing=format_money(abs(statement.closing)),
        closing_words=_standing(statement.closing),
        settled=not statement.closing,
    )


def certificate_page(paper: AccountPaper) -> CertificatePage:
    """RequestRefused where the balance is above zero, and the reason says how much is owed."""
    if paper.balance > 0:
        raise RequestRefused(
            f"По счёту {paper.account.number} есть долг: {format_money(paper.balance)} ₽. Справку об отсутствии "
            "задолженности выдать нельзя; предложите акт сверки."
        )
    return CertificatePage(
        number=f"{paper.account.number}-{paper.issued_on:%d%m%y}",
        issued=f"{paper.issued_on:%d.%m.%Y}",
        as_of=f"{paper.issued_on:%d.%m.%Y}",
        company=build_company(paper.payee, paper.channels),
        payer=_payer(paper.account, paper.name),
        ahead=format_money(-paper.balance) if paper.balance < 0 else "",
    )


def _entries(month: StatementMonth) -> list[StatementRow]:
    """What was paid, then the month's charge on its last day, its penalty apart."""
    day, of = f"{month.month.last:%d.%m.%Y}", month_words(month.month)
    rows = [
        StatementRow(
            f"{payment.paid_on:%d.%m.%Y}",
            f"Оплата, документ {single_line(payment.document)}",
            "",
            format_money(payment.amount),
        )
        for payment in month.payments
    ]
    own = month.charged - month.penalty
    if own:
        rows.append(StatementRow(day, f"Начислено за {of}", format_money(own), ""))
    if month.penalty:
        rows.append(StatementRow(day, f"Пеня, начислена за {of}", format_money(month.penalty), ""))
    return rows


def _standing(balance: Decimal) -> str:
    if balance > 0:
        return "долг плательщика"
    return "переплата, в пользу плательщика" if balance < 0 else "задолженности нет"


def _payer(account: Account, name: str) -> Payer:
    return Payer(account.number, single_line(name), single_line(account.premises.address), "", "", "")
