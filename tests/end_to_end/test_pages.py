"""`mailbot run` serves the pages beside the daemon, and its workers heed what staff change in them."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from mailbot.command_setup import load_files
from mailbot.config import WebSection
from mailbot.services.in_force.rules_and_templates import save
from mailbot.store import Store
from mailbot.transport.embedded import EmbeddedImap, EmbeddedSmtp
from tests.end_to_end.house import run_until
from tests.end_to_end.test_main_job import settings as of_the_main_job

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def letter(name: str, house: int) -> tuple[bytes, datetime]:
    """The same question from different people."""
    head = f"From: {name}@k.ru\r\nSubject: {name}\r\nMessage-ID: <{name}@k.ru>\r\n\r\n"
    return (
        f"{head}Здравствуйте! Когда работает офис? Мира {house}-12, тел. 891945022{house}\r\n".encode(),
        NOW,
    )


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def test_pages_are_served_and_a_changed_answer_is_sent_without_a_restart(tmp_path: Path) -> None:
    port = free_port()
    with EmbeddedImap() as imap, EmbeddedSmtp() as sink:
        settings = of_the_main_job(tmp_path, imap, sink)  # type: ignore[arg-type]
        settings = settings.model_copy(
            update={"web": WebSection(port=port, address=f"http://127.0.0.1:{port}")}
        )
        sources = load_files(settings)
        told, shown = (
            next(one.text for one in sources if one.name == f"templates/mail/office_hours.{half}")
            for half in ("txt", "html")
        )
        imap.deliver([letter("one", 15)])
        changed = served = False

        def done(store: Store) -> bool:
            nonlocal changed, served
            if not served:
                try:
                    with urlopen(
                        f"http://127.0.0.1:{port}/login", timeout=2
                    ) as answer:  # the test's own server
                        served = "Вход для сотрудников" in answer.read().decode()
                except (URLError, OSError):
                    return False
            if len(sink.received) == 1 and not changed:
                text = told.replace("{% block body %}", "{% block body %}\nНовые слова сотрудника.\n")
                half = shown.replace("{% block body %}", "{% block body %}\n<p>Новые слова сотрудника.</p>\n")
                save(
                    store, sources, "templates/mail/office_hours.txt", text, "", by="anna", now=NOW, half=half
                )
                imap.deliver([letter("two", 27)])
                changed = True
                time.sleep(0.1)
            return served and len(sink.received) == 2

        run_until(settings, done).close()
        first, second = (item.content for item in sink.received)
        assert plain(first).count("Новые слова сотрудника.") == 0
        assert plain(second).count("Новые слова сотрудника.") == 1


def plain(content: bytes) -> str:
    import email
    from email.policy import default

    body = email.message_from_bytes(content, policy=default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())
