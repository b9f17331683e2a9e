"""A bill in words: every figure ready to print, so that templates only lay out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.documents.charge_rows import (
    ChargeRow,
    ChargeTotals,
    build_rows,
    service_lines,
    sum_rows,
)
from mailbot.documents.company import Company, build_company
from mailbot.documents.consumption_chart import BillChart, build_charts
from mailbot.documents.qr_code import render_qr_png
from mailbot.documents.sum_words import spell_sum
from mailbot.model.bill.bill import Bill, MeterUse
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.ledger.charges import Charge, LineKind, add_sums
from mailbot.wording.amounts import format_money, format_quantity
from mailbot.wording.charge_reasons import format_month as month_words
from mailbot.wording.charge_reasons import format_reason, single_line
from mailbot.wording.resources import capitalized, format_unit

GROUPS = {
    ClientGroup.INDIVIDUAL: "individual",
    ClientGroup.BUSINESS: "organisation",
    ClientGroup.PROVIDER: "organisation",
}
"""The template of each group of clients."""

MAX_CHARTS = 4


@dataclass(frozen=True, slots=True)
class Payer:
    """`area` with its unit; `residents` empty where nobody is registered, as in a shop."""

    account: str
    name: str
    address: str
    area: str
    residents: str
    benefit: str


@dataclass(frozen=True, slots=True)
class BillMeterRow:
    """A meter of the bill; readings and `used` are empty where the month was not charged by them.
    `difference` is in the dial's unit, `used` in the bill's."""

    serial: str
    what: str
    unit: str
    first: str
    first_day: str
    last: str
    last_day: str
    used: str
    difference: str
    verified: str
    note: str


@dataclass(frozen=True, slots=True)
class BillPaymentRow:
    """A payment that came in."""

    day: str
    document: str
    sum: str


@dataclass(frozen=True, slots=True)
class BillPage:
    """What a bill's template shows. Sums have no «₽»; `pays`: something is asked for, `qr` (PNG, a pixel a module) is empty without.
    `balance` is the sum to pay, or what is paid ahead, never below zero. `penalty` is empty where there is none."""

    number: str
    month: str
    issued: str
    due: str
    company: Company
    payer: Payer
    rows: tuple[ChargeRow, ...]
    sums: ChargeTotals
    penalty: str
    penalty_because: str
    first_day: str
    last_day: str
    opening: str
    ahead: bool
    payments: tuple[BillPaymentRow, ...]
    paid: str
    charged: str
    pays: bool
    settled: bool
    balance: str
    balance_words: str
    sums_words: str
    compared: tuple[tuple[str, str], ...]
    dials: tuple[BillMeterRow, ...]
    charts: tuple[BillChart, ...]
    notices: tuple[str, ...]
    qr: bytes


def bill_page(bill: Bill, qr: bytes | None) -> BillPage:
    """The bill in words; `qr` is the text of its payment code."""
    lines, month = service_lines(bill.charge), bill.month
    fines = [line for line in bill.charge.lines if line.kind is LineKind.PENALTY]
    return BillPage(
        number=bill.number,
        month=month_words(month),
        issued=f"{bill.issued_on:%d.%m.%Y}",
        due=f"{bill.due:%d.%m.%Y}",
        company=build_company(bill.payee, bill.channels),
        payer=payer_name(bill),
        rows=build_rows(lines, month),
        sums=sum_rows(lines),
        penalty=format_money(add_sums(line.sum for line in fines)) if fines else "",
        penalty_because="; ".join(format_reason(line.because) for line in fines),
        first_day=f"{month.first:%d.%m.%Y}",
        last_day=f"{month.last:%d.%m.%Y}",
        opening=format_money(abs(bill.opening)),
        ahead=bill.opening < 0,
        payments=tuple(
            BillPaymentRow(
                f"{payment.paid_on:%d.%m.%Y}", single_line(payment.document), format_money(payment.amount)
            )
            for payment in bill.payments
        ),
        paid=format_money(bill.paid),
        charged=format_money(bill.charge.total),
        pays=bill.to_pay > 0,
        settled=not bill.to_pay,
        balance=format_money(abs(bill.to_pay)),
        balance_words=spell_sum(abs(bill.to_pay)),
        sums_words=spell_sum(add_sums(line.sum for line in lines)),
        compared=_compared(bill),
        dials=tuple(_dial(meter, bill.charge) for meter in bill.meters),
        charts=build_charts(bill.meters, MAX_CHARTS),
        notices=tuple(single_line(notice) for notice in bill.notices),
        qr=render_qr_png(qr, scale=1) if qr else b"",
    )


def payer_name(bill: Bill) -> Payer:
    account, premises = bill.account, bill.account.premises
    return Payer(
        account=account.number,
        name=single_line(bill.name),
        address=single_line(premises.address),
        area=f"{format_quantity(premises.area)} м²",
        residents=str(premises.residents) if premises.residents else "",
        benefit=f"{format_quantity(account.benefit_percent)} %" if account.benefit_percent else "",
    )


def _compared(bill: Bill) -> tuple[tuple[str, str], ...]:
    """What the month before and the same month of the last year were charged."""
    known = (bill.previous, bill.year_ago)
    return tuple((month_words(charge.month), format_money(charge.total)) for charge in known if charge)


def _dial(use: MeterUse, charge: Charge) -> BillMeterRow:
    meter, first, last = use.meter, use.first, use.last
    own = [line for line in charge.lines if line.meter == meter.serial and line.kind is LineKind.CHARGE]
    used = next((line for line in own if line.measured), None)
    return BillMeterRow(
        serial=meter.serial,
        what=capitalized(meter.resource),
        unit=format_unit(meter.unit),
        first=format_quantity(first.value) if first else "",
        first_day=f"{first.day:%d.%m.%Y}" if first else "",
        last=format_quantity(last.value) if last else "",
        last_day=f"{last.day:%d.%m.%Y}" if last else "",
        used=f"{format_quantity(used.volume)} {format_unit(meter.resource.unit)}" if used else "",
        difference=_difference(use),
        verified=f"{meter.verified_until:%d.%m.%Y}" if meter.verified_until else "",
        note="" if first else "показаний за месяц нет",
    )


def _difference(use: MeterUse) -> str:
    """Of a dial that went round, what it counted."""
    if use.first is None or use.last is None:
        return ""
    counted = use.last.value - use.first.value
    return format_quantity(counted + Decimal(10) ** use.meter.digits if counted < 0 else counted)
