"""Words that every command takes, and the database that it opens: one file, so that they mean the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from mailbot.config import Settings

if TYPE_CHECKING:
    from mailbot.store import Store  # imported by the commands themselves: a start must be quick

CONFIG = Path("mailbot.toml")
CONSOLE_ACTOR = "консоль"

ConfigPath = Annotated[Path, typer.Option("--config", "-c", help="Файл настройки.")]
AsJson = Annotated[bool, typer.Option("--json", help="По одному объекту JSON в строке.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Проверить и показать, ничего не меняя.")]
By = Annotated[str, typer.Option("--by", help="Кто это делает: имя и фамилия.")]

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """The database of the settings, closed at the end; not migrated."""
    from mailbot.daemon_roles import open_store as opened

    store = opened(settings)
    try:
        yield store
    finally:
        store.close()


def company_time_zone(store: Store, settings: Settings) -> ZoneInfo:
    """The company's time zone."""
    from mailbot.command_setup import load_files
    from mailbot.services.in_force.rules_and_templates import load_current_rules

    return ZoneInfo(load_current_rules(store, load_files(settings)).rulebook.channels.time_zone)


def company_date(store: Store, settings: Settings, now: datetime) -> date:
    """The day of a moment where the company is."""
    return now.astimezone(company_time_zone(store, settings)).date()


class DryRunRollback(Exception):
    """Ends a transaction whose outcome was only to be shown (`--dry-run`)."""
