"""Serve the pages with waitress until told to stop; the secret that signs cookies is made once and kept."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from mailbot.config import ConfigError, Settings
from mailbot.services.stop_links import StopLinks
from mailbot.services.survey_links import RateLinks
from mailbot.store import Store
from mailbot.web.app import create_app
from mailbot.workshop import clock

LEAST_SECRET = 32
VARIABLE = "MAILBOT_WEB_SECRET"


def secret(settings: Settings) -> str:
    """From the environment (several machines share one), else from a file of the data directory, made at first."""
    if given := os.environ.get(VARIABLE, ""):
        if len(given) < LEAST_SECRET:
            raise ConfigError(
                (f"{VARIABLE}: короче {LEAST_SECRET} знаков. Задайте длинную случайную строку.",)
            )
        return given
    return _kept(settings.data_dir / "web-secret")


def stop_links(settings: Settings) -> StopLinks:
    """The links by which reminders are stopped; the page that they lead to knows the same secret."""
    return StopLinks(secret(settings), settings.web.address)


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


class PageServer:
    """The web server of these settings; `port` is the one it got. Runs in the thread that calls `run`."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        now: Callable[[], datetime] = clock,
        port: int | None = None,
    ) -> None:
        from waitress.server import create_server

        web = settings.web
        app = create_app(settings, store, now, secret(settings))
        wanted = web.port if port is None else port
        trusted: dict[str, Any] = {}
        if web.https:
            trusted = {
                "trusted_proxy": "127.0.0.1",
                "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
            }
        try:
            self._server = create_server(
                app,
                host=web.host,
                port=wanted,
                threads=web.threads,
                ident="mailbot",
                clear_untrusted_proxy_headers=True,
                **trusted,
            )
        except (OSError, socket.gaierror) as error:
            raise ConfigError(
                (f"Страницы: адрес {web.host}:{wanted} занят или недоступен ({error}). Измените [web] port.",)
            ) from error
        self.host, self.port = web.host, int(self._server.effective_port)

    def run(self) -> None:
        self._server.run()

    def close(self) -> None:
        """Stop; safe to call from another thread."""
        self._server.close()
