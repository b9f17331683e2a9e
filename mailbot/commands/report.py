"""`mailbot report`: the figures of a week, a month or a quarter: shown, written to files, or sent to their readers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mailbot.commands.shared_options import CONFIG, ConfigPath, company_date, open_store, out
from mailbot.config import Settings, load_settings
from mailbot.model import RequestRefused
from mailbot.model.report.period import Period, PeriodKind
from mailbot.store import Store

report = typer.Typer(
    help="Отчёты для руководителя: как отвечаем, где медленно, что сделала машина.", no_args_is_help=True
)

Send = Annotated[
    bool, typer.Option("--send", help="Отправить читателям из rules/reports.toml, каждому один раз.")
]
Again = Annotated[bool, typer.Option("--again", help="С --send: отправить и тем, у кого отчёт уже есть.")]
Out = Annotated[Path | None, typer.Option("--out", help="Записать письмо, PDF, XLSX и графики в эту папку.")]


@report.command("weekly")
def weekly(
    week: Annotated[str, typer.Option(help="Неделя, например 2026-W47; без неё — прошлая.")] = "",
    send: Send = False,
    again: Again = False,
    to: Out = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Отчёт за неделю."""
    _run(PeriodKind.WEEK, week, config, send=send, again=again, to=to)


@report.command("monthly")
def monthly(
    month: Annotated[str, typer.Option(help="Месяц, например 2026-10; без него — прошлый.")] = "",
    send: Send = False,
    again: Again = False,
    to: Out = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Отчёт за месяц."""
    _run(PeriodKind.MONTH, month, config, send=send, again=again, to=to)


@report.command("quarterly")
def quarterly(
    quarter: Annotated[str, typer.Option(help="Квартал, например 2026-Q4; без него — прошлый.")] = "",
    send: Send = False,
    again: Again = False,
    to: Out = None,
    config: ConfigPath = CONFIG,
) -> None:
    """Отчёт за квартал."""
    _run(PeriodKind.QUARTER, quarter, config, send=send, again=again, to=to)


def _run(kind: PeriodKind, asked: str, config: Path, *, send: bool, again: bool, to: Path | None) -> None:
    settings = load_settings(config)
    if again and not send:
        raise RequestRefused("--again отправляет отчёт ещё раз: добавьте --send.")
    with open_store(settings) as store:
        store.migrate()
        period = _period(kind, asked, store, settings)
        if send:
            _send(store, settings, period, again=again)
        elif to is not None:
            _write(store, settings, period, to)
        else:
            _show(store, settings, period)


def _period(kind: PeriodKind, asked: str, store: Store, settings: Settings) -> Period:
    from mailbot.command_setup import clock
    from mailbot.wording.report.figures import PERIOD_KINDS

    if not asked:
        return Period.of(kind, company_date(store, settings, clock())).previous
    try:
        period = Period.read(asked)
    except ValueError as error:
        raise RequestRefused(f"{error}.") from None
    if period.kind is not kind:
        raise RequestRefused(f"«{asked}» — это {PERIOD_KINDS[period.kind]}, а нужно: {PERIOD_KINDS[kind]}.")
    return period


def _show(store: Store, settings: Settings, period: Period) -> None:
    from mailbot.command_setup import clock, load_files
    from mailbot.console.report import show_report
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.reporting.reports import report_of

    show_report(out, report_of(store, load_current_rules(store, load_files(settings)), period, clock()))


def _send(store: Store, settings: Settings, period: Period, *, again: bool) -> None:
    from mailbot.command_setup import clock, load_files
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.reporting.sending import send_report
    from mailbot.signed_links import report_address

    rules, now = load_current_rules(store, load_files(settings)), clock()
    if not rules.rulebook.reports.readers:
        raise RequestRefused("Отправлять некому: впишите адреса в readers файла rules/reports.toml.")
    if period.ends(ZoneInfo(rules.rulebook.channels.time_zone)) > now:
        raise RequestRefused(f"Период {period} ещё не закончился: отчёт отправляют, когда он закончился.")
    sent = send_report(store, rules, period, report_address(settings), now, again=again)
    for reader in sent:
        out.print(f"{period}: поставлен в отправку на {reader}", markup=False)
    if not sent:
        out.print(f"{period}: у всех читателей этот отчёт уже есть; ещё раз — с --again.")


def _write(store: Store, settings: Settings, period: Period, folder: Path) -> None:
    from mailbot.command_setup import clock, load_files
    from mailbot.services.in_force.rules_and_templates import load_current_rules
    from mailbot.services.reporting.folder_export import write_files
    from mailbot.signed_links import report_address

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in write_files(
            store,
            load_current_rules(store, load_files(settings)),
            period,
            report_address(settings),
            clock(),
            folder,
        ):
            out.print(f"Записано: {path}", markup=False, soft_wrap=True)
    except OSError as error:
        raise RequestRefused(f"{folder}: записать не удалось ({error.strerror}).") from None
