"""The Russian words of accounts and their bills: months, sums, sources, grounds of recalculation, states of bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from flask import Flask

from mailbot.model.bill.sending import FAILED_STATES, BillLetter, BillState, SentBill
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Adjustment
from mailbot.services.ledger.bills.charge_words import line_title
from mailbot.web.value_display import moment
from mailbot.wording.account_titles import (
    ACCOUNT_EVENTS,
    BILL_STATES,
    BILL_STATES_OF_MANY,
    CLIENT_GROUPS,
    DELIVERY_METHODS,
    PAYMENT_SOURCES,
    READING_SOURCES,
    RECALCULATION_GROUNDS,
)
from mailbot.wording.amounts import format_money, format_quantity
from mailbot.wording.case_titles import DELIVERY_STATES
from mailbot.wording.charge_reasons import format_month
from mailbot.wording.resources import with_raised_powers


def month_short(month: Month) -> str:
    """«11.26», under a column."""
    return f"{month.number:02}.{month.year % 100:02}"


def day(at: date | None) -> str:
    """«20.11.2026»; empty for none."""
    return f"{at:%d.%m.%Y}" if at else ""


def whole(number: int) -> str:
    """«12 400» with a no-break space."""
    return f"{number:,}".replace(",", "\u00a0")


def upper_first(words: str) -> str:
    """As a line begins; what follows stays («Через ЭДО»)."""
    return words[:1].upper() + words[1:]


def letter_words(letter: BillLetter) -> str:
    """«отправлено», «вернулось», «в очереди»…"""
    return "вернулось" if letter.stands is BillState.RETURNED else DELIVERY_STATES[letter.state]


@dataclass(frozen=True, slots=True)
class BillStanding:
    """Where a bill stands, in words: what became of it, and the `rest` of the sentence."""

    words: str
    rest: str
    troubled: bool
    done: bool


def bill_standing(bill: SentBill) -> BillStanding:
    """«отправлена 03.11 10:14 на …», «задержана: …»."""
    state, why = bill.state, f": {bill.detail}" if bill.detail else ""
    return BillStanding(BILL_STATES[state], _rest(bill, why), state.needs_person, state.is_done)


def _rest(bill: SentBill, why: str) -> str:
    match bill.state:
        case BillState.SENT:
            return f" {moment(bill.at)} на {bill.recipient}"
        case BillState.QUEUED:
            return f" с {moment(bill.at)}, на {bill.recipient}"
        case BillState.RETURNED:
            return f" с {bill.recipient}{why}"
        case BillState.REFUSED:
            return f" на {bill.recipient}{why}"
        case BillState.UNCERTAIN:
            return f" до {bill.recipient}{why}"
        case BillState.HELD | BillState.TO_PRINT:
            return why
        case BillState.PRINTED | BillState.EXPORTED:
            return f" {moment(bill.at)}"
        case BillState.TO_EXPORT:
            return ""
        case _:
            assert_never(bill.state)


def details(ground: Adjustment) -> str:
    """«2 чел.» or «54 ч, 14 °C»: what the ground's own figures are."""
    words = [f"{ground.residents} чел."] if ground.residents else []
    words += [f"{format_quantity(ground.hours)} ч"] if ground.hours else []
    words += [f"{format_quantity(ground.degrees)} °C"] if ground.degrees else []
    return ", ".join([*words, "тупиковая магистраль"] if ground.dead_end else words)


def teach(app: Flask) -> None:
    """Give all templates these words."""
    app.jinja_env.filters.update(
        money=format_money,
        quantity=format_quantity,
        month=format_month,
        month_short=month_short,
        day=day,
        units=with_raised_powers,
        whole=whole,
        upper_first=upper_first,
        letter_words=letter_words,
        bill_standing=bill_standing,
        line_words=line_title,
        ground_details=details,
    )
    app.jinja_env.globals.update(
        GROUPS=CLIENT_GROUPS, BILLS=DELIVERY_METHODS, SOURCES=READING_SOURCES,
        PAID=PAYMENT_SOURCES, GROUNDS=RECALCULATION_GROUNDS, ACCOUNT_EVENTS=ACCOUNT_EVENTS,
        BILL_STATES=BILL_STATES, BILL_STATES_OF_MANY=BILL_STATES_OF_MANY, TROUBLE=FAILED_STATES,
    )  # fmt: skip
