"""The command line: parse the words, call one service, show the result."""

from __future__ import annotations

import json
import logging
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from mailbot.commands import bill_sending  # noqa: F401 (adds its commands to `bill`)
from mailbot.commands.account import account
from mailbot.commands.bill import bill
from mailbot.commands.clients import clients
from mailbot.commands.payments import payments
from mailbot.commands.readings import readings
from mailbot.commands.recalculate import recalculate
from mailbot.commands.remind import remind
from mailbot.commands.report import report
from mailbot.commands.shared_options import (
    CONFIG,
    AsJson,
    ConfigPath,
    company_time_zone,
    err,
    open_store,
    out,
)
from mailbot.commands.survey import survey
from mailbot.commands.train import train
from mailbot.commands.users import users
from mailbot.config import ConfigError, Settings, load_settings
from mailbot.first_settings import where_to_fill_in, write_initial_settings
from mailbot.fork_source import start_loading
from mailbot.logs import log_to_stderr
from mailbot.model import CaseState, LetterCorrection, LetterKind, RequestRefused, RulebookError

app = typer.Typer(
    help="Разбирает почту теплоснабжающей компании и делает то, что обещает её стандарт обслуживания.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(bill, name="bill")
app.add_typer(clients, name="clients")
app.add_typer(payments, name="payments")
app.add_typer(recalculate, name="recalculate")
app.add_typer(readings, name="readings")
app.add_typer(remind, name="remind")
app.add_typer(report, name="report")
app.add_typer(survey, name="survey")
app.add_typer(users, name="users")
app.command()(account)
app.command()(train)


def main() -> None:
    """Entry point of the console script: a fault of ours is one clear line a fault, exit status 2."""
    try:
        app()
    except (ConfigError, RulebookError, RequestRefused) as error:
        from mailbot.console import list_faults

        list_faults(err, error.faults)
        sys.exit(2)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="Закончить, когда разобраны все образцы.")] = False,
) -> None:
    """Показать всё в деле: встроенные серверы, письма-образцы, настоящий демон. Настройка не нужна."""
    from mailbot.demo import run_demo

    log_to_stderr(logging.CRITICAL)
    raise typer.Exit(run_demo(out, stay=not once))


@app.command()
def init(path: Annotated[Path, typer.Argument(help="Куда записать настройку.")] = CONFIG) -> None:
    """Записать файл настройки с пояснениями и рядом, в папку rules, те правила, которые нужно заполнить."""
    today = datetime.now().astimezone().date()
    written = ", ".join(map(str, write_initial_settings(path, today)))
    out.print(f"Записано: {written}. Впишите своё и проверьте: mailbot doctor -c {path}", soft_wrap=True)
    out.print(
        f"Отвечать mailbot будет на письма с {today:%d.%m.%Y} (start_date). Если в ящике есть письма, которые пришли раньше и "
        "ещё ждут ответа, поставьте день пораньше до первого запуска.",
        soft_wrap=True,
    )


@app.command()
def run(config: ConfigPath = CONFIG) -> None:
    """Запустить демона: принимать, разбирать и отвечать, пока не остановят."""
    settings = load_settings(config)
    start_loading(settings)
    from mailbot.daemon import Daemon  # what it needs is imported while that loads

    log_to_stderr(logging.INFO)
    daemon = Daemon(settings)
    with open_store(settings) as store:
        store.migrate()
    daemon.run()


@app.command()
def work(config: ConfigPath = CONFIG) -> None:
    """Разбирать письма на этой машине, пока не остановят: принимает и отправляет «mailbot run» на другой."""
    settings = load_settings(config)
    if settings.database.startswith("sqlite"):
        raise ConfigError(
            (
                "«mailbot work» помогает другой машине, а база SQLite есть только у этой: задайте database_url "
                "(PostgreSQL), или на одной машине прибавьте workers в [daemon] и запустите «mailbot run».",
            )
        )
    start_loading(settings)
    from mailbot.daemon import Daemon  # what it needs is imported while that loads
    from mailbot.model.daemon_role import DaemonRole

    log_to_stderr(logging.INFO)
    daemon = Daemon(settings, roles=(DaemonRole.WORKER,))
    with open_store(settings) as store:
        store.check()  # the tables are the other machine's to make
    daemon.run()


@app.command()
def web(config: ConfigPath = CONFIG) -> None:
    """Показать сотрудникам очередь в браузере, без демона: принимать и отправлять будет «mailbot run»."""
    from mailbot.command_setup import load_files_at_start
    from mailbot.services.in_force.rules_and_templates import load_checked_rules
    from mailbot.web.serving import PageServer

    settings = load_settings(config)
    load_checked_rules(
        0, load_files_at_start(settings)
    )  # a fault in a rule or tariff is told now, not to whoever opens a page
    log_to_stderr(logging.INFO)
    with open_store(settings) as store:
        store.migrate()
        server = PageServer(settings, store)
        out.print(f"Страницы: {settings.web.address} (остановить: Ctrl+C)")
        server.run()


@app.command()
def doctor(config: ConfigPath = CONFIG) -> None:
    """Проверить настройку, правила, шаблоны, базу, ящик и отправку; сказать, что исправить."""
    from mailbot import daemon_roles
    from mailbot.command_setup import clock, load_files_at_start
    from mailbot.config import load_sources
    from mailbot.services.doctor import (
        DoctorCheck,
        StartQuestion,
        check_alarm,
        check_caps,
        check_channels,
        check_halves,
        check_outside,
        check_payee,
        check_readers,
        check_start_date,
    )
    from mailbot.services.in_force.rules_and_templates import load_checked_rules
    from mailbot.store.mail.incoming_claims import TIME_ZONE

    settings = load_settings(config)
    checks = [DoctorCheck("Настройка", note=str(config))]
    channels = None
    try:
        rules = load_checked_rules(0, load_files_at_start(settings))
        channels = rules.rulebook.channels
        checks += [
            DoctorCheck("Правила и шаблоны"),
            check_halves(rules.sources, load_sources("templates")),
            check_caps(rules.rulebook.limits),
            check_channels(channels, where_to_fill_in(settings, "channels.toml")),
            check_payee(rules.payee, where_to_fill_in(settings, "bank.toml")),
            check_alarm(rules.rulebook.alarm, where_to_fill_in(settings, "alarm.toml")),
            check_readers(rules.rulebook.reports, where_to_fill_in(settings, "reports.toml")),
        ]
    except (RulebookError, ConfigError) as error:
        checks += [DoctorCheck("Правила и шаблоны", fault) for fault in error.faults]
    sender = daemon_roles.smtp(settings, channels.mail if channels else settings.smtp.login)
    zone, first_day = channels.time_zone if channels else TIME_ZONE, settings.imap.start_date
    if fault := check_start_date(first_day, clock().astimezone(ZoneInfo(zone)).date()).fault:
        checks.append(DoctorCheck("Начало работы", fault))
    checks += check_outside(
        lambda: daemon_roles.open_store(settings),
        daemon_roles.mailbox(settings),
        sender,
        StartQuestion(first_day, zone, clock()),
        daemon_roles.departure_journal(settings).departures(),
    )
    for check in checks:
        mark = "[red]✗[/red]" if check.fault else "[green]✓[/green]"
        out.print(f"{mark} {check.what}: ", end="")
        out.print(check.fault or check.note or "в порядке", markup=False, soft_wrap=True)
    raise typer.Exit(1 if any(check.fault for check in checks) else 0)


@app.command()
def explain(
    files: Annotated[list[Path], typer.Argument(help="Письма: .eml, mbox, Maildir или папки.")],
    as_json: AsJson = False,
    clients: Annotated[
        Path | None,
        typer.Option(help="Реестр: таблица, как для clients import, или CSV email,account,name."),
    ] = None,
    readings: Annotated[
        Path | None, typer.Option(help="Последние показания: таблица, как для readings import.")
    ] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Файл настройки.")] = None,
) -> None:
    """Показать весь путь письма: что понято, какие правила пробовали, что решено. Ничего не хранит."""
    from mailbot.command_setup import clock, load_rules_and_templates
    from mailbot.config import resource_folder
    from mailbot.console import explanation
    from mailbot.services.trial.imported_register import RegisterFiles, explaining
    from mailbot.transport import FileFault, read_path

    rulebook, templates = load_rules_and_templates(load_settings(config) if config else Settings())
    if readings is not None and clients is None:
        raise RequestRefused("К --readings нужен и реестр: --clients ФАЙЛ.")
    register = RegisterFiles(clients, readings) if clients else None
    failed = False
    with explaining(register, rulebook, templates, resource_folder("db")) as explain_letter:
        for item in (item for path in files for item in read_path(path)):
            if isinstance(item, FileFault):
                failed = True
                err.print(f"{item.source}: {item.message}", markup=False, soft_wrap=True)
                continue
            name, raw = item
            result = explain_letter(raw, clock())
            if as_json:
                sys.stdout.write(json.dumps(explanation.as_json(name, result), ensure_ascii=False) + "\n")
            else:
                explanation.show(out, name, result)
    raise typer.Exit(1 if failed else 0)


@app.command("eval")
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Папка размеченных писем: labels.jsonl, set/, threads/.")],
    predictions: Annotated[Path | None, typer.Option(help="Записать, что вышло, по письму в строке.")] = None,
    model: Annotated[Path | None, typer.Option(help="Другая модель вместо rules/classifier.json.")] = None,
    failures: Annotated[int, typer.Option(min=0, help="Сколько расхождений показать.")] = 40,
    as_json: AsJson = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Файл настройки.")] = None,
) -> None:
    """Измерить качество на размеченных письмах: настоящим путём, с таблицей ошибок и списком расхождений."""
    from mailbot.command_setup import load_files_at_start
    from mailbot.config import resource_folder
    from mailbot.console.evaluation import evaluation_json, show_evaluation
    from mailbot.console.explanation import as_json as explanation_json
    from mailbot.policy import with_model
    from mailbot.services.evaluation.evaluate import evaluate_letters as weigh
    from mailbot.services.evaluation.judging import judge
    from mailbot.services.evaluation.labelled_folder import read_folder
    from mailbot.services.in_force.rules_and_templates import load_checked_rules

    settings = load_settings(config) if config else Settings()
    files = load_files_at_start(settings)
    rules = load_checked_rules(0, with_model(files, model.read_text(encoding="utf-8")) if model else files)
    judged = judge(read_folder(folder), rules, resource_folder("db"))
    if predictions:
        with predictions.open("w", encoding="utf-8") as file:
            for judgement in judged.all:
                line = json.dumps(
                    explanation_json(judgement.label.file, judgement.result), ensure_ascii=False
                )
                file.write(line + "\n")
    evaluation = weigh(judged)
    if as_json:
        sys.stdout.write(json.dumps(evaluation_json(evaluation), ensure_ascii=False, indent=1) + "\n")
    else:
        show_evaluation(out, evaluation, failures)


@app.command()
def intake(paths: Annotated[list[Path], typer.Argument()], config: ConfigPath = CONFIG) -> None:
    """Принять письма из файлов (.eml, mbox, Maildir) той же дорогой, что и из ящика."""
    from mailbot.command_setup import clock
    from mailbot.services.letters.collect import intake as take_in
    from mailbot.transport import FileFault

    fresh = known = failed = 0
    with open_store(load_settings(config)) as store:
        store.migrate()
        for item in take_in(store, paths, clock):
            if isinstance(item, FileFault):
                failed += 1
                err.print(f"{item.source}: {item.message}", markup=False, soft_wrap=True)
            else:
                fresh, known = fresh + item.fresh, known + (not item.fresh)
    out.print(f"Принято: {fresh}, уже были: {known}, не письма: {failed}.")
    raise typer.Exit(1 if failed else 0)


@app.command()
def cases(
    state: Annotated[CaseState | None, typer.Option(help="Только в этом состоянии.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Сколько последних.")] = 50,
    as_json: AsJson = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать, что с обращениями: кто ждёт сотрудника, что отвечено, что оставлено без ответа."""
    from mailbot.console.cases import case_json, case_table
    from mailbot.store.cases import summaries

    settings = load_settings(config)
    with open_store(settings) as store:
        store.check()
        newest = store.ask(summaries.cases, state, limit)
        counts = store.ask(summaries.counts)
        zone = company_time_zone(store, settings)
    if as_json:
        for case in newest:
            sys.stdout.write(json.dumps(case_json(case), ensure_ascii=False) + "\n")
    else:
        out.print(case_table(newest, counts, zone))


@app.command()
def case(
    number: Annotated[str, typer.Argument(help="Регистрационный номер, например 26-000123.")],
    raw: Annotated[bool, typer.Option("--raw", help="Выдать исходные байты письма.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать одно обращение: решение, журнал, ошибку — или исходное письмо."""
    from mailbot.console.cases import show_case
    from mailbot.store.case_log import events
    from mailbot.store.cases import summaries
    from mailbot.store.mail import incoming

    settings = load_settings(config)
    with open_store(settings) as store:
        store.check()
        record = store.ask(summaries.case_of, number)
        if raw:
            sys.stdout.buffer.write(store.ask(incoming.load_raw, record.letter_id).content)
        else:
            zone = company_time_zone(store, settings)
            show_case(
                out,
                record,
                store.ask(events.events_of, record.id),
                store.ask(summaries.outgoing_of, record.id),
                zone,
            )


@app.command("take-back")
def take_back(
    number: Annotated[str, typer.Argument(help="Номер обращения, оставленного без ответа.")],
    why: Annotated[str, typer.Option(help="Почему; попадёт в журнал.")],
    by: Annotated[str, typer.Option(help="Кто возвращает; попадёт в журнал.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Вернуть сотруднику обращение, которое машина оставила без ответа."""
    from mailbot.command_setup import clock
    from mailbot.services.desk.case_acts import acts

    with open_store(load_settings(config)) as store:
        store.check()
        acts.take_back(store, acts.ActContext(number, None, by, clock()), why)
    out.print(f"Обращение {number} ждёт сотрудника.")


@app.command()
def correct(
    number: Annotated[str, typer.Argument(help="Номер обращения.")],
    by: Annotated[str, typer.Option(help="Кто исправляет; попадёт в журнал.")],
    kinds: Annotated[
        list[LetterKind] | None, typer.Option("--kind", help="Вид; главный первым. Можно несколько.")
    ] = None,
    correspondent: Annotated[
        str | None,
        typer.Option(help="Группа из correspondents.toml; пустая строка — письмо клиента."),
    ] = None,
    topics: Annotated[list[str] | None, typer.Option("--topic", help="Тема из topics.toml.")] = None,
    urgent: Annotated[bool, typer.Option("--urgent", help="Действовать нужно в ближайшие часы.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Исправить вид и темы обращения: по исправлениям учится модель (mailbot train)."""
    from mailbot.command_setup import clock
    from mailbot.daemon_roles import open_current_rules
    from mailbot.services.desk.case_acts import acts

    settings = load_settings(config)
    said = LetterCorrection(tuple(dict.fromkeys(kinds or ())), tuple(topics or ()), urgent, correspondent)
    with open_store(settings) as store:
        store.check()
        rulebook = open_current_rules(settings, store).current().rulebook
        acts.relabel_case(store, rulebook, acts.ActContext(number, None, by, clock()), said)
    out.print(f"Обращение {number} исправлено.")


@app.command()
def answer(
    number: Annotated[str, typer.Argument(help="Номер обращения.")],
    text: Annotated[typer.FileText, typer.Option(help="Файл с ответом по существу; «-» — ввод.")],
    by: Annotated[str, typer.Option(help="Кто отвечает; попадёт в журнал.")],
    insist: Annotated[
        bool,
        typer.Option("--insist", help="Закрыть, хотя текст не похож на ответ по существу; попадёт в журнал."),
    ] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Ответить на обращение по существу: письмо уйдёт из очереди отправки."""
    from mailbot.command_setup import clock
    from mailbot.daemon_roles import open_current_rules
    from mailbot.services.desk.case_acts import letter_sending
    from mailbot.services.desk.case_acts.acts import ActContext
    from mailbot.services.desk.writing.effect_of_text import AnswerLacksSubstance, ClosingInsistence

    settings = load_settings(config)
    words = text.read().strip()
    if not words:
        raise ConfigError(("Ответ пуст: напишите текст.",))
    closing = ClosingInsistence.INSISTED if insist else ClosingInsistence.ASKED
    with open_store(settings) as store:
        store.check()
        rules, page = open_current_rules(settings, store).current(), ActContext(number, None, by, clock())
        try:
            letter_sending.send(store, rules, page, words, closing=closing)
        except AnswerLacksSubstance as error:
            raise RequestRefused(f"{error} Всё равно закрыть: --insist.") from None
    out.print(f"Ответ на обращение {number} поставлен в отправку.")
