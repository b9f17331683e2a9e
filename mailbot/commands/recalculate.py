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
    TakenBack,
    day_here,
    open_store,
    out,
)
from mailbot.config import load
from mailbot.model import Refused, Resource
from mailbot.model.charges import Adjustment, Ground

recalculate = typer.Typer(
    help="Основания перерасчёта: отсутствие, перерывы, холод; учтутся в следующем начислении.",
    no_args_is_help=True,
)


@recalculate.command("add")
def add_ground(
    resource: Annotated[Resource, typer.Option(help="Услуга.")],
    ground: Annotated[
        Ground,
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
    from mailbot.console.grounds import show_entered
    from mailbot.services.ledger.recalculation import add, add_to_house
    from mailbot.services.ledger.written_values import day_of, number_of
    from mailbot.workshop import clock

    if bool(account) == bool(addresses.strip()):
        raise Refused("Назовите либо лицевой счёт, либо дом: --addresses «Мира, 5».")
    wanted = Adjustment(
        resource, ground, day_of(first), day_of(last), " ".join(document.split()), residents, number_of(hours),
        number_of(degrees), dead_end,
    )  # fmt: skip
    settings, now = load(config), clock()
    with open_store(settings) as store:
        store.migrate()
        today = day_here(store, settings, now)
        with suppress(TakenBack), store.write() as work:
            if account:
                entered = add(work, account, wanted, by=by, now=now, today=today)
            else:
                entered = add_to_house(work, addresses, wanted, by=by, now=now, today=today)
            if dry_run:
                raise TakenBack
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
    from mailbot.store import adjustments

    with open_store(load(config)) as store:
        rows = store.ask(adjustments.of_account, account)
    if as_json:
        for one in rows:
            sys.stdout.write(json.dumps(ground_json(one), ensure_ascii=False) + "\n")
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
    from mailbot.services.ledger.recalculation import cancel, told
    from mailbot.workshop import clock

    with open_store(load(config)) as store:
        old = cancel(store, ground_id, by=by, why=why, now=clock())
    out.print(f"Отменено основание № {old.id} счёта {old.account}: {told(old.ground)}.", markup=False)
