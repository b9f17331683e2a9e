"""`mailbot bill send`, `print`, `edo`, `status`: a month's bills leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mailbot.commands.bill import Accounts, ForMonth, bill, month_of
from mailbot.commands.shared_options import BY_CONSOLE, CONFIG, By, ConfigPath, DryRun, open_store, out
from mailbot.config import load
from mailbot.model import Outcome, Refused
from mailbot.model.ledger import Delivery, Month

Again = Annotated[bool, typer.Option("--again", help="И те, что уже отданы.")]


@bill.command("send")
def send(
    month: ForMonth,
    account: Accounts = None,
    dry_run: DryRun = False,
    preview: Annotated[str | None, typer.Option(help="Только показать письмо и PDF этого счёта.")] = None,
    to_folder: Annotated[Path | None, typer.Option("--out", help="Куда положить то, что показываем.")] = None,
    test: Annotated[str | None, typer.Option(help="Отправить образец на свой адрес.")] = None,
    by: By = BY_CONSOLE,
    config: ConfigPath = CONFIG,
) -> None:
    """Отправить квитанции закрытого месяца: каждому одну. Прерванная отправка продолжается с того же места."""
    from rich.progress import Progress

    from mailbot.console.bills import show_sending
    from mailbot.services.desk.settings import house
    from mailbot.services.ledger.bill_sending import send_month, try_sending
    from mailbot.store import bills
    from mailbot.workshop import clock, files

    settings, wanted, only = load(config), month_of(month), tuple(account or ())
    if test is not None:
        return _test(wanted, test, config)
    with open_store(settings) as store:
        store.migrate()
        rules = house(store, files(settings))
        if preview is not None:
            return _preview(config, wanted, preview, to_folder)
        with Progress(console=out, transient=True) as progress:
            waiting = len(store.ask(bills.unbilled, wanted, "", 10**9, only))
            bar = progress.add_task("Готовим квитанции", total=waiting)
            told = lambda count: progress.advance(bar, count)  # noqa: E731
            if dry_run:
                outcome = try_sending(store, wanted, rules, only=only, told=told)
            else:
                outcome = send_month(store, wanted, rules, by=by, clock=clock, only=only, told=told)
    if dry_run:
        out.print("Проверка, ничего не отправлено.")
    show_sending(out, outcome, tried=dry_run)
    raise typer.Exit(1 if outcome.faults else 0)
