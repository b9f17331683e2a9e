"""A month's charges as a table for the bookkeeper: a row a line, in the order of accounts."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.ledger.charges import Charge, ChargeLine
from mailbot.services.ledger.bills.charge_words import BASES, COMPONENTS, KINDS
from mailbot.store import Store
from mailbot.store.ledger import charges
from mailbot.wording.resources import RESOURCES

COLUMNS = (
    "Лицевой счёт", "Адрес", "Начислено в", "За месяц", "Вид", "Услуга", "Составляющая", "Прибор", "Основание",
    "Объём", "Единица", "Цена", "Без НДС", "НДС", "Льгота", "Сумма", "Расчёт", "Источник цены",
)  # fmt: skip
PORTION = 200


def write_charges(store: Store, month: Month, path: Path) -> int:
    """Write every line charged in the month (CSV with semicolons, as Excel opens it); rows written."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        every = store.ask(charges.charged_accounts, month)
        for at in range(0, len(every), PORTION):
            numbers = every[at : at + PORTION]
            charges_of = store.ask(charges.charges, numbers, month, month.following)
            for number in numbers:
                for charge in charges_of[number]:
                    for line in charge.lines:
                        table.writerow(_row(charge, line))
                        written += 1
    return written


def _row(charge: Charge, line: ChargeLine) -> list[str]:
    """Decimal commas, as a Russian Excel reads them."""
    figures = (line.net, line.vat, line.benefit, line.sum)
    return [
        charge.account.number, charge.account.premises.address, str(charge.month), str(line.month),
        KINDS[line.kind], RESOURCES[line.resource] if line.resource else "", COMPONENTS.get(line.component or "", ""),
        line.meter or "", BASES[line.basis] if line.basis else "", _comma(line.volume), line.unit or "",
        "" if line.price is None else _comma(line.price), *(_comma(figure) for figure in figures), line.because, line.source,
    ]  # fmt: skip


def _comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
