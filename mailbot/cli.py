"""The command line: parse the words, call one service, show the result."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from mailbot.config import TEMPLATE, ConfigError, Settings, load
from mailbot.logs import log_to_stderr
from mailbot.model import CaseState, RulebookError, UnlawfulStep

if TYPE_CHECKING:
    from mailbot.store import Store  # imported by the commands themselves: a start must be quick

app = typer.Typer(
    help="Разбирает почту теплоснабжающей компании и делает то, что обещает её стандарт обслуживания.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

ConfigPath = Annotated[Path, typer.Option("--config", "-c", help="Файл настройки.")]
AsJson = Annotated[bool, typer.Option("--json", help="По одному объекту JSON в строке.")]
CONFIG = Path("mailbot.toml")


def main() -> None:
    """Entry point of the console script: a fault of ours is one clear line a fault, exit status 2."""
    from mailbot.store import NoSuchCase, StoreUnavailable

    try:
        app()
    except (ConfigError, RulebookError) as error:
        from mailbot.console import list_faults

        list_faults(err, error.faults)
        sys.exit(2)
    except (StoreUnavailable, NoSuchCase, UnlawfulStep) as error:
        err.print(str(error), style="red", soft_wrap=True)
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
    """Записать файл настройки с пояснениями."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise ConfigError((f"{path}: файл уже есть; он не изменён.",)) from None
    except OSError as error:
        raise ConfigError((f"{path}: записать не удалось ({error.strerror}).",)) from None
    out.print(f"Записано: {path}. Впишите своё и проверьте: mailbot doctor -c {path}")


@app.command()
def run(config: ConfigPath = CONFIG) -> None:
    """Запустить демона: принимать, разбирать и отвечать, пока не остановят."""
    from mailbot import roles
    from mailbot.daemon import Daemon
    from mailbot.services.doctor import check_channels

    settings = load(config)
    rulebook = roles.bench(settings, "start-up").rulebook
    if fault := check_channels(rulebook.channels).fault:
        raise ConfigError((fault,))
    log_to_stderr(logging.INFO)
    with _store(settings) as store:
        store.migrate()
    Daemon(settings).run()


@app.command()
def doctor(config: ConfigPath = CONFIG) -> None:
    """Проверить настройку, правила, шаблоны, базу, ящик и отправку; сказать, что исправить."""
    from mailbot import roles
    from mailbot.services.doctor import Check, check_channels, check_outside

    settings = load(config)
    checks = [Check("Настройка", note=str(config))]
    channels = None
    try:
        channels = roles.bench(settings, "doctor").rulebook.channels
        checks += [Check("Правила и шаблоны"), check_channels(channels)]
    except (RulebookError, ConfigError) as error:
        checks += [Check("Правила и шаблоны", fault) for fault in error.faults]
    sender = roles.smtp(settings, channels.mail if channels else settings.smtp.login)
    checks += check_outside(lambda: roles.open_store(settings), roles.mailbox(settings), sender)
    for check in checks:
        mark = "[red]✗[/red]" if check.fault else "[green]✓[/green]"
        out.print(f"{mark} {check.what}: ", end="")
        out.print(check.fault or check.note or "в порядке", markup=False, soft_wrap=True)
    raise typer.Exit(1 if any(check.fault for check in checks) else 0)


@app.command()
def explain(
    files: Annotated[list[Path], typer.Argument(help="Письма: .eml, mbox, Maildir или папки.")],
    as_json: AsJson = False,
    clients: Annotated[Path | None, typer.Option(help="Реестр клиентов: CSV email,account,name.")] = None,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Файл настройки.")] = None,
) -> None:
    """Показать весь путь письма: что понято, какие правила пробовали, что решено. Ничего не хранит."""
    from mailbot import console
    from mailbot.roles import bench, clock
    from mailbot.services.explain import explain as explain_letter
    from mailbot.services.samples import read_register
    from mailbot.transport import FileFault, read_path

    tools = bench(load(config) if config else Settings(), "explain")
    register = read_register(clients) if clients else None
    failed = False
    for path in files:
        for item in read_path(path):
            if isinstance(item, FileFault):
                failed = True
                err.print(f"{item.source}: {item.message}", markup=False, soft_wrap=True)
                continue
            name, raw = item
            result = explain_letter(raw, tools.rulebook, tools.templates, register, clock())
            if as_json:
                sys.stdout.write(json.dumps(console.as_json(name, result), ensure_ascii=False) + "\n")
            else:
                console.show(out, name, result)
    raise typer.Exit(1 if failed else 0)


@app.command()
def intake(paths: Annotated[list[Path], typer.Argument()], config: ConfigPath = CONFIG) -> None:
    """Принять письма из файлов (.eml, mbox, Maildir) той же дорогой, что и из ящика."""
    from mailbot.roles import clock
    from mailbot.services.collect import intake as take_in
    from mailbot.transport import FileFault

    fresh = known = failed = 0
    with _store(load(config)) as store:
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
    from mailbot.console import case_json, case_table

    with _store(load(config)) as store:
        store.check()
        found = store.cases(state, limit)
        counts = store.counts()
    if as_json:
        for case in found:
            sys.stdout.write(json.dumps(case_json(case), ensure_ascii=False) + "\n")
    else:
        out.print(case_table(found, counts))


@app.command()
def case(
    number: Annotated[str, typer.Argument(help="Регистрационный номер, например 26-000123.")],
    raw: Annotated[bool, typer.Option("--raw", help="Выдать исходные байты письма.")] = False,
    config: ConfigPath = CONFIG,
) -> None:
    """Показать одно обращение: решение, журнал, ошибку — или исходное письмо."""
    from mailbot.console import show_case

    with _store(load(config)) as store:
        store.check()
        record = store.case(number)
        if raw:
            sys.stdout.buffer.write(store.raw(record.letter_id).content)
        else:
            show_case(out, record, store.events(number), store.outgoing(number))


@app.command("take-back")
def take_back(
    number: Annotated[str, typer.Argument(help="Номер обращения, оставленного без ответа.")],
    why: Annotated[str, typer.Option(help="Почему; попадёт в журнал.")],
    by: Annotated[str, typer.Option(help="Кто возвращает; попадёт в журнал.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Вернуть сотруднику обращение, которое машина оставила без ответа."""
    from mailbot.roles import clock
    from mailbot.services.review import take_back as take_case_back

    with _store(load(config)) as store:
        store.check()
        take_case_back(store, number, by=by, why=why, now=clock())
    out.print(f"Обращение {number} ждёт сотрудника.")


@app.command()
def answer(
    number: Annotated[str, typer.Argument(help="Номер обращения.")],
    text: Annotated[typer.FileText, typer.Option(help="Файл с ответом по существу; «-» — ввод.")],
    by: Annotated[str, typer.Option(help="Кто отвечает; попадёт в журнал.")],
    config: ConfigPath = CONFIG,
) -> None:
    """Ответить на обращение по существу: письмо уйдёт из очереди отправки."""
    from mailbot.roles import bench, clock
    from mailbot.services.review import answer as answer_case

    settings = load(config)
    words = text.read().strip()
    if not words:
        raise ConfigError(("Ответ пуст: напишите текст.",))
    with _store(settings) as store:
        store.check()
        answer_case(store, bench(settings, by).templates, number, words, by=by, now=clock())
    out.print(f"Ответ на обращение {number} поставлен в отправку.")


@contextmanager
def _store(settings: Settings) -> Iterator[Store]:
    from mailbot.roles import open_store

    store = open_store(settings)
    try:
        yield store
    finally:
        store.close()
