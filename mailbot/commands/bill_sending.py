"""What of `mailbot bill` lets a month's bills out: by mail, on paper, to the exchange of documents; and how it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailbot.commands.bill import Accounts, ForMonth, bill
from mailbot.commands.shared_options import CONFIG, CONSOLE_ACTOR, By, ConfigPath, DryRun, open_store, out
from mailbot.config import load_settings
from mailbot.model import RequestRefused, SendOutcome
from mailbot.services.ledger.tables.written_values import parse_month

if TYPE_CHECKING:
    from mailbot.services.in_force.rules_and_templates import ActiveRules
    from mailbot.store import Store

Again = Annotated[bool, typer.Option("--again", help="И те, что уже отданы.")]


@contextmanager
def _opened(config: Path) -> Iterator[tuple[Store, ActiveRules]]:
    """The database, brought to the newest version, and the rules that hold."""
    from mailbot.command_setup import load_files
    from mailbot.services.in_force.rules_and_templates import load_current_rules

    settings = load_settings(config)
    with open_store(settings) as store:
        store.migrate()
        yield store, load_current_rules(store, load_files(settings))


@contextmanager
def _progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    from rich.progress import Progress

    with Progress(console=out, transient=True) as progress:
        bar = progress.add_task(what, total=total)
        yield lambda count: progress.advance(bar, count)


@bill.command("send")
def send(
    month: ForMonth,
    account: Accounts = None,
    dry_run: DryRun = False,
    preview: Annotated[str | None, typer.Option(help="Только показать письмо и PDF этого счёта.")] = None,
    to: Annotated[Path, typer.Option("--out", help="Папка для --preview.")] = Path(),
    test: Annotated[str | None, typer.Option(help="Только отправить образец на свой адрес.")] = None,
    by: By = CONSOLE_ACTOR,
    config: ConfigPath = CONFIG,
) -> None:
    """Отправить квитанции закрытого месяца: каждому одну. Прерванная отправка продолжается с того же места."""
    from mailbot.command_setup import clock
    from mailbot.console.bills import show_sending
    from mailbot.services.ledger.bills.month_sending import send_month, try_sending
    from mailbot.services.ledger.bills.previews import preview as show_one
    from mailbot.store.bills import monthly_sending

    wanted, only = parse_month(month), tuple(account or ())
    with _opened(config) as (store, rules):
        if test is not None:
            return _specimen(rules, month, test, config)
        if preview is not None:
            for path in show_one(store, wanted, rules, preview, to, now=clock()):
                out.print(f"Записано: {path}", soft_wrap=True)
            return None
        waiting = store.ask(monthly_sending.count_unbilled, wanted, only)
        with _progress("Готовим квитанции", waiting) as told:
            if dry_run:
                outcome = try_sending(store, wanted, rules, only=only, told=told)
            else:
                outcome = send_month(store, wanted, rules, by=by, clock=clock, only=only, told=told)
    show_sending(out, outcome, tried=dry_run)
    raise typer.Exit(1 if outcome.faults else 0)


def _specimen(rules: ActiveRules, month: str, address: str, config: Path) -> None:
    from mailbot import daemon_roles
    from mailbot.command_setup import clock
    from mailbot.services.ledger.bills.previews import send_specimen

    smtp = daemon_roles.smtp(load_settings(config), rules.rulebook.channels.mail)
    delivery = send_specimen(smtp, parse_month(month), rules, address, now=clock())
    smtp.close()
    if delivery.outcome is not SendOutcome.SENT:
        raise RequestRefused(f"Образец не отправлен: {delivery.detail}")
    out.print(f"Образец отправлен на {address}. Данных клиентов в нём нет.")


@bill.command("print")
def print_(
    month: ForMonth,
    to: Annotated[Path, typer.Option("--out", help="Файл PDF.")],
    again: Again = False,
    by: By = CONSOLE_ACTOR,
    config: ConfigPath = CONFIG,
) -> None:
    """Собрать бумажные квитанции месяца в один файл: по улицам, домам и квартирам, с описью по домам."""
    from mailbot.command_setup import clock
    from mailbot.console.bills import show_printed
    from mailbot.services.ledger.bills.print_and_edo import print_month

    with _opened(config) as (store, rules), _progress("Готовим к печати") as told:
        left = print_month(store, parse_month(month), rules, to, by=by, clock=clock, again=again, told=told)
    show_printed(out, left, to)


@bill.command("edo")
def edo(
    month: ForMonth,
    to: Annotated[Path, typer.Option("--out", help="Папка для файлов.")],
    again: Again = False,
    by: By = CONSOLE_ACTOR,
    config: ConfigPath = CONFIG,
) -> None:
    """Выложить квитанции для ЭДО: по файлу PDF на счёт и опись таблицей."""
    from mailbot.command_setup import clock
    from mailbot.console.bills import show_printed
    from mailbot.services.ledger.bills.print_and_edo import export_edo

    with _opened(config) as (store, rules), _progress("Готовим для ЭДО") as told:
        left = export_edo(store, parse_month(month), rules, to, by=by, clock=clock, again=again, told=told)
    show_printed(out, left, to)


@bill.command("status")
def status(
    month: ForMonth,
    resume: Annotated[str | None, typer.Option(help="Снять паузу с этой почты, например mail.ru.")] = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать, как уходят квитанции месяца: сколько где, что задержано или вернулось, какая почта на паузе."""
    from mailbot.console.bills import show_status
    from mailbot.store.bills import sending_status
    from mailbot.store.mail import sending_pace

    wanted = parse_month(month)
    with _opened(config) as (store, rules):
        if resume is not None:
            with store.write() as transaction:
                if not sending_pace.resume(transaction, resume):
                    raise RequestRefused(f"Почта {resume} не на паузе.")
        show_status(
            out,
            store.ask(sending_status.tally, wanted),
            store.ask(sending_status.trouble, wanted),
            store.ask(sending_pace.paces),
            rules.rulebook.channels.time_zone,
        )
