"""Remind of readings and of unpaid bills: each at most once a day, to those who get mail and have not refused.

candidates by portions ─► address of the register ▸ refusal ▸ letter ▸ gate ─► reminder + outbox, one commit
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.composing import NoRecipient, compose_reminder
from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month, RegisteredAccount
from mailbot.model.ledger.charges import add_sums
from mailbot.model.outgoing.reminder import Reminder, ReminderKind
from mailbot.policy.sending_gate import check_unsolicited_gate
from mailbot.services.client_links.reminder_stop import StopLinks
from mailbot.services.doctor import check_channels
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.delivery_way import choose_delivery
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts.accounts import registered
from mailbot.store.bills import monthly_sending, reminders
from mailbot.store.ledger import charges, payments
from mailbot.store.mail import reminder_opt_outs

PORTION = 50
"""Accounts a transaction: an answer waits for none noticeably."""

LAST = Month(9999, 12)
"""Beyond every charge."""


@dataclass(slots=True)
class ReminderRoundResult:
    """What was done, or (tried) would be. `early` (Russian): why today nobody is reminded.

    `sent` and `held` are (account, address) and (account, why); `refused` counts those who want no reminders,
    `nowhere` those without an address that could take one.
    """

    kind: ReminderKind
    month: Month | None = None
    early: str = ""
    sent: list[tuple[str, str]] = field(default_factory=list)
    held: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0
    nowhere: int = 0


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder that is due: of what, till when, and what is overdue (roubles)."""

    reminder: Reminder
    until: date
    overdue: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReminderRound:
    """One round of reminding. `dry`: nothing is kept or sent."""

    store: Store
    rules: ActiveRules
    links: StopLinks
    now: datetime
    dry: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.rules.rulebook.channels.time_zone)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


def remind(
    kind: ReminderKind, round_: ReminderRound, told: Callable[[int], None] = lambda _: None
) -> ReminderRoundResult:
    """Remind everybody whose reminder of that kind is due today; `told` hears of each portion's size.

    RequestRefused while the channels are not confirmed. Whoever runs it twice, or on two machines, sends nothing twice.
    """
    if fault := check_channels(round_.rules.rulebook.channels).fault:
        raise RequestRefused(fault)
    outcome = ReminderRoundResult(kind)
    for due in _due(kind, round_, outcome):
        _send(round_, due, outcome)
        told(len(due))
    return outcome


def _due(
    kind: ReminderKind, round_: ReminderRound, outcome: ReminderRoundResult
) -> Iterator[list[DueReminder]]:
    match kind:
        case ReminderKind.READINGS:
            return _readings(round_, outcome)
        case ReminderKind.DEBT:
            return _debts(round_, outcome)
        case _:
            assert_never(kind)


def _readings(round_: ReminderRound, outcome: ReminderRoundResult) -> Iterator[list[DueReminder]]:
    """Who has sent none for this month, on the last days on which they are taken."""
    terms, today = round_.rules.tariffs.terms, round_.today
    last = today.replace(day=terms.window_end)
    first = last - timedelta(days=round_.rules.rulebook.reminders.readings_days)
    if not first <= today <= last:
        outcome.early = f"о показаниях напоминаем с {first:%d.%m.%Y} по {last:%d.%m.%Y}"
        return
    outcome.month = month = Month.of(today)
    begun = datetime.combine(month.preceding.first.replace(day=terms.window_end), time(), round_.zone)
    since, after = begun + timedelta(days=1), ""
    while numbers := round_.store.ask(
        reminders.accounts_without_readings, month, since, today, after, PORTION
    ):
        yield [DueReminder(Reminder(ReminderKind.READINGS, number, month, 1), last) for number in numbers]
        after = numbers[-1]


def _debts(round_: ReminderRound, outcome: ReminderRoundResult) -> Iterator[list[DueReminder]]:
    """Who owes more than a trifle of the newest bill whose day has passed."""
    terms, today = round_.rules.tariffs.terms, round_.today
    closed = [run.month for run in round_.store.ask(charges.runs) if run.finished_at is not None]
    month = max((closed_month for closed_month in closed if terms.due(closed_month) < today), default=None)
    if month is None:
        outcome.early = "квитанций, срок оплаты которых прошёл, нет"
        return
    outcome.month, after, due_on = month, "", terms.due(month)
    while numbers := round_.store.ask(reminders.charged_by_mail, month, after, PORTION):
        late = overdue(round_.store, numbers, month)
        days = round_.store.ask(reminders.days_of, ReminderKind.DEBT, numbers, month)
        due = []
        for number in numbers:
            nth = round_.rules.rulebook.reminders.nth_today(due_on, days.get(number, ()), today)
            if nth is not None and late[number] > round_.rules.rulebook.reminders.least_debt:
                due.append(DueReminder(Reminder(ReminderKind.DEBT, number, month, nth), due_on, late[number]))
        yield due
        after = numbers[-1]


def overdue(store: Store, numbers: Sequence[str], month: Month) -> dict[str, Decimal]:
    """What each account owes of `month` and earlier ones, roubles; later charges count only where they take off."""
    issued = store.ask(charges.issued, numbers, LAST)
    paid = store.ask(payments.of_accounts, numbers)
    overdue_sums = {}
    for number in numbers:
        asked = [
            total if charge.month <= month else min(total, Decimal(0))
            for charge in issued.get(number, ())
            for total in (charge.principal + charge.penalty,)
        ]
        overdue_sums[number] = add_sums(asked) - add_sums(payment.amount for payment in paid.get(number, ()))
    return overdue_sums


def _send(round_: ReminderRound, due: Sequence[DueReminder], outcome: ReminderRoundResult) -> None:
    """Compose and keep one portion; each reminder is kept with its letter or not at all."""
    numbers = [reminder.reminder.account for reminder in due]
    if not numbers:
        return
    held = round_.store.ask(registered, numbers)
    to = _addresses(round_, numbers, outcome)
    if round_.dry:
        outcome.sent += [(number, to[number]) for number in numbers if number in to]
        return
    with round_.store.write() as transaction:
        for reminder in due:
            if (address := to.get(reminder.reminder.account)) is not None:
                _keep(transaction, round_, reminder, held[reminder.reminder.account], address, outcome)


def _addresses(round_: ReminderRound, numbers: Sequence[str], outcome: ReminderRoundResult) -> dict[str, str]:
    """Where the bills go, and nowhere else: who has refused reminders at one address is not written to at another."""
    contacts = round_.store.ask(monthly_sending.addresses, numbers)
    addresses = {}
    for number in numbers:
        _, known = contacts.get(number, (None, ()))
        way = choose_delivery(DeliveryMethod.EMAIL, known, round_.rules.rulebook)
        if way.recipient is None:
            outcome.nowhere += 1
        else:
            addresses[number] = way.recipient
    refused = round_.store.ask(reminder_opt_outs.refused, list(addresses.values()))
    kept = {number: address for number, address in addresses.items() if address.lower() not in refused}
    outcome.refused += len(addresses) - len(kept)
    return kept


def _keep(
    transaction: StoreTransaction,
    round_: ReminderRound,
    due: DueReminder,
    held: RegisteredAccount,
    address: str,
    outcome: ReminderRoundResult,
) -> None:
    rules, reminder = round_.rules, due.reminder
    try:
        letter = compose_reminder(
            reminder,
            held,
            rules.templates,
            to=address,
            until=due.until,
            overdue=due.overdue,
            stop_url=round_.links.link(address),
            now=round_.now,
        )
    except NoRecipient:
        outcome.nowhere += 1
        return
    stopped = check_unsolicited_gate(
        letter.recipient,
        monthly_sending.letters_today(transaction, letter.recipient, round_.now),
        rules.rulebook,
    )
    if not reminders.keep(transaction, reminder, letter, stopped, round_.today, round_.now):
        return
    if stopped is not None:
        outcome.held.append((reminder.account, stopped.reason))
    else:
        outcome.sent.append((reminder.account, letter.recipient))
