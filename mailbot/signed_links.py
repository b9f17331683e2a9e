"""Links in our letters, and the secret that signs them and the cookies: made once and kept; apart from the pages, which
are heavy to load."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from mailbot.config import ConfigError, Settings
from mailbot.services.client_links.answer_rating import RateLinks
from mailbot.services.client_links.reminder_stop import StopLinks

MIN_SECRET = 32
VARIABLE = "MAILBOT_WEB_SECRET"


def secret(settings: Settings) -> str:
    """From the environment (several machines share one), else from a file of the data directory, made at first."""
    if given := os.environ.get(VARIABLE, ""):
        if len(given) < MIN_SECRET:
            raise ConfigError((f"{VARIABLE}: короче {MIN_SECRET} знаков. Задайте длинную случайную строку.",))
        return given
    return _kept(settings.data_dir / "web-secret")


def stop_links(settings: Settings) -> StopLinks:
    """The links by which reminders are stopped; the page that they lead to knows the same secret."""
    return StopLinks(secret(settings), settings.web.address)


def report_address(settings: Settings) -> str:
    """Where the links of a report lead; empty where the pages are reached on this machine alone: its readers are not."""
    host = urlsplit(settings.web.address).hostname or ""
    return "" if host == "localhost" or host.startswith("127.") or host == "::1" else settings.web.address


def rate_links(settings: Settings) -> RateLinks | None:
    """The links by which answers are rated; None where a client's browser does not reach the pages."""
    links = RateLinks("", settings.web.address)
    return RateLinks(secret(settings), settings.web.address) if links.usable else None


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = secrets.token_urlsafe(48)
        file.write(made)
    return made
