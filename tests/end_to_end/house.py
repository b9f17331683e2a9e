"""A whole mailbot between real servers: settings, a run until all is done, and what came of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from mailbot import daemon_roles
from mailbot.config import Settings, resource_folder
from mailbot.daemon import Daemon
from mailbot.model.daemon_role import DaemonRole
from mailbot.services.letters.attempt import Handle
from mailbot.services.letters.handle import handle as handle_letter
from mailbot.store import Store
from mailbot.store.cases import summaries
from tests.servers import ImapServer


def confirmed_rules(folder: Path) -> Path:
    """The shipped rules with the channels confirmed, as a company would after reading them, and somebody who is told of emergencies."""
    rules = folder / "rules"
    shutil.copytree(resource_folder("rules"), rules, dirs_exist_ok=True)
    channels = rules / "channels.toml"
    text = channels.read_text(encoding="utf-8").replace("confirmed = false", "confirmed = true")
    channels.write_text(text, encoding="utf-8")
    alarm = rules / "alarm.toml"
    people = alarm.read_text(encoding="utf-8").replace("people = []", 'people = ["dispatcher@eco.example"]')
    alarm.write_text(people, encoding="utf-8")
    return rules


def run_until(
    settings: Settings,
    done: Callable[[Store], bool],
    *,
    patience: float = 300,
    handle: Handle = handle_letter,
    roles: Collection[DaemonRole] = tuple(DaemonRole),
) -> Store:
    """Run the daemon until `done`, or fail after `patience` seconds; the open store."""
    store = daemon_roles.open_store(settings)
    store.migrate()
    until = time.monotonic() + patience
    looked = 0.0

    def tick() -> bool:
        nonlocal looked
        if time.monotonic() - looked < 0.5:
            return True
        looked = time.monotonic()
        assert looked < until, (
            f"not done after {patience} s: {store.ask(summaries.counts)}, pending {store.ask(summaries.pending)}"
        )
        return not done(store)

    Daemon(settings, handle=handle, tick=tick, roles=roles).run()
    return store


def replies_to(sent: list[bytes]) -> dict[str, list[Message]]:
    """Our letters in the sink by the Message-ID that each answers."""
    found: dict[str, list[Message]] = {}
    for content in sent:
        message = message_from_bytes(content)
        found.setdefault(str(message["In-Reply-To"]), []).append(message)
    return found


def put(imap: ImapServer, letters: Iterable[tuple[bytes, datetime]]) -> None:
    """Put letters into INBOX over one connection, each with its INTERNALDATE."""
    with imap.client() as client:
        for content, at in letters:
            client.append("INBOX", content, msg_time=at)


def sent_folder(imap: ImapServer) -> list[str]:
    """The Message-IDs of all copies in the Sent folder."""
    with imap.client() as client:
        client.select_folder("Sent", readonly=True)
        uids = client.search("ALL")
        answers = client.fetch(uids, ["BODY.PEEK[HEADER]"]) if uids else {}
    return [str(message_from_bytes(answer[b"BODY[HEADER]"])["Message-ID"]) for answer in answers.values()]
