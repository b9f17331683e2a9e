"""A charge held against the one before it: what it comes to, and what changed most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from mailbot.composing.money_wording import amount, format_money, format_month, line_title
from mailbot.model import Unit
from mailbot.model.ledger.charges import Charge, ChargeLine, add_sums
from mailbot.wording.resources import format_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """All lines of one title: their sum, and volume and price where they have one."""

    sum: Decimal
    volume: Decimal
    unit: Unit | None
    price: Decimal | None


NOTHING = _Matter(sum=Decimal("0.00"), volume=Decimal(0), unit=None, price=None)


def compare_charges(last: Charge, before: Charge | None) -> str:
    """One or two sentences, Russian; empty where there is no earlier charge."""
    if before is None:
        return ""
    difference = last.total - before.total
    if difference == 0:
        return f"Столько же начислено и за {format_month(before.month)}."
    word = "больше" if difference > 0 else "меньше"
    sentence = f"Это на {format_money(abs(difference))} {word}, чем за {format_month(before.month)} ({format_money(before.total)})."
    return f"{sentence} {_most(last.lines, before.lines)}".strip()


def _most(now: Iterable[ChargeLine], then: Iterable[ChargeLine]) -> str:
    """What changed most, and by what: the volume, the price, or that it was not there before."""
    new, old = _matters(now), _matters(then)
    changes = {name: new.get(name, NOTHING).sum - old.get(name, NOTHING).sum for name in {**new, **old}}
    name = max(changes, key=lambda line_name: abs(changes[line_name]))
    if changes[name] == 0:
        return ""
    is_, was = new.get(name, NOTHING), old.get(name, NOTHING)
    sign = "+" if changes[name] > 0 else "−"
    return f"Сильнее всего изменилось: {_lower(name)} ({sign}{format_money(abs(changes[name]))}){_explain_change(is_, was)}."


def _explain_change(is_: _Matter, was: _Matter) -> str:
    if was is NOTHING:
        return ", в прошлый раз этой строки не было"
    if is_ is NOTHING:
        return ", теперь этой строки нет"
    phrases = []
    if is_.unit is not None and is_.volume != was.volume:
        unit = format_unit(is_.unit)
        phrases.append(f"объём {amount(is_.volume)} {unit}, был {amount(was.volume)} {unit}")
    if is_.price is not None and was.price is not None and is_.price != was.price:
        phrases.append(f"цена {format_money(is_.price)}, была {format_money(was.price)}")
    return ": " + "; ".join(phrases) if phrases else ""


def _matters(lines: Iterable[ChargeLine]) -> dict[str, _Matter]:
    groups: dict[str, list[ChargeLine]] = {}
    for line in lines:
        groups.setdefault(line_title(line), []).append(line)
    return {name: _matter(group) for name, group in groups.items()}


def _matter(lines: list[ChargeLine]) -> _Matter:
    prices = {line.price for line in lines}
    return _Matter(
        sum=add_sums(line.sum for line in lines),
        volume=sum((line.volume for line in lines), Decimal(0)),
        unit=lines[0].unit,
        price=lines[0].price if len(prices) == 1 else None,
    )


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
