"""The lines of a charge as rows of a table: what, how much, at which price, and how each sum came about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mailbot.model import Unit
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, ChargeLine, LineKind, PriceComponent, add_sums
from mailbot.wording.amounts import format_money, format_quantity
from mailbot.wording.charge_reasons import BASES, KINDS, format_month, format_reason
from mailbot.wording.resources import capitalized, format_unit, with_raised_powers

_COMPONENTS = {
    PriceComponent.HEAT: "тепло на нагрев",
    PriceComponent.COLD_WATER: "холодная вода",
    PriceComponent.HEAT_CARRIER: "теплоноситель",
    PriceComponent.HOT_WATER: "",
}
_UNIT_CODES = {Unit.GCAL: "233", Unit.M3: "113", Unit.GJ: "", Unit.MWH: "246", Unit.KWH: "245"}
"""Of the ОКЕИ, which has none for gigajoules."""


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A row in words. `charged` is before the benefit, `changed` a recalculation's; what a line does not have is empty:
    charged + changed − benefit = total. `net` and `vat` part the total; `rate` is the tax's, `unit_code` of the ОКЕИ."""

    title: str
    unit: str
    unit_code: str
    volume: str
    price: str
    charged: str
    changed: str
    benefit: str
    net: str
    rate: str
    vat: str
    total: str
    because: str


@dataclass(frozen=True, slots=True)
class ChargeTotals:
    """The last row. `vat_note` is one sentence on the tax."""

    charged: str
    changed: str
    benefit: str
    net: str
    vat: str
    total: str
    vat_note: str


def service_lines(charge: Charge) -> tuple[ChargeLine, ...]:
    """The lines that are for services: all but the penalty."""
    return tuple(line for line in charge.lines if line.kind is not LineKind.PENALTY)


def build_rows(lines: Iterable[ChargeLine], month: Month) -> tuple[ChargeRow, ...]:
    """A row a line, in their order; months other than `month` are named."""
    known = tuple(lines)
    rate = _rate(known)
    return tuple(_row(line, month, rate if line.vat else "без НДС") for line in known)


def _rate(lines: Iterable[ChargeLine]) -> str:
    """The rate of the tax, «22 %», of all lines together: of a line of kopecks it could not be told."""
    taxed = [line for line in lines if line.vat]
    net = sum((abs(line.net) for line in taxed), Decimal(0))
    vat = sum((abs(line.vat) for line in taxed), Decimal(0))
    return f"{format_quantity((vat * 100 / net).quantize(Decimal(1)))} %" if net else "без НДС"


def _row(line: ChargeLine, month: Month, rate: str) -> ChargeRow:
    own = line.kind is LineKind.CHARGE
    whole = format_money(line.sum + line.benefit)
    return ChargeRow(
        title=_title(line, month),
        unit=format_unit(line.unit),
        unit_code=_UNIT_CODES[line.unit] if line.unit else "",
        volume=format_quantity(line.volume) if line.unit else "",
        price=format_money(line.price) if line.price is not None and line.unit else "",
        charged=whole if own else "",
        changed="" if own else whole,
        benefit=format_money(line.benefit) if line.benefit else "",
        net=format_money(line.net),
        rate=rate,
        vat=format_money(line.vat),
        total=format_money(line.sum),
        because=_because(line),
    )


def _title(line: ChargeLine, month: Month) -> str:
    head = capitalized(line.resource) if line.resource else ""
    part = _COMPONENTS[line.component] if line.of_component and line.component else ""
    when = f"за {format_month(line.month)}" if line.month != month else ""
    rest = ", ".join(detail for detail in (part, KINDS[line.kind], when) if detail)
    return ": ".join(phrase for phrase in (head, rest) if phrase) if head else rest.capitalize()


def _because(line: ChargeLine) -> str:
    basis = BASES[line.basis] if line.basis else ""
    of_meter = f"прибор {line.meter}" if line.meter else ""
    parts = (basis, of_meter) if line.basis is None or line.basis.estimated else (of_meter,)
    head = ", ".join(part for part in parts if part)
    return with_raised_powers(format_reason(f"{head}: {line.because}" if head else line.because))


def sum_rows(lines: Iterable[ChargeLine]) -> ChargeTotals:
    """The sums of the rows, each reckoned of the lines themselves."""
    known = tuple(lines)
    own = add_sums(line.sum + line.benefit for line in known if line.kind is LineKind.CHARGE)
    changed = add_sums(line.sum + line.benefit for line in known if line.kind is not LineKind.CHARGE)
    vat = add_sums(line.vat for line in known)
    return ChargeTotals(
        charged=format_money(own),
        changed=format_money(changed),
        benefit=format_money(add_sums(line.benefit for line in known)),
        net=format_money(add_sums(line.net for line in known)),
        vat=format_money(vat),
        total=format_money(add_sums(line.sum for line in known)),
        vat_note=_vat_note(known, vat),
    )


def _vat_note(lines: tuple[ChargeLine, ...], vat: Decimal) -> str:
    if not any(line.vat for line in lines):
        return "НДС не облагается."
    where = "Тарифы указаны без НДС, налог добавлен к сумме." if _on_top(lines) else "Тарифы указаны с НДС."
    return f"В том числе НДС: {format_money(vat)} руб.. {where}"


def _on_top(lines: tuple[ChargeLine, ...]) -> bool:
    """Was the tax added to the price? Then the price gives the sum without it."""
    priced = [line for line in lines if line.price is not None and line.unit and line.vat]
    return any(
        abs(line.volume * (line.price or 0) - line.benefit - line.net) < Decimal("0.01") for line in priced
    )
