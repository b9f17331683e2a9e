"""`mailbot bill`: close a month, show and export what was charged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mailbot.commands.shared_options import (
    CONFIG,
    CONSOLE_ACTOR,
    By,
    ConfigPath,
    DryRun,
    open_store,
    out,
)
from mailbot.config import load_settings
from mailbot.model import RequestRefused
from mailbot.services.ledger.tables.written_values import parse_month

bill = typer.Typer(help="Начисления: закрыть месяц, показать, выгрузить.", no_args_is_help=True)

ForMonth = Annotated[str, typer.Option("--month", help="Месяц, например 2026-10.")]
Accounts = Annotated[
    list[str] | None, typer.Option("--account", help="Только этот счёт; можно несколько раз.")
]


@bill.command("run")
def run(
    month: ForMonth,
    account: Accounts = None,
    dry_run: DryRun = False,
    by: By = CONSOLE_ACTOR,
    config: ConfigPath = CONFIG,
) -> None:
    """Начислить за месяц всем, кому ещё не начислено. Прерванный расчёт продолжается с того же места."""
    from rich.progress import Progress

    from mailbot.command_setup import clock, load_files
    from mailbot.console.charges import show_outcome
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.ledger.bills.month_closing import (
        ChargeRunPlan,
        newest_closed,
        run_month,
        try_month,
        version_of,
    )
    from mailbot.store.ledger import charges

    settings, wanted = load_settings(config), parse_month(month)
    with open_store(settings) as store:
        store.migrate()
        rules = load_current_rules(store, load_files(settings))
        zone = ZoneInfo(rules.rulebook.channels.time_zone)

        now = clock()
        newest = newest_closed(now, rules.tariffs.terms, zone)
        plan = ChargeRunPlan(wanted, rules.tariffs, version_of(rules), by, now, newest, tuple(account or ()))
        charged, every = store.ask(charges.count, wanted)
        with Progress(console=out, transient=True) as progress:
            bar = progress.add_task("Начисляем", total=len(account) if account else every - charged)
            charge = try_month if dry_run else run_month
            outcome = charge(store, plan, lambda count: progress.advance(bar, count))
    if dry_run:
        out.print("Проверка, ничего не записано.")
    show_outcome(out, outcome, tried=dry_run)
    raise typer.Exit(1 if outcome.faults else 0)


@bill.command("show")
def show(
    account: Annotated[str, typer.Argument(help="Лицевой счёт.")],
    month: Annotated[str | None, typer.Option("--month", help="Месяц; без него — последний.")] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать начисление счёта построчно: объём, цена, сумма и почему."""
    from mailbot.console.charges import show_charge
    from mailbot.store.ledger import charges

    asked = parse_month(month) if month else None
    with open_store(load_settings(config)) as store:
        known = store.ask(charges.charges, (account,)).get(account, ())
    wanted = [charge for charge in known if asked in (None, charge.month)]
    if not wanted:
        raise RequestRefused(
            f"Счёту {account} за это время ничего не начислено. Расчёт: mailbot bill run --month …"
        )
    show_charge(out, wanted[-1])


@bill.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="Куда записать таблицу CSV.")],
    month: ForMonth,
    config: ConfigPath = CONFIG,
) -> None:
    """Записать все строки начислений месяца таблицей: для бухгалтерии."""
    from mailbot.services.ledger.tables.charges_table import write_charges

    with open_store(load_settings(config)) as store:
        written = write_charges(store, parse_month(month), file)
    out.print(f"Записано строк: {written}, {file}")
