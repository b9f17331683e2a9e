"""`mailbot remind`: readings that are due, bills that are not paid; and who wants no reminders."""

from __future__ import annotations

from typing import Annotated

import typer

from mailbot.commands.shared_options import CONFIG, ConfigPath, DryRun, open_store, out
from mailbot.config import load_settings
from mailbot.model import RequestRefused
from mailbot.model.outgoing.reminder import ReminderKind

remind = typer.Typer(
    help="Напоминания: о показаниях и об оплате; кто от них отказался.", no_args_is_help=True
)


@remind.command("readings")
def readings(dry_run: DryRun = False, config: ConfigPath = CONFIG) -> None:
    """Напомнить о показаниях тем, у кого есть счётчики и кто за этот месяц ещё не передал."""
    _round(ReminderKind.READINGS, dry_run, config)


@remind.command("debts")
def debts(dry_run: DryRun = False, config: ConfigPath = CONFIG) -> None:
    """Напомнить о просроченной квитанции: об одной не больше двух раз, о мелочи никогда."""
    _round(ReminderKind.DEBT, dry_run, config)


def _round(kind: ReminderKind, dry_run: bool, config: ConfigPath) -> None:
    from mailbot.command_setup import clock, load_files
    from mailbot.console.reminders import show_reminders
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.reminders.sending import ReminderRound
    from mailbot.services.reminders.sending import remind as send
    from mailbot.signed_links import stop_links

    settings = load_settings(config)
    with open_store(settings) as store:
        store.migrate()
        rules = load_current_rules(store, load_files(settings))
        outcome = send(kind, ReminderRound(store, rules, stop_links(settings), clock(), dry_run))
    show_reminders(out, outcome, tried=dry_run)


@remind.command("refusals")
def refusals(config: ConfigPath = CONFIG) -> None:
    """Показать адреса, на которые напоминаний просили не присылать."""
    from mailbot.store.mail import reminder_opt_outs

    with open_store(load_settings(config)) as store:
        store.check()
        opt_outs = store.ask(reminder_opt_outs.refusals)
    for email, since, source in opt_outs:
        out.print(f"{email}  с {since:%d.%m.%Y}: {source}", markup=False, soft_wrap=True)
    out.print(f"Адресов: {len(opt_outs)}.")


@remind.command("allow")
def allow(
    address: Annotated[str, typer.Argument(help="Адрес почты, с которого об этом попросили.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Снова присылать напоминания на адрес: по просьбе его владельца."""
    from mailbot.store.mail import reminder_opt_outs

    with open_store(load_settings(config)) as store:
        store.check()
        with store.write() as transaction:
            if not reminder_opt_outs.allow(transaction, address.strip()):
                raise RequestRefused(
                    f"Адрес {address} от напоминаний не отказывался. Список: mailbot remind refusals"
                )
    out.print(f"На {address.strip().lower()} снова будут приходить напоминания.")
