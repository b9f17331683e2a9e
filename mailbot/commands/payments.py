"""`mailbot payments`: the bank's register, money at the office, and payments that are nobody's yet."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.commands.shared_options import (
    CONFIG,
    CONSOLE_ACTOR,
    AsJson,
    By,
    ConfigPath,
    DryRun,
    DryRunRollback,
    company_date,
    err,
    open_store,
    out,
)
from mailbot.config import load_settings
from mailbot.model import RequestRefused
from mailbot.wording.amounts import format_money

if TYPE_CHECKING:
    from mailbot.services.ledger.payments import PaymentImportResult
    from mailbot.store.ledger.payment_lists import LedgerPayment

payments = typer.Typer(help="Платежи: реестры банка, касса, невыясненные суммы.", no_args_is_help=True)
PaymentId = Annotated[int, typer.Argument(help="Номер платежа, как его показывает list или unclear.")]


@payments.command("import")
def import_payments(
    file: Annotated[Path | None, typer.Argument(help="Реестр банка: CSV или Excel.")] = None,
    template: Annotated[Path | None, typer.Option(help="Записать пустую таблицу с этим именем.")] = None,
    by: By = CONSOLE_ACTOR,
    dry_run: DryRun = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Принять реестр платежей: всё или ничего; платёж, который уже есть, второй раз не берётся."""
    from mailbot.command_setup import clock
    from mailbot.services.ledger.payments import import_register
    from mailbot.services.ledger.tables.payments_table import read_payments, write_template

    if template is not None:
        write_template(template)
        out.print(f"Записано: {template}. Заполните и примите: mailbot payments import {template}")
        return
    if file is None:
        raise RequestRefused("Назовите файл реестра или --template ИМЯ, чтобы получить пустую таблицу.")
    settings, now = load_settings(config), clock()
    with open_store(settings) as store:
        store.migrate()
        rows = read_payments(file, company_date(store, settings, now))
        with suppress(DryRunRollback), store.write() as transaction:
            done = import_register(transaction, rows, by=by, now=now)
            if dry_run:
                raise DryRunRollback
    if dry_run:
        out.print("Проверка, ничего не изменено.")
    _show(done)


def _show(done: PaymentImportResult) -> None:

    out.print(
        f"Платежей: новых {done.new}, уже были {done.known}. Новых на сумму {format_money(done.total)} ₽."
    )
    for row in done.unclear:
        payment = row.payment
        account_note = f"счёта «{payment.written}» нет в реестре" if payment.written else "счёт не указан"
        err.print(
            f"Строка {row.number}: {account_note}; невыясненный платёж {format_money(payment.amount)} ₽ "
            f"от {payment.paid_on:%d.%m.%Y}, документ {payment.document}",
            markup=False,
            soft_wrap=True,
        )
    if done.waiting:
        out.print(f"Невыясненных платежей всего: {done.waiting}. Показать: mailbot payments unclear")


@payments.command("add")
def add_payment(
    account: Annotated[str, typer.Argument(help="Лицевой счёт.")],
    amount: Annotated[str, typer.Argument(help="Сумма в рублях: 1500,50.")],
    day: Annotated[str, typer.Option("--date", help="Когда заплачено: 2026-11-20.")],
    document: Annotated[str, typer.Option("--document", help="Номер документа: квитанции, ордера.")],
    by: By,
    month: Annotated[str, typer.Option("--month", help="За какой период: 2026-10.")] = "",
    payer: Annotated[str, typer.Option("--payer", help="Кто заплатил, если не сам клиент.")] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Внести платёж, принятый в офисе."""
    from mailbot.command_setup import clock
    from mailbot.services.ledger.payments import add
    from mailbot.services.ledger.tables.written_values import parse_amount, parse_day, parse_month

    settings, now = load_settings(config), clock()
    sum_, paid_on, period = parse_amount(amount), parse_day(day), parse_month(month) if month else None
    with open_store(settings) as store:
        store.migrate()
        today = company_date(store, settings, now)
        row = add(
            store, account, sum_, paid_on, document, by=by, now=now, today=today, month=period, payer=payer
        )
    out.print(f"Платёж № {row.id}: {format_money(row.amount)} ₽ внесён на счёт {row.account}.", markup=False)


@payments.command("cancel")
def cancel_payment(
    payment_id: PaymentId,
    by: By,
    why: Annotated[str, typer.Option("--why", help="Почему; останется в книге и в журнале.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Отменить ошибочный платёж: в расчётах его не будет, в книге останутся он и отмена."""
    from mailbot.command_setup import clock
    from mailbot.services.ledger.payments import cancel

    with open_store(load_settings(config)) as store:
        old = cancel(store, payment_id, by=by, why=why, now=clock())
    out.print(f"Платёж № {old.id}, {format_money(old.amount)} ₽, отменён.")


@payments.command("assign")
def assign_payment(
    payment_id: PaymentId,
    account: Annotated[str, typer.Argument(help="Лицевой счёт, которому принадлежит платёж.")],
    by: By,
    config: ConfigPath = CONFIG,
) -> None:
    """Отнести невыясненный платёж на лицевой счёт."""
    from mailbot.command_setup import clock
    from mailbot.services.ledger.payments import assign

    with open_store(load_settings(config)) as store:
        old = assign(store, payment_id, account, by=by, now=clock())
    out.print(f"Платёж № {old.id}, {format_money(old.amount)} ₽, отнесён на счёт {account}.", markup=False)


@payments.command("unclear")
def unclear_payments(as_json: AsJson = False, config: ConfigPath = CONFIG) -> None:
    """Показать платежи, про которые неизвестно, чьи они."""
    from mailbot.store.ledger import payment_lists

    with open_store(load_settings(config)) as store:
        _list(store.ask(payment_lists.unclear), "Невыясненных платежей нет.", as_json=as_json)


@payments.command("list")
def list_payments(
    account: Annotated[str, typer.Argument(help="Лицевой счёт.")],
    as_json: AsJson = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать платежи лицевого счёта, отменённые тоже."""
    from mailbot.store.ledger import payment_lists

    with open_store(load_settings(config)) as store:
        _list(
            store.ask(payment_lists.of_account, account), f"По счёту {account} платежей нет.", as_json=as_json
        )


def _list(found: Iterable[LedgerPayment], none: str, *, as_json: bool) -> None:
    from mailbot.console.payments import payment_json, payment_table

    rows = tuple(found)
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(payment_json(row), ensure_ascii=False) + "\n")
    elif rows:
        out.print(payment_table(rows))
    else:
        out.print(none, markup=False)
