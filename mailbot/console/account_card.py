"""An account's card in a terminal: the register's words, meters, the reconciliation statement, the last charge."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from mailbot.console.charges import show_charge
from mailbot.model.ledger.reconciliation import Statement
from mailbot.services.ledger.accounts.account_summary import AccountCard, MeterStatus
from mailbot.wording.account_titles import CLIENT_GROUPS, DELIVERY_METHODS
from mailbot.wording.amounts import format_money, format_quantity
from mailbot.wording.resources import RESOURCES


def show_card(out: Console, card: AccountCard) -> None:
    """The whole card."""
    out.print(_register(card))
    for meter in card.meters:
        out.print(Text(_meter(meter)), soft_wrap=True)
    out.print()
    out.print(statement_table(card.statement))
    out.print(Text(balance_words(card.balance), style="bold"))
    if card.last is not None:
        out.print()
        show_charge(out, card.last)


def balance_words(balance: Decimal) -> str:
    """What stands between the company and the client by all that is in the books."""
    if balance > 0:
        return f"Сейчас к оплате: {format_money(balance)} ₽"
    return f"Сейчас переплата: {format_money(-balance)} ₽" if balance < 0 else "Долга и переплаты нет"


def _register(card: AccountCard) -> Table:
    held = card.held.account
    residents = f", жильцов: {held.premises.residents}" if held.premises.residents else ""
    rows = (
        ("Лицевой счёт", held.number),
        ("Клиент", f"{card.held.name} ({CLIENT_GROUPS[held.group]})"),
        ("Адрес", held.premises.address),
        ("Помещение", f"{format_quantity(held.premises.area)} м²{residents}, зона «{held.service_area}»"),
        ("Услуги", ", ".join(RESOURCES[resource] for resource in held.resources)),
        ("Льгота", f"{format_quantity(held.benefit_percent)} %" if held.benefit_percent else ""),
        ("Почта", ", ".join(card.held.emails)),
        ("Телефон", ", ".join(card.held.phones)),
        ("Квитанция", DELIVERY_METHODS[card.held.delivery]),
    )
    table = Table(box=None, show_header=False, padding=(0, 1))
    for what, words in rows:
        if words:
            table.add_row(Text(what, style="dim"), Text(words))
    return table


def _meter(one: MeterStatus) -> str:
    meter = one.meter
    words = f"Прибор {meter.serial}, {RESOURCES[meter.resource]}: "
    words += (
        f"{format_quantity(one.last.value)} {meter.unit} от {one.last.day:%d.%m.%Y}"
        if one.last
        else "показаний нет"
    )
    if meter.removed is not None:
        return f"{words}; снят {meter.removed:%d.%m.%Y}"
    if meter.verified_until is None:
        return words
    state = "поверен до" if one.in_order else "поверка истекла"
    return f"{words}; {state} {meter.verified_until:%d.%m.%Y}"


def statement_table(statement: Statement) -> Table:
    """The reconciliation statement (акт сверки): a row a month, the totals below."""
    table = Table(title="Сверка расчётов, ₽", title_justify="left", show_footer=True)
    columns = (
        ("Месяц", "Всего"),
        ("На начало", format_money(statement.opening)),
        ("Начислено", format_money(statement.charged)),
        ("в т. ч. пени", format_money(sum((month.penalty for month in statement.months), Decimal(0)))),
        ("исправления", format_money(sum((month.corrections for month in statement.months), Decimal(0)))),
        ("Оплачено", format_money(statement.paid)),
        ("На конец", format_money(statement.closing)),
    )
    for heading, total in columns:
        side: JustifyMethod = "left" if heading == "Месяц" else "right"
        table.add_column(heading, footer=total, justify=side, overflow="fold")
    for month in statement.months:
        sums = (month.opening, month.charged, month.penalty, month.corrections, month.paid, month.closing)
        table.add_row(str(month.month), *(format_money(sum_) for sum_ in sums))
    return table
