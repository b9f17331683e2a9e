"""`mailbot readings`: readings of meters from a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.shared_options import (
    CONFIG,
    CONSOLE_ACTOR,
    ConfigPath,
    DryRun,
    DryRunRollback,
    open_store,
    out,
)
from mailbot.config import load_settings
from mailbot.model import RequestRefused

readings = typer.Typer(help="Показания приборов: загрузка таблицей.", no_args_is_help=True)


@readings.command("import")
def import_table(
    file: Annotated[Path | None, typer.Argument(help="Таблица: CSV или Excel.")] = None,
    template: Annotated[Path | None, typer.Option(help="Записать пустую таблицу с этим именем.")] = None,
    any_growth: Annotated[
        bool, typer.Option("--any-growth", help="Принять и показания, которые выросли подозрительно сильно.")
    ] = False,
    dry_run: DryRun = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Принять показания из таблицы: все или ни одного, ошибки — по строкам и столбцам."""
    from zoneinfo import ZoneInfo

    from mailbot.command_setup import clock, load_rules_and_templates
    from mailbot.services.ledger.tables.readings_table import import_readings, read_readings, write_template

    if template is not None:
        write_template(template)
        out.print(f"Записано: {template}. Заполните и примите: mailbot readings import {template}")
        return
    if file is None:
        raise RequestRefused("Назовите файл таблицы или --template ИМЯ, чтобы получить пустую.")
    settings = load_settings(config)
    rulebook, _ = load_rules_and_templates(settings)
    table, now = read_readings(file), clock()
    today = now.astimezone(ZoneInfo(rulebook.channels.time_zone)).date()
    with open_store(settings) as store:
        store.migrate()
        try:
            with store.write() as transaction:
                rules = rulebook.ledger
                done = import_readings(
                    transaction, table, rules, CONSOLE_ACTOR, now, today, any_growth=any_growth
                )
                if dry_run:
                    raise DryRunRollback  # the transaction goes back: what would be done was done, and counted
        except DryRunRollback:
            out.print("Проверка, ничего не изменено.")
    out.print(f"Показаний: новых {done.added}, уже были {done.same}.")
