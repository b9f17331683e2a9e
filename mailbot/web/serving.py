"""Serve the pages with waitress until told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime
from typing import Any

from mailbot.command_setup import clock
from mailbot.config import ConfigError, Settings
from mailbot.services.store_handle import Store
from mailbot.signed_links import secret
from mailbot.web.app import create_app


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
        trigger = getattr(self._server, "trigger", None)  # None: it listens at several addresses
        if trigger is None:
            self._server.close()
        else:
            trigger.pull_trigger(self._server.close)  # at once, and not when its loop next looks up
