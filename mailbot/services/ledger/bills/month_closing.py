"""Close a month: charge every account once, in portions that are committed whole; a run that was cut off goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from decimal import Decimal
from hashlib import sha256

from mailbot.billing.month_charge import charge_month
from mailbot.billing.tariff_file import FILE
from mailbot.billing.tariffs import MissingTariff, Tariffs
from mailbot.model import RequestRefused
from mailbot.model.ledger.accounts_and_meters import BillingTerms, Month
from mailbot.model.ledger.charges import Charge, ChargeInputs, LineKind
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.accounts import billing_inputs
from mailbot.store.ledger import charges as charging
from mailbot.store.ledger.charges import ChargeRun

PORTION = 100
"""Accounts a transaction: small enough that a letter waits for none noticeably."""


def version_of(rules: ActiveRules) -> str:
    """The version of the tariffs that hold in the house."""
    return tariffs_version(next(source.text for source in rules.sources if source.name == FILE))


@dataclass(frozen=True, slots=True)
class ChargeRunPlan:
    """The month to be charged, by `tariffs` of that `version`, as of `now`. `newest` is the last month whose readings
    are all in: no later one can be closed. `only` names accounts; empty: all of them."""

    month: Month
    tariffs: Tariffs
    version: str
    by: str
    now: datetime
    newest: Month
    only: tuple[str, ...] = ()


def newest_closed(now: datetime, terms: BillingTerms, zone: tzinfo) -> Month:
    """The last month whose readings are all in at that moment, in the company's time zone."""
    return terms.month_for(now.astimezone(zone).date()).preceding


@dataclass(slots=True)
class ChargeRunResult:
    """What a run did. `faults`: accounts that could not be charged, and why (Russian)."""

    month: Month
    charged: int = 0
    before: int = 0
    total: Decimal = Decimal("0.00")
    penalties: Decimal = Decimal("0.00")
    corrections: int = 0
    finished: bool = False
    faults: list[tuple[str, str]] = field(default_factory=list)
    shown: list[Charge] = field(default_factory=list)

    def take(self, one: Charge) -> None:
        self.charged += 1
        self.total += one.total
        self.penalties += one.issued.penalty
        self.corrections += any(line.kind is LineKind.CORRECTION for line in one.lines)


def tariffs_version(text: str) -> str:
    """12 hex digits of the tariff file: a month is charged by one and the same."""
    return sha256(text.encode()).hexdigest()[:12]


def run_month(
    store: Store,
    plan: ChargeRunPlan,
    told: Callable[[int], None] = lambda _: None,
) -> ChargeRunResult:
    """Charge what is not charged yet; each portion is kept before the next begins.

    `told` hears of each portion's size.
    RequestRefused where the month is not over or cannot be closed; MissingTariff of one account stops no other.
    """
    _not_ahead(plan)
    month = plan.month
    with store.write() as transaction:
        run = charging.begin(
            transaction, charging.load_planned_run(transaction, month, plan.version, plan.by, plan.now)
        )
        done, _ = charging.count(transaction, month)
    outcome = ChargeRunResult(month, before=done)
    after = ""
    while True:
        with store.write() as transaction:
            charging.hold(transaction, month)
            numbers = charging.uncharged(transaction, month, after, PORTION, plan.only)
            charges = list(
                _charged(billing_inputs.books(transaction, numbers, run), month, plan.tariffs, outcome)
            )
            charging.save_charges(transaction, charges)
        for charge in charges:
            outcome.take(charge)
        told(len(numbers))
        if len(numbers) < PORTION:
            break
        after = numbers[-1]
    with store.write() as transaction:
        charging.hold(transaction, month)
        if not charging.uncharged(transaction, month, "", 1):
            charging.finish(transaction, month, plan.now)
            outcome.finished = True
    return outcome


def try_month(
    store: Store,
    plan: ChargeRunPlan,
    told: Callable[[int], None] = lambda _: None,
) -> ChargeRunResult:
    """What `run_month` would charge now; nothing is kept. The charges of `only` are shown whole."""
    _not_ahead(plan)
    month = plan.month
    run = store.ask(charging.load_planned_run, month, plan.version, plan.by, plan.now)
    outcome = ChargeRunResult(month, before=store.ask(charging.count, month)[0])
    for portion in _portions(store, run, plan.only):
        for charge in _charged(store.ask(billing_inputs.books, portion, run), month, plan.tariffs, outcome):
            outcome.take(charge)
            if plan.only:
                outcome.shown.append(charge)
        told(len(portion))
    return outcome


def _portions(store: Store, run: ChargeRun, only: Sequence[str]) -> Iterator[tuple[str, ...]]:
    after = ""
    while numbers := store.ask(charging.uncharged, run.month, after, PORTION, only):
        yield numbers
        after = numbers[-1]


def _charged(
    found: Sequence[ChargeInputs], month: Month, tariffs: Tariffs, outcome: ChargeRunResult
) -> Iterator[Charge]:
    for book in found:
        try:
            yield charge_month(book, month, tariffs)
        except (MissingTariff, ValueError) as error:
            outcome.faults.append((book.account.number, str(error)))


def _not_ahead(plan: ChargeRunPlan) -> None:
    if plan.month > plan.newest:
        raise RequestRefused(
            f"Показания за {plan.month} ещё принимаем, закрывать рано. Последний месяц, который можно закрыть: {plan.newest}."
        )
