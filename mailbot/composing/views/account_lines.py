"""What a letter may show of an account: every figure ready to print, and none for an address that is not its client's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal

from mailbot.composing import money_wording as words
from mailbot.composing import wording
from mailbot.composing.views.charge_comparison import compare_charges
from mailbot.model import AccountState, CaseContext, Client, Decision, DeliveryMethodChange
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.ledger.balance import BalanceStanding
from mailbot.model.ledger.charges import ChargeLine
from mailbot.wording.resources import RESOURCES, format_unit


@dataclass(frozen=True, slots=True)
class SumLine:
    """A line of a charge: «0,85 Гкал × 2 345,60 ₽», the sum, and why. What a line does not have is empty."""

    title: str
    month: str
    reckoned: str
    sum: str
    because: str


@dataclass(frozen=True, slots=True)
class MeterLine:
    """A meter and its newest reading in the ledger; `value` is empty where it has none."""

    meter: str
    resource: str
    value: str
    unit: str
    date: str


@dataclass(frozen=True, slots=True)
class SubmittedValueLine:
    """A value of the client's letters: when it came, and what became of it."""

    value: str
    what: str
    date: str
    outcome: str


@dataclass(frozen=True, slots=True)
class AccountLines:
    """An account as printed. `balance` is without a sign, `standing` says which; `overdue` is the part of a
    debt whose day has passed. `charged`, `month`, `due`, `compared`, `lines` are of the newest charge, empty without."""

    number: str
    address: str
    as_of: str
    standing: BalanceStanding
    balance: str
    overdue: str
    charged: str
    month: str
    due: str
    compared: str
    lines: tuple[SumLine, ...]
    payments: tuple[tuple[str, str], ...]
    meters: tuple[MeterLine, ...]
    sent: tuple[SubmittedValueLine, ...]


@dataclass(frozen=True, slots=True)
class BillDeliveryLines:
    """The way of getting the bill that a letter speaks of: `wanted`: by mail, or else on paper."""

    account: str
    address: str
    email: str
    wanted: DeliveryMethod

    @property
    def by_email(self) -> bool:
        return self.wanted is DeliveryMethod.EMAIL


def is_account_of(client: Client | None, account: str, recipient: str) -> bool:
    """May the recipient hear of the account? Only where the register ties the very address to it."""
    return client is not None and recipient in client.emails and account in client.accounts


def may_disclose(decision: Decision, context: CaseContext, recipient: str) -> bool:
    """Does all that the decided letter tells belong to its recipient? Asked anew here, whoever decided before."""
    known = {state.number for state in context.states}
    changed = (decision.change.account,) if decision.change else ()
    wanted = (*decision.accounts, *changed, *(document.account for document in decision.documents))
    return all(number in known and is_account_of(context.client, number, recipient) for number in wanted)


def build_account_lines(
    decision: Decision, context: CaseContext, recipient: str, zone: tzinfo
) -> tuple[AccountLines, ...]:
    """The accounts that the decision tells of, as far as they are the recipient's own."""
    return tuple(
        format_account(state, zone)
        for state in context.states
        if state.number in decision.accounts and is_account_of(context.client, state.number, recipient)
    )


def build_bill_lines(
    change: DeliveryMethodChange | None, context: CaseContext, recipient: str
) -> BillDeliveryLines | None:
    """What the letter says of the bill's delivery; None where it says nothing, or not to the client."""
    if change is None or not is_account_of(context.client, change.account, recipient):
        return None
    address = next(
        (state.account.premises.address for state in context.states if state.number == change.account), ""
    )
    return BillDeliveryLines(change.account, wording.single_line(address), recipient, change.delivery)


def format_account(state: AccountState, zone: tzinfo) -> AccountLines:
    """The figures of one account; the caller has made sure who reads them."""
    last = state.last
    return AccountLines(
        number=state.number,
        address=wording.single_line(state.account.premises.address),
        as_of=words.format_day(state.as_of),
        standing=BalanceStanding.of(state.balance),
        balance=words.format_money(abs(state.balance)),
        overdue=_overdue(state),
        charged=words.format_money(last.total) if last else "",
        month=words.format_month(last.month) if last else "",
        due=words.format_day(state.due) if state.due else "",
        compared=compare_charges(last, state.before) if last else "",
        lines=tuple(_sum_line(line) for line in last.lines) if last else (),
        payments=tuple(
            (words.format_day(payment.paid_on), words.format_money(payment.amount))
            for payment in state.payments
        ),
        meters=_meters(state),
        sent=_sent(state, zone),
    )


def _overdue(state: AccountState) -> str:
    """The debt of earlier months, or all of it once the newest charge is due, too; empty where nothing is late."""
    in_time = state.last.total if state.last and state.due and state.as_of <= state.due else Decimal(0)
    late = state.balance - max(in_time, Decimal(0))
    return words.format_money(late) if late > 0 else ""


def _sum_line(line: ChargeLine) -> SumLine:
    volume = f"{words.amount(line.volume)} {format_unit(line.unit)}" if line.unit else ""
    price = words.format_money(line.price) if line.price is not None else ""
    reckoned = " × ".join(part for part in (volume, price) if part)
    if line.benefit:
        reckoned += f", скидка {words.format_money(line.benefit)}"
    return SumLine(
        words.line_title(line),
        words.format_month(line.month),
        reckoned,
        words.format_money(line.sum),
        words.format_reason(line.because),
    )


def _meters(state: AccountState) -> tuple[MeterLine, ...]:
    return tuple(
        MeterLine(
            wording.single_line(meter.meter.serial),
            RESOURCES[meter.meter.resource],
            wording.format_quantity(meter.last.value) if meter.last else "",
            format_unit(meter.meter.unit),
            words.format_day(meter.last.day) if meter.last else "",
        )
        for meter in state.meters
    )


def _sent(state: AccountState, zone: tzinfo) -> tuple[SubmittedValueLine, ...]:
    return tuple(
        SubmittedValueLine(
            f"{wording.format_quantity(reading.value)} {format_unit(reading.unit)}".strip(),
            RESOURCES[reading.resource] if reading.resource else "показание",
            wording.format_date(reading.received_at, zone),
            "принято" if reading.accepted else f"не принято: {wording.single_line(reading.reason)}",
        )
        for reading in state.sent
    )
