"""A month's bills leave: each account's bill is made and put into the outbox once, a sending that is cut off goes on.

charged account ─way─► mail: PDF ▸ letter ▸ gate ─► bill + outbox, one commit ─► deliver, at the pace of bills
                   └──► paper, ЭДО: a row that waits for `bill print`, `bill edo`
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailbot.composing import NoRecipient
from mailbot.model import OutgoingLetter, RequestRefused
from mailbot.model.bill.sending import BillRoute, BillSending
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.policy.sending_gate import check_unsolicited_gate
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.delivery_way import choose_delivery
from mailbot.services.ledger.bills.press import BillRenderer, refuse_examples
from mailbot.store import Store, StoreTransaction
from mailbot.store.bills import monthly_sending
from mailbot.store.mail import account_letter_failures

PORTION = 20
"""Accounts a transaction: it holds only finished letters, so an answer waits for none noticeably."""


@dataclass(slots=True)
class BillSendingResult:
    """What a sending did: `ways` counts bills by the way they go. The lists are (account, why), Russian.

    `held`: the gate stopped the letter. `on_paper`: a mail was wanted, paper it is. `faults`: no bill could be made.
    """

    month: Month
    sending: BillSending | None = None
    ways: dict[DeliveryMethod, int] = field(default_factory=dict)
    held: list[tuple[str, str]] = field(default_factory=list)
    on_paper: list[tuple[str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    finished: bool = False

    def take(self, number: str, way: BillRoute) -> None:
        self.ways[way.delivery] = self.ways.get(way.delivery, 0) + 1
        if way.why:
            self.on_paper.append((number, way.why))


@dataclass(frozen=True, slots=True)
class _Made:
    """A bill that is ready to be kept: `letter` where it goes by mail."""

    account: str
    number: str
    way: BillRoute
    letter: OutgoingLetter | None


def issue_day(rules: ActiveRules, now: datetime) -> date:
    """The day that the month's bills bear, where they are begun now."""
    return now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)).date()


def send_month(
    store: Store,
    month: Month,
    rules: ActiveRules,
    *,
    by: str,
    clock: Callable[[], datetime],
    only: Sequence[str] = (),
    wanted: DeliveryMethod | None = None,
    told: Callable[[int], None] = lambda _: None,
) -> BillSendingResult:
    """Make every bill of the closed month that is not made yet, and put the letters into the outbox.

    All figures are as of the moment the sending first began. `wanted`: only of clients who chose that way. `told`
    hears of each portion's size. RequestRefused where the month is open, or requisites or channels are not confirmed.
    """
    refuse_examples(rules)
    now = clock()
    with store.write() as transaction:
        sending = monthly_sending.begin(transaction, month, issue_day(rules, now), by, now)
    press, outcome, after = BillRenderer(rules, sending), BillSendingResult(month, sending), ""
    while numbers := store.ask(monthly_sending.unbilled, month, after, PORTION, only, wanted):
        made = _make(store, press, numbers, outcome)
        with store.write() as transaction:
            for made_bill in made:
                _keep(transaction, made_bill, press, outcome, clock())
        told(len(numbers))
        after = numbers[-1]
    with store.write() as transaction:
        outcome.finished = monthly_sending.finish(transaction, month, clock())
    return outcome


def try_sending(
    store: Store,
    month: Month,
    rules: ActiveRules,
    *,
    only: Sequence[str] = (),
    told: Callable[[int], None] = lambda _: None,
) -> BillSendingResult:
    """What `send_month` would do now: how many bills go which way; nothing is made or kept."""
    store.ask(monthly_sending.refuse_open, month)
    outcome, after = BillSendingResult(month), ""
    while numbers := store.ask(monthly_sending.unbilled, month, after, 500, only):
        for number, way in _ways(store, numbers, rules).items():
            outcome.take(number, way)
            if way.recipient and (held := check_unsolicited_gate(way.recipient, 0, rules.rulebook)):
                outcome.held.append((number, held.reason))
        told(len(numbers))
        after = numbers[-1]
    return outcome


def _ways(store: Store, numbers: Sequence[str], rules: ActiveRules) -> dict[str, BillRoute]:
    addresses = store.ask(monthly_sending.addresses, numbers)
    return {number: choose_delivery(*addresses[number], rules.rulebook) for number in numbers}


def _make(
    store: Store, press: BillRenderer, numbers: Sequence[str], outcome: BillSendingResult
) -> list[_Made]:
    """Set and compose outside any transaction: it takes long, and nobody may wait for it."""
    ways = _ways(store, numbers, press.rules)
    bills = {month_bill.account.number: month_bill for month_bill in store.ask(press.bills, numbers)}
    made = []
    for number in numbers:
        way, bill = ways[number], bills[number]
        try:
            letter = press.letter(bill, way.recipient) if way.recipient else None
        except (NoRecipient, RequestRefused, ValueError) as error:
            outcome.faults.append((number, str(error)))
            continue
        made.append(_Made(number, bill.number, way, letter))
    return made


def _keep(
    transaction: StoreTransaction, one: _Made, press: BillRenderer, outcome: BillSendingResult, now: datetime
) -> None:
    """The account's bill and its letter, both or neither; nothing where another sender was first."""
    sending, rulebook = press.sending, press.rules.rulebook
    if not monthly_sending.save_bill(transaction, one.account, sending, one.number, one.way, now):
        return
    outcome.take(one.account, one.way)
    if one.way.why:
        account_letter_failures.log_bill_event(
            transaction,
            one.account,
            f"квитанция {one.number} на бумаге: {one.way.why}",
            sending.by,
            now,
        )
    if one.letter is None:
        return
    to = one.letter.recipient
    held = check_unsolicited_gate(to, monthly_sending.letters_today(transaction, to, now), rulebook)
    day = issue_day(press.rules, now)
    outbox_id = monthly_sending.queue_unasked(
        transaction, one.account, sending.month, one.letter, held, day, now
    )
    monthly_sending.point_to_letter(transaction, one.account, sending.month, outbox_id, to)
    if held is not None:
        outcome.held.append((one.account, held.reason))
        event = f"квитанция {one.number} задержана: {held.reason}"
        account_letter_failures.log_bill_event(transaction, one.account, event, sending.by, now)
