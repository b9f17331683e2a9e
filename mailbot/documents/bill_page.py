"""A bill in words: every figure ready to print, so that templates only lay out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.documents.charge_rows import RESOURCES, Row, RowSums, row_sums, rows, services, unit_words
from mailbot.documents.columns import MEASURED_IN, Chart, charts
from mailbot.documents.company import Company, company_of
from mailbot.documents.qr_code import qr_png
from mailbot.documents.sum_words import sum_words
from mailbot.model.bill import Bill, MeterUse
from mailbot.model.charges import Charge, LineKind, added
from mailbot.model.figures import money, quantity
from mailbot.model.ledger import ClientGroup
from mailbot.model.reasons import month as month_words
from mailbot.model.reasons import one_line, plain

GROUPS = {
    ClientGroup.INDIVIDUAL: "individual",
    ClientGroup.BUSINESS: "organisation",
    ClientGroup.PROVIDER: "organisation",
}
"""The template of each group of clients."""

MOST_CHARTS = 4


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
class Dial:
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
class Money:
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
    rows: tuple[Row, ...]
    sums: RowSums
    penalty: str
    penalty_because: str
    first_day: str
    last_day: str
    opening: str
    ahead: bool
    payments: tuple[Money, ...]
    paid: str
    charged: str
    pays: bool
    balance: str
    balance_words: str
    sums_words: str
    compared: tuple[tuple[str, str], ...]
    dials: tuple[Dial, ...]
    charts: tuple[Chart, ...]
    notices: tuple[str, ...]
    qr: bytes


def bill_page(bill: Bill, qr: bytes | None) -> BillPage:
    """The bill in words; `qr` is the text of its payment code."""
    lines, month = services(bill.charge), bill.month
    fines = [line for line in bill.charge.lines if line.kind is LineKind.PENALTY]
    return BillPage(
        number=bill.number,
        month=month_words(month),
        issued=f"{bill.issued_on:%d.%m.%Y}",
        due=f"{bill.due:%d.%m.%Y}",
        company=company_of(bill.payee, bill.channels),
        payer=payer_of(bill),
        rows=rows(lines, month),
        sums=row_sums(lines),
        penalty=money(added(line.sum for line in fines)) if fines else "",
        penalty_because="; ".join(plain(line.because) for line in fines),
        first_day=f"{month.first:%d.%m.%Y}",
        last_day=f"{month.last:%d.%m.%Y}",
        opening=money(abs(bill.opening)),
        ahead=bill.opening < 0,
        payments=tuple(
            Money(f"{one.paid_on:%d.%m.%Y}", one_line(one.document), money(one.amount))
            for one in bill.payments
        ),
        paid=money(bill.paid),
        charged=money(bill.charge.total),
        pays=bill.to_pay > 0,
        balance=money(abs(bill.to_pay)),
        balance_words=sum_words(abs(bill.to_pay)),
        sums_words=sum_words(added(line.sum for line in lines)),
        compared=_compared(bill),
        dials=tuple(_dial(one, bill.charge) for one in bill.meters),
        charts=charts(bill.meters, MOST_CHARTS),
        notices=tuple(one_line(one) for one in bill.notices),
        qr=qr_png(qr, scale=1) if qr else b"",
    )


def payer_of(bill: Bill) -> Payer:
    account, premises = bill.account, bill.account.premises
    return Payer(
        account=account.number,
        name=one_line(bill.name),
        address=one_line(premises.address),
        area=f"{quantity(premises.area)} м²",
        residents=str(premises.residents) if premises.residents else "",
        benefit=f"{quantity(account.benefit_percent)} %" if account.benefit_percent else "",
    )


def _compared(bill: Bill) -> tuple[tuple[str, str], ...]:
    """What the month before and the same month of the last year were charged."""
    known = (bill.previous, bill.year_ago)
    return tuple((month_words(one.month), money(one.total)) for one in known if one)


def _dial(use: MeterUse, charge: Charge) -> Dial:
    meter, first, last = use.meter, use.first, use.last
    own = [line for line in charge.lines if line.meter == meter.serial and line.kind is LineKind.CHARGE]
    used = next((line for line in own if line.measured), None)
    return Dial(
        serial=meter.serial,
        what=RESOURCES[meter.resource],
        unit=unit_words(meter.unit),
        first=quantity(first.value) if first else "",
        first_day=f"{first.day:%d.%m.%Y}" if first else "",
        last=quantity(last.value) if last else "",
        last_day=f"{last.day:%d.%m.%Y}" if last else "",
        used=f"{quantity(used.volume)} {unit_words(MEASURED_IN[meter.resource])}" if used else "",
        difference=_difference(use),
        verified=f"{meter.verified_until:%d.%m.%Y}" if meter.verified_until else "",
        note="" if first else "показаний за месяц нет",
    )


def _difference(use: MeterUse) -> str:
    """Of a dial that went round, what it counted."""
    if use.first is None or use.last is None:
        return ""
    counted = use.last.value - use.first.value
    return quantity(counted + Decimal(10) ** use.meter.digits if counted < 0 else counted)
