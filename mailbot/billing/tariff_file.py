"""`rules/tariffs.toml`: prices and norms with their days of validity, checked for gaps and overlaps at start-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from mailbot.billing.penalty import PenaltyRate
from mailbot.billing.tariffs import HotWaterPricing, Price, Tariffs, Vat
from mailbot.model import Resource, RulebookError, SourceFile
from mailbot.model.ledger.accounts_and_meters import BillingTerms, ClientGroup, Norm
from mailbot.model.ledger.charges import PriceComponent
from mailbot.toml import TableFields, TableLocation, parse_toml

T = TypeVar("T")

FILE = "rules/tariffs.toml"
TABLES = ("terms", "area", "price", "norm", "vat", "penalty_rate")


def load_tariffs(source: SourceFile) -> Tariffs:
    """The tariffs of the file; RulebookError holds a line a fault: file, line, what to do."""
    faults: list[str] = []
    values = parse_toml(source, faults) or {}
    faults += [
        f"{source.name}:1: лишний раздел «{name}»; есть {', '.join(TABLES)}"
        for name in values
        if name not in TABLES
    ]

    def rows(header: str, build: Callable[[TableFields], T]) -> list[tuple[TableFields, T]]:
        table = values.get(header, [])
        if not isinstance(table, list) or not all(isinstance(row, dict) for row in table) or not table:
            if not faults or values:
                faults.append(f"{source.name}:1: нет ни одной строки [[{header}]]; допишите её")
            return []
        built = []
        for nth, row in enumerate(table, start=1):
            fields = TableFields(source, TableLocation(header, nth), row, faults)
            built.append((fields, build(fields)))
            fields.close()
        return built

    terms = _terms(source, values.get("terms"), faults)
    areas = rows("area", _area)
    prices = [(fields, price) for fields, many in rows("price", _prices) for price in many]
    norms = rows("norm", _norm)
    vats = rows("vat", _vat)
    rates = rows("penalty_rate", _rate)
    names = {name for _, (name, _, _) in areas}
    placed = [
        *((fields, price.area) for fields, price in prices),
        *((fields, norm.area) for fields, norm in norms),
    ]
    for fields, area in placed:
        if names and area not in names:
            fields.unknown("area", area, sorted(names))
    faults += _unlike_calendar(
        (fields, (price.component, price.group, price.area), price) for fields, price in prices
    )
    faults += _unlike_calendar((fields, (norm.resource, norm.area), norm) for fields, norm in norms)
    missing = {group for _, price in prices for group in (price.group,)} - {group for _, (group, _) in vats}
    faults += [
        f"{source.name}:1: не сказано, как с НДС для «{group}»; допишите [[vat]]" for group in sorted(missing)
    ]
    if faults:
        raise RulebookError(tuple(faults))
    return Tariffs(
        prices=tuple(price for _, price in prices),
        norms=tuple(norm for _, norm in norms),
        vat={group: vat for _, (group, vat) in vats},
        hot_water={name: kind for _, (name, kind, _) in areas},
        heat_in_water={name: k for _, (name, _, k) in areas},
        penalty_rates=tuple(rate for _, rate in rates),
        terms=terms,
    )


LAST_DAY = 28
"""No month is shorter: a later day would be missing in February."""


def _terms(source: SourceFile, table: object, faults: list[str]) -> BillingTerms:
    if not isinstance(table, dict):
        faults.append(
            f"{source.name}:1: нет раздела [terms]; допишите его: до какого числа показания и оплата"
        )
        return BillingTerms()
    fields = TableFields(source, TableLocation("terms"), table, faults)
    terms = BillingTerms(
        fields.whole("readings_since", 1), fields.whole("readings_until", 1), fields.whole("due_day", 1)
    )
    for key, day in (
        ("readings_since", terms.window_start),
        ("readings_until", terms.window_end),
        ("due_day", terms.due_day),
    ):
        if day > LAST_DAY:
            fields.fault(key, f"поле «{key}»: нужно число месяца от 1 до {LAST_DAY}")
    if terms.window_start > terms.window_end:
        fields.fault(
            "readings_since", "показания принимают с числа, которое позже последнего; поменяйте их местами"
        )
    fields.close()
    return terms


def _area(fields: TableFields) -> tuple[str, HotWaterPricing, Decimal]:
    return fields.text("name"), fields.choice("hot_water", HotWaterPricing), fields.amount("heat_in_water")


def _prices(fields: TableFields) -> tuple[Price, ...]:
    """A row names several groups of clients where they pay the same."""
    component = fields.choice("component", PriceComponent)
    groups = fields.texts("groups")
    for group in groups:
        if group not in tuple(ClientGroup):
            fields.unknown("groups", group, tuple(ClientGroup))
    area, value = fields.text("area"), fields.amount("value")
    since, until, source = fields.day("since"), fields.optional_day("until"), fields.text("source")
    known = [ClientGroup(group) for group in groups if group in tuple(ClientGroup)]
    return tuple(Price(component, group, area, value, since, until, source) for group in known)


def _norm(fields: TableFields) -> Norm:
    return Norm(
        fields.choice("resource", Resource),
        fields.text("area"),
        fields.amount("value"),
        fields.day("since"),
        fields.optional_day("until"),
        fields.text("source"),
    )


def _vat(fields: TableFields) -> tuple[ClientGroup, Vat]:
    return fields.choice("group", ClientGroup), Vat(fields.amount("percent"), fields.flag("included"))


def _rate(fields: TableFields) -> PenaltyRate:
    return PenaltyRate(fields.day("since"), fields.amount("percent"))


def _unlike_calendar(rows: Iterator[tuple[TableFields, object, Price | Norm]]) -> Iterator[str]:
    """Days with two prices, or none between two prices of a kind; an end before its beginning."""
    kinds: dict[object, list[tuple[TableFields, Price | Norm]]] = defaultdict(list)
    for fields, kind, entry in rows:
        kinds[kind].append((fields, entry))
    for many in kinds.values():
        many.sort(key=lambda row: row[1].since)
        for fields, entry in many:
            if entry.until is not None and entry.until < entry.since:
                yield f"{fields.place('until')}: срок кончается раньше, чем начинается; исправьте since или until"
        for (_, before), (fields, after) in pairwise(many):
            if before.until is None or before.until >= after.since:
                last = f"до {before.until:%d.%m.%Y}" if before.until else "без конца"
                yield (
                    f"{fields.place('since')}: с {after.since:%d.%m.%Y} действуют две цены сразу, прежняя — {last}; "
                    "поставьте прежней until на день раньше"
                )
            elif before.until + timedelta(days=1) < after.since:
                yield (
                    f"{fields.place('since')}: между {before.until:%d.%m.%Y} и {after.since:%d.%m.%Y} цены нет; "
                    "сдвиньте since или until"
                )
