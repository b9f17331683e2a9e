"""`mailbot recalculate`: what charges are recalculated for — absence, gaps in supply, cold air, cold hot water."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import Annotated

import typer

from mailbot.commands.shared_options import (
    CONFIG,
    AsJson,
    By,
    ConfigPath,
    DryRun,
    DryRunRollback,
    company_date,
    open_store,
    out,
)
from mailbot.config import load_settings
from mailbot.model import RequestRefused, Resource
from mailbot.model.ledger.charges import Adjustment, RecalculationGround

recalculate = typer.Typer(
    help="Основания перерасчёта: отсутствие, перерывы, холод; учтутся в следующем начислении.",
    no_args_is_help=True,
)


@recalculate.command("add")
def add_ground(
    resource: Annotated[Resource, typer.Option(help="Услуга.")],
    ground: Annotated[
        RecalculationGround,
        typer.Option(
            help="absence — отсутствие, gap — перерыв, cold_air — холодно, cold_water — вода < 40 °C."
        ),
    ],
    first: Annotated[str, typer.Option(help="Первый день: 2026-11-03.")],
    last: Annotated[str, typer.Option(help="Последний день.")],
    document: Annotated[str, typer.Option(help="Чем подтверждено: «акт № 7».")],
    by: By,
    account: Annotated[str | None, typer.Argument(help="Лицевой счёт.")] = None,
    addresses: Annotated[str, typer.Option(help="Вместо счёта — весь дом: «Мира, 5».")] = "",
    hours: Annotated[str, typer.Option(help="Сколько часов длилось.")] = "0",
    degrees: Annotated[
        str, typer.Option(help="gap: сколько °C в помещении; cold_air: на сколько холоднее нормы.")
    ] = "0",
    residents: Annotated[int, typer.Option(min=0, help="Сколько жильцов отсутствовало.")] = 0,
    dead_end: Annotated[bool, typer.Option("--dead-end", help="Дом на тупиковой магистрали.")] = False,
    dry_run: DryRun = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Внести основание перерасчёта одному счёту или всем счетам дома."""
    from mailbot.command_setup import clock
    from mailbot.console.grounds import show_entered
    from mailbot.services.ledger.recalculation import add, add_to_house
    from mailbot.services.ledger.tables.written_values import parse_day, parse_number

    if bool(account) == bool(addresses.strip()):
        raise RequestRefused("Назовите либо лицевой счёт, либо дом: --addresses «Мира, 5».")
    wanted = Adjustment(
        resource=resource,
        ground=ground,
        first=parse_day(first),
        last=parse_day(last),
        document=" ".join(document.split()),
        residents=residents,
        hours=parse_number(hours),
        degrees=parse_number(degrees),
        dead_end=dead_end,
    )
    settings, now = load_settings(config), clock()
    with open_store(settings) as store:
        store.migrate()
        today = company_date(store, settings, now)
        with suppress(DryRunRollback), store.write() as transaction:
            if account:
                entered = add(transaction, account, wanted, by=by, now=now, today=today)
            else:
                entered = add_to_house(transaction, addresses, wanted, by=by, now=now, today=today)
            if dry_run:
                raise DryRunRollback
    if dry_run:
        out.print("Проверка, ничего не изменено.")
    show_entered(out, wanted, entered, tried=dry_run)


@recalculate.command("list")
def list_grounds(
    account: Annotated[str, typer.Argument(help="Лицевой счёт.")],
    as_json: AsJson = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать основания перерасчёта счёта, отменённые тоже."""
    from mailbot.console.grounds import ground_json, ground_table
    from mailbot.store.ledger import adjustments

    with open_store(load_settings(config)) as store:
        rows = store.ask(adjustments.of_account, account)
    if as_json:
        for row in rows:
            sys.stdout.write(json.dumps(ground_json(row), ensure_ascii=False) + "\n")
    elif rows:
        out.print(ground_table(rows))
    else:
        out.print(f"По счёту {account} оснований перерасчёта нет.", markup=False)


@recalculate.command("cancel")
def cancel_ground(
    ground_id: Annotated[int, typer.Argument(help="Номер основания, как его показывает list.")],
    by: By,
    why: Annotated[str, typer.Option(help="Почему; останется в книге и в журнале.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Отменить ошибочное основание: закрытые месяцы исправит следующее начисление."""
    from mailbot.command_setup import clock
    from mailbot.services.ledger.recalculation import cancel, format_ground

    with open_store(load_settings(config)) as store:
        old = cancel(store, ground_id, by=by, why=why, now=clock())
    out.print(
        f"Отменено основание № {old.id} счёта {old.account}: {format_ground(old.ground)}.", markup=False
    )
