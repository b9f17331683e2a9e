"""A month's bills at a glance: how many stand where, those that a person must look at, which provider is paused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.model.bill.sending import FAILED_STATES, BillSending, BillState, SentBill
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import search
from mailbot.store.accounts.search import FoundAccount
from mailbot.store.bills import monthly_sending, sending_status
from mailbot.store.ledger import charges
from mailbot.store.mail import sending_pace
from mailbot.store.mail.sending_pace import ProviderPace

WAYS = (DeliveryMethod.EMAIL, DeliveryMethod.PAPER, DeliveryMethod.EDO)
FIRST, PAGE = 10, 50
"""Bills shown of each list on the glance, and on a page of one list."""


@dataclass(frozen=True, slots=True)
class BillCount:
    """How many bills stand so."""

    state: BillState
    bills: int


@dataclass(frozen=True, slots=True)
class BillLine:
    """A bill with whose it is."""

    bill: SentBill
    account: FoundAccount


@dataclass(frozen=True, slots=True)
class BillList:
    """Bills that stand alike; `state` None: those on paper whose client waits for a mail. `more`: there are others."""

    state: BillState | None
    lines: tuple[BillLine, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class BillsPage:
    """`months` are those with a charge, the newest first; `month` None where there is none yet.

    `charged` accounts of the month; `made` their bills, of which `ways` go each way. `lists`: what a person must look
    at, or the one list asked for. `paused`: providers that take no more for a while.
    """

    months: tuple[Month, ...]
    month: Month | None
    finished: bool
    sending: BillSending | None
    charged: int
    ways: tuple[tuple[DeliveryMethod, int], ...]
    counts: tuple[BillCount, ...]
    lists: tuple[BillList, ...]
    paused: tuple[ProviderPace, ...]

    @property
    def made(self) -> int:
        return sum(count for _, count in self.ways)

    def of(self, state: BillState) -> int:
        return next((count.bills for count in self.counts if count.state is state), 0)


def bills_page(
    store: Store, now: datetime, month: Month | None = None, state: BillState | None = None, after: str = ""
) -> BillsPage:
    """The month's bills (None: of the newest charged month), and the list of one state beyond the account `after`, or
    (None) the lists of all that needs a person."""
    return store.ask(_page, now, month, state, after)


def _page(
    transaction: StoreTransaction, now: datetime, month: Month | None, state: BillState | None, after: str
) -> BillsPage:
    runs = charges.runs(transaction)
    months = tuple(run.month for run in reversed(runs))
    paused = tuple(
        pace for pace in sending_pace.paces(transaction) if pace.paused_until and pace.paused_until > now
    )
    wanted = month if month in months else next(iter(months), None)
    if wanted is None:
        return BillsPage((), None, False, None, 0, (), (), (), paused)
    ways, tally = sending_status.ways(transaction, wanted), sending_status.tally(transaction, wanted)
    if state is None:
        lists = _lists(transaction, wanted, [state for state in FAILED_STATES if state in tally])
    else:
        bills = sending_status.in_state(transaction, wanted, state, PAGE + 1, after)
        lists = (_list(transaction, state, bills, PAGE),)
    return BillsPage(
        months,
        wanted,
        any(run.month == wanted and run.finished_at is not None for run in runs),
        monthly_sending.sending(transaction, wanted),
        charges.count(transaction, wanted)[0],
        tuple((way, ways[way]) for way in WAYS if way in ways),
        tuple(BillCount(bill_state, tally[bill_state]) for bill_state in BillState if bill_state in tally),
        lists,
        paused,
    )


def _lists(transaction: StoreTransaction, month: Month, states: list[BillState]) -> tuple[BillList, ...]:
    lists = [(state, sending_status.in_state(transaction, month, state, FIRST + 1)) for state in states]
    paper = sending_status.instead_of_mail(transaction, month, FIRST + 1)
    every: list[tuple[BillState | None, tuple[SentBill, ...]]] = [*lists, (None, paper)]
    return tuple(_list(transaction, state, some, FIRST) for state, some in every if some)


def _list(
    transaction: StoreTransaction, state: BillState | None, found: tuple[SentBill, ...], most: int
) -> BillList:
    shown = found[:most]
    accounts = search.by_numbers(transaction, [bill.account for bill in shown])
    return BillList(state, tuple(map(BillLine, shown, accounts)), len(found) > most)
