"""A client's account at a glance: who it is, what the meters showed, what was charged and paid, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mailbot.billing.statement import build_statement, calculate_balance, first_month
from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month, RegisteredAccount
from mailbot.model.ledger.charges import Charge
from mailbot.model.ledger.reconciliation import Statement
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts.ledger_record import AccountStory, story_of

SHOWN_MONTHS = 12
"""So many of the newest months a statement has where nobody asks for others."""


@dataclass(frozen=True, slots=True)
class MeterStatus:
    """A meter, the newest of its readings that count, and whether it is in order today."""

    meter: Meter
    last: DatedReading | None
    in_order: bool


@dataclass(frozen=True, slots=True)
class AccountCard:
    """`balance` is what is owed by all that is in the books (below zero: paid ahead), whatever months the statement
    has. `last` is the newest charge of them."""

    held: RegisteredAccount
    meters: tuple[MeterStatus, ...]
    statement: Statement
    balance: Decimal
    last: Charge | None


def account_card(
    where: Store | StoreTransaction,
    number: str,
    *,
    today: date,
    since: Month | None = None,
    until: Month | None = None,
) -> AccountCard:
    """The card with the statement from `since` to `until`, both inclusive: the last year where none is named.

    RequestRefused where the register does not have the account, or the months are the wrong way round.
    """
    number = "".join(number.split())
    story = where.ask(story_of, number) if isinstance(where, Store) else story_of(where, number)
    if story is None:
        raise RequestRefused(f"Лицевого счёта {number} в реестре нет. Проверьте номер.")
    last = until or max([Month.of(today), *(charge.month for charge in story.charges)])
    first = since or _first(story, last)
    if last < first:
        raise RequestRefused(
            f"Сверка кончается ({last}) раньше, чем начинается ({first}). Поменяйте месяцы местами."
        )
    meters = tuple(_state(meter, story, today) for meter in story.held.account.meters)
    return AccountCard(
        story.held,
        meters,
        build_statement(story.charges, story.payments, first, last),
        calculate_balance(story.charges, story.payments),
        max(
            (charge for charge in story.charges if charge.month <= last),
            key=lambda charge: charge.month,
            default=None,
        ),
    )


def _first(story: AccountStory, last: Month) -> Month:
    begun = first_month(story.charges, story.payments) or last
    return min(last, max(begun, last.back(SHOWN_MONTHS - 1)))


def _state(meter: Meter, story: AccountStory, today: date) -> MeterStatus:
    own = [reading for reading in story.readings if reading.meter == meter.serial]
    return MeterStatus(
        meter, max(own, key=lambda reading: (reading.month, reading.day), default=None), meter.in_order(today)
    )
