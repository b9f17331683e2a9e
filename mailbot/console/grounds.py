"""Grounds of recalculation in a terminal, and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailbot.model.ledger.charges import Adjustment
from mailbot.services.ledger.recalculation import RecalculationResult, format_ground
from mailbot.store.ledger.adjustments import LedgerAdjustment
from mailbot.wording.account_titles import RECALCULATION_GROUNDS
from mailbot.wording.amounts import format_quantity
from mailbot.wording.resources import RESOURCES


def format_details(ground: Adjustment) -> str:
    """«2 чел.» or «54 ч, +14 °C»: what the ground's own figures are."""
    words = [f"{ground.residents} чел."] if ground.residents else []
    words += [f"{format_quantity(ground.hours)} ч"] if ground.hours else []
    words += [f"{format_quantity(ground.degrees)} °C"] if ground.degrees else []
    return ", ".join([*words, "тупиковая магистраль"] if ground.dead_end else words)


def ground_table(rows: Iterable[LedgerAdjustment]) -> Table:
    """Grounds as the book holds them; a cancelled one says by which row."""
    table = Table()
    for heading in ("№", "Услуга", "Основание", "Период", "Сколько", "Документ", "Внёс"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        ground = row.ground
        state = f" (отменено строкой № {row.cancelled_by})" if row.cancelled_by else ""
        state += f" (отменяет № {row.cancels})" if row.cancels else ""
        period = f"{ground.first:%d.%m.%Y}–{ground.last:%d.%m.%Y}"
        words = [
            str(row.id),
            RESOURCES[ground.resource],
            RECALCULATION_GROUNDS[ground.ground],
            period,
            format_details(ground),
        ]
        table.add_row(*(Text(word) for word in [*words, ground.document + state, row.by]))
    return table


def ground_json(one: LedgerAdjustment) -> dict[str, object]:
    """A ground as the keys of `mailbot recalculate list --json`; figures are exact text."""
    ground = one.ground
    return {
        "id": one.id,
        "account": one.account,
        "resource": ground.resource,
        "ground": ground.ground,
        "first": ground.first.isoformat(),
        "last": ground.last.isoformat(),
        "residents": ground.residents,
        "hours": str(ground.hours),
        "degrees": str(ground.degrees),
        "dead_end": ground.dead_end,
        "document": ground.document,
        "cancels": one.cancels,
        "cancelled_by": one.cancelled_by,
        "entered_at": one.entered_at.isoformat(),
        "by": one.by,
    }


def show_entered(out: Console, ground: Adjustment, entered: RecalculationResult, *, tried: bool) -> None:
    """Who got the ground, or would get it, and who was left out and why."""
    groups = (
        ("будет внесено" if tried else "внесено", entered.accounts),
        ("нет такой услуги, не внесено", entered.without),
        ("уже есть, не внесено ещё раз", entered.before),
    )
    out.print(format_ground(ground)[:1].upper() + format_ground(ground)[1:], markup=False, soft_wrap=True)
    for what, accounts in groups:
        if accounts:
            out.print(f"Счетов, {what}: {len(accounts)}", markup=False)
        for account in accounts:
            out.print(f"  {account.number:16} {account.premises.address}", markup=False, soft_wrap=True)
    if entered.alike:
        out.print("Похожи, но это другие дома, им не внесено:")
        for address in entered.alike:
            out.print(f"  {address}", markup=False, soft_wrap=True)
