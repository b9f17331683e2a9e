"""An account as people see it: found by number, name or address; its card, what it used and owes, all that happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from flask import Blueprint, render_template, request

from mailbot.model import RequestRefused, StaffRole
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.sources import READING_SOURCES_ENTERED
from mailbot.services.desk.accounts.account_page import AccountPage, account_page
from mailbot.services.desk.accounts.account_search import find_accounts
from mailbot.services.ledger.accounts.client_card import ClientCard, NoSuchAccount, PageTime, client_card
from mailbot.web.access import needs
from mailbot.web.accounts.consumption_chart import ConsumptionChart, chart
from mailbot.web.request_context import active_rules, now, store
from mailbot.web.value_display import zone
from mailbot.wording.resources import format_unit

pages = Blueprint("account", __name__)

MAX_FOUND = 50
MAX_QUERY_LENGTH = 200
MAX_CARDS = 3
"""Accounts of a case whose cards are shown whole; most letters name one."""


class EntryForm(StrEnum):
    """What is entered on an account's page."""

    READING = "reading"
    PAYMENT = "payment"
    GROUND = "ground"
    CANCEL = "cancel"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True)
class FormFault:
    """What could not be kept, and why; the form comes back open, with what was typed.

    `doubt`: it may be kept all the same, at a second press.
    """

    form: EntryForm | None = None
    words: str = ""
    doubt: bool = False


def when() -> PageTime:
    return PageTime(now(), zone(), active_rules().tariffs.terms)


@pages.get("/accounts")
@needs(StaffRole.OPERATOR)
def search() -> str:
    query = request.args.get("q", "")[:MAX_QUERY_LENGTH]
    accounts = find_accounts(store(), query, MAX_FOUND + 1)
    return render_template(
        "accounts.html", query=query, found=accounts[:MAX_FOUND], more=len(accounts) > MAX_FOUND
    )


@pages.get("/account/<path:number>")
@needs(StaffRole.OPERATOR)
def show(number: str) -> str | tuple[str, int]:
    """The newest thirteen months, or those up to the month that the address asks for."""
    try:
        return shown(number)
    except NoSuchAccount as error:
        return render_template("fault.html", code=404, words=str(error)), 404


def shown(number: str, fault: FormFault | None = None) -> str:
    """The page of the account."""
    page = account_page(store(), number, when(), _asked())
    return render_template(
        "account.html",
        page=page,
        card=page.card,
        charts=charts(page.card),
        earlier=_earlier(page),
        older="until" in request.args,
        statement=_last_year(page),
        fault=fault or FormFault(),
        typed=request.form if fault else {},
        today=when().today,
        entered_sources=READING_SOURCES_ENTERED,
    )


def charts(card: ClientCard) -> tuple[ConsumptionChart, ...]:
    """A chart for each meter of the card, in their order."""
    return tuple(chart(meter.bars, format_unit(meter.meter.resource.unit)) for meter in card.meters)


def cards(numbers: Iterable[str]) -> tuple[tuple[ClientCard | None, tuple[ConsumptionChart, ...]], ...]:
    """The cards of a case's accounts, of the first `MAX_CARDS`; None where the register does not have one."""
    found = [client_card(store(), number, when()) for number in islice(numbers, MAX_CARDS)]
    return tuple((card, charts(card) if card else ()) for card in found)


def _asked() -> Month | None:
    text = request.args.get("until", "")
    try:
        return Month.read(text) if text else None
    except ValueError as error:
        raise RequestRefused(str(error)) from None


def _last_year(found: AccountPage) -> tuple[str, str]:
    """The months that a statement has unless others are asked for: a year up to the last charge."""
    last = found.card.balance.until
    return ("", "") if last is None else (str(last.back(11)), str(last))


def _earlier(found: AccountPage) -> Month | None:
    return found.first.preceding if found.earlier else None
