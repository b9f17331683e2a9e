"""Papers of an account that people ask for: the reconciliation statement, and the certificate that nothing is owed."""

from __future__ import annotations

from datetime import date

from mailbot.documents import render_certificate, render_statement
from mailbot.model.bill.bill import AccountPaper
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.accounts.account_summary import account_card
from mailbot.store import Store, StoreTransaction


def account_paper(
    where: Store | StoreTransaction,
    number: str,
    rules: ActiveRules,
    issued_on: date,
    since: Month | None = None,
    until: Month | None = None,
) -> AccountPaper:
    """What both papers show: the statement from `since` to `until` (None: the last year), the balance of all months.

    RequestRefused where the register does not have the account, or the months are the wrong way round.
    """
    card = account_card(where, number, today=issued_on, since=since, until=until)
    return AccountPaper(
        card.held.account,
        card.held.name,
        card.statement,
        card.balance,
        issued_on,
        rules.payee,
        rules.rulebook.channels,
    )


def statement_pdf(
    where: Store | StoreTransaction,
    number: str,
    rules: ActiveRules,
    issued_on: date,
    since: Month | None = None,
    until: Month | None = None,
) -> bytes:
    """The reconciliation statement (акт сверки) as PDF; RequestRefused as `account_paper` is."""
    return render_statement(account_paper(where, number, rules, issued_on, since, until), rules.documents)


def certificate_pdf(
    where: Store | StoreTransaction, number: str, rules: ActiveRules, issued_on: date
) -> bytes:
    """The certificate (справка об отсутствии задолженности) as PDF; RequestRefused where anything is owed."""
    return render_certificate(account_paper(where, number, rules, issued_on), rules.documents)
