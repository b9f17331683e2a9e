"""`mailbot clients`: the register from and to a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.shared_options import (
    CONFIG,
    ConfigPath,
    DryRun,
    DryRunRollback,
    company_date,
    open_store,
    out,
)
from mailbot.config import load_settings
from mailbot.model import RequestRefused

clients = typer.Typer(help="Реестр клиентов: счета, приборы, адреса.", no_args_is_help=True)


@clients.command("import")
def import_clients(
    file: Annotated[Path | None, typer.Argument(help="Таблица: CSV или Excel.")] = None,
    template: Annotated[Path | None, typer.Option(help="Записать пустую таблицу с этим именем.")] = None,
    dry_run: DryRun = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Привести реестр в соответствие с таблицей: всё или ничего, ошибки — по строкам и столбцам."""
    from mailbot.billing.tariff_file import FILE, load_tariffs
    from mailbot.command_setup import clock, load_files
    from mailbot.services.ledger.tables.register_table import read_clients, write_clients
    from mailbot.store.accounts import register_import

    if template is not None:
        write_clients(template, ())
        out.print(f"Записано: {template}. Заполните и возьмите в работу: mailbot clients import {template}")
        return
    if file is None:
        raise RequestRefused("Назовите файл таблицы или --template ИМЯ, чтобы получить пустую.")
    settings = load_settings(config)
    tariffs = load_tariffs(next(file for file in load_files(settings) if file.name == FILE))
    entries = read_clients(file, tariffs.hot_water)
    with open_store(settings) as store:
        store.migrate()
        try:
            with store.write() as transaction:
                proof = f"реестр «{file.name}», {company_date(store, settings, clock()):%d.%m.%Y}"
                done = register_import.import_register(transaction, entries, proof)
                if dry_run:
                    raise DryRunRollback  # the transaction goes back: what would be done was done, and counted
        except DryRunRollback:
            out.print("Проверка, ничего не изменено.")
    out.print(f"Счетов: новых {done.added}, изменено {done.changed}, без изменений {done.same}.")
    if done.forgotten:
        out.print(f"Адресов почты, которых в таблице больше нет, забыто: {done.forgotten}.")


@clients.command("export")
def export_clients(
    file: Annotated[Path, typer.Argument(help="Куда записать таблицу CSV.")], config: ConfigPath = CONFIG
) -> None:
    """Записать реестр таблицей того же вида, что читает import."""
    from mailbot.services.ledger.tables.register_table import write_clients
    from mailbot.store.accounts import accounts

    with open_store(load_settings(config)) as store:
        written = write_clients(file, store.ask(accounts.registered).values())
    out.print(f"Записано строк: {written}, {file}")
