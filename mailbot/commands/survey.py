"""`mailbot survey`: what clients think of the answers and of the service (chapter 6)."""

from __future__ import annotations

from typing import Annotated

import typer

from mailbot.commands.shared_options import CONFIG, ConfigPath, company_date, open_store, out
from mailbot.config import load_settings
from mailbot.model import RequestRefused
from mailbot.model.report.period import Period, PeriodKind

survey = typer.Typer(help="Анкеты: как клиенты оценивают ответы и обслуживание.", no_args_is_help=True)


@survey.command("show")
def show(
    period: Annotated[
        str, typer.Option("--period", help="2026-Q4, 2026-11 или 2026-W47; без него — этот квартал.")
    ] = "",
    config: ConfigPath = CONFIG,
) -> None:
    """Показать CSAT, NPS и CSI по группам клиентов: формула, число ответов, доверительный интервал."""
    from mailbot.command_setup import clock, load_files
    from mailbot.console.surveys import show_satisfaction
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.surveys.satisfaction import satisfaction_of

    settings = load_settings(config)
    with open_store(settings) as store:
        store.check()
        now = clock()
        wanted = (
            _read(period) if period else Period.of(PeriodKind.QUARTER, company_date(store, settings, now))
        )
        rules = load_current_rules(store, load_files(settings))
        groups = store.ask(satisfaction_of, rules.rulebook, wanted, now)
    show_satisfaction(out, str(wanted), groups)


def _read(text: str) -> Period:
    try:
        return Period.read(text)
    except ValueError as error:
        raise RequestRefused(str(error)) from None


@survey.command("refusals")
def refusals(config: ConfigPath = CONFIG) -> None:
    """Показать адреса, которые просили больше не спрашивать об оценке."""
    from mailbot.store.surveys import invitations

    with open_store(load_settings(config)) as store:
        store.check()
        opt_outs = store.ask(invitations.refusals)
    for email, since in opt_outs:
        out.print(f"{email}  с {since:%d.%m.%Y}", markup=False, soft_wrap=True)
    out.print(f"Адресов: {len(opt_outs)}.")
