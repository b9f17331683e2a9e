"""What the mail of a bill shows: the sum, the day, and the month's use held against last month's and last year's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mailbot.composing import money_wording as words
from mailbot.composing import wording
from mailbot.model import ContactChannels, Resource, Unit
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, LineKind, VolumeBasis
from mailbot.wording.resources import capitalized, format_unit

_BASES = {
    VolumeBasis.METER: "по показаниям",
    VolumeBasis.AVERAGE: "по среднему, показаний за месяц у нас нет",
    VolumeBasis.NORM: "по нормативу",
}


@dataclass(frozen=True, slots=True)
class ConsumptionLine:
    """A resource of the month: «Горячая вода», «4,5 м³», «по показаниям», and how it was before; empty where unknown."""

    resource: str
    volume: str
    basis: str
    compared: str


@dataclass(frozen=True, slots=True)
class BillView:
    """The variables of the bill's mail; a sum that is nothing is empty, but for `to_pay` and `charged`.

    `title` is «Квитанция» or «Счёт». `asked`: there is something to pay until `due`;
    `overpaid`: `to_pay` is what remains to the client. `owed` and `ahead` are the
    balance on `since`, `paid` what came in from that day up to `issued`. `picture` is the code's address in the
    letter, empty where it has none. `again`: this copy is not the first.
    """

    title: str
    greeting: str
    account: str
    address: str
    month: str
    to_pay: str
    asked: bool
    overpaid: bool
    due: str
    charged: str
    owed: str
    ahead: str
    paid: str
    since: str
    issued: str
    uses: tuple[ConsumptionLine, ...]
    picture: str
    again: bool
    channels: ContactChannels


def bill_title(bill: Bill) -> str:
    """How the document is called: organisations are sent a «счёт»."""
    return "Квитанция" if bill.account.group.is_individual else "Счёт"


def build_bill_view(bill: Bill, picture: str, *, again: bool) -> BillView:
    """The variables for that bill; `picture` is empty where the letter shows no code."""
    to_pay = bill.to_pay
    return BillView(
        title=bill_title(bill),
        greeting=wording.format_greeting(wording.single_line(bill.name)),
        account=wording.single_line(bill.account.number),
        address=wording.single_line(bill.account.premises.address),
        month=words.format_month(bill.month),
        to_pay=words.format_money(abs(to_pay)),
        asked=to_pay > 0,
        overpaid=to_pay < 0,
        due=words.format_day(bill.due),
        charged=words.format_money(bill.charge.total),
        owed=words.format_money(bill.opening) if bill.opening > 0 else "",
        ahead=words.format_money(-bill.opening) if bill.opening < 0 else "",
        paid=words.format_money(bill.paid) if bill.paid else "",
        since=words.format_day(bill.month.first),
        issued=words.format_day(bill.issued_on),
        uses=monthly_consumption(bill),
        picture=picture,
        again=again,
        channels=bill.channels,
    )


@dataclass(frozen=True, slots=True)
class _Used:
    volume: Decimal
    unit: Unit
    bases: frozenset[VolumeBasis]


def monthly_consumption(bill: Bill) -> tuple[ConsumptionLine, ...]:
    """The month's own use of each resource that is charged; a correction of other months is no use of this one."""
    lines = []
    before, year_ago = bill.previous, bill.year_ago
    for resource in bill.account.resources:
        now = _used(bill.charge, resource)
        if now is None:
            continue
        phrases = [
            _compared(now, charge, resource, bill.month)
            for charge in (before, year_ago)
            if charge is not None
        ]
        lines.append(
            ConsumptionLine(
                capitalized(resource),
                _quantity(now.volume, now.unit),
                _BASES[next(iter(now.bases))] if len(now.bases) == 1 else "",
                "; ".join(phrase for phrase in phrases if phrase),
            )
        )
    return tuple(lines)


def _used(charge: Charge, resource: Resource) -> _Used | None:
    """None where the charge measures nothing of the resource in its own month, or in units that cannot be added."""
    own = [
        line
        for line in charge.lines
        if line.kind is LineKind.CHARGE
        and line.month == charge.month
        and line.resource is resource
        and line.measured
    ]
    units = {line.unit for line in own if line.unit is not None}
    if len(units) != 1:
        return None
    volume = sum((line.volume for line in own), Decimal(0))
    return _Used(volume, units.pop(), frozenset(line.basis for line in own if line.basis is not None))


def _compared(now: _Used, charge: Charge, resource: Resource, month: Month) -> str:
    """«на 0,8 м³ больше, чем в сентябре»; empty where the two cannot be compared."""
    then = _used(charge, resource)
    if then is None or then.unit is not now.unit:
        return ""
    when = wording.format_in_month(charge.month, month.year)
    difference = now.volume - then.volume
    if difference == 0:
        return f"столько же, сколько {when}"
    word = "больше" if difference > 0 else "меньше"
    return f"на {_quantity(abs(difference), now.unit)} {word}, чем {when}"


def _quantity(volume: Decimal, unit: Unit) -> str:
    return f"{words.amount(volume)}\u00a0{format_unit(unit)}"
