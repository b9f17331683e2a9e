"""Letters that make `handle` fail: planted faults, told by the letter's subject."""

from __future__ import annotations

import os
import time
from datetime import datetime

from sqlalchemy import Connection, select, text

from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.handle import handle
from mailbot.store import Store
from mailbot.store.mail import incoming
from mailbot.store.schema.letters_and_cases import letter
from tests.engines import PostgresServer

RAISES = b"Subject: planted fault"
HANGS = b"Subject: planted hang"
BURNS = b"Subject: planted burning"
SWELLS = b"Subject: planted swelling"


def handle_with_faults(store: Store, rules: ActiveRules, letter_id: int, now: datetime) -> None:
    """The real decision of a letter, but for the two that stand for a fault of ours."""
    content = store.ask(incoming.load_raw, letter_id).content
    if RAISES in content:
        raise RuntimeError("planted fault")
    if HANGS in content:
        time.sleep(3600)
    if BURNS in content:
        while True:
            pass
    if SWELLS in content:
        held = []
        while True:
            held.append(b"x" * 10_000_000)
            time.sleep(0.02)
    handle(store, rules, letter_id, now)


FAILOVER = b"Subject: planted failover"


def die_as_postgres_turns_read_only(store: Store, rules: ActiveRules, letter_id: int, now: datetime) -> None:
    """At the first attempt at the letter that asks for it: the database becomes a standby, and this process dies with the letter."""
    if FAILOVER in store.ask(incoming.load_raw, letter_id).content and store.ask(attempts_of, letter_id) == 1:
        turn_read_only(store)
        os._exit(1)
    handle(store, rules, letter_id, now)


def attempts_of(connection: Connection, letter_id: int) -> int:
    query = select(letter.c.attempts).where(letter.c.id == letter_id)
    return int(connection.execute(query).scalar_one())


def turn_read_only(store: Store) -> None:
    """As a failover does: every connection is cut, and the server behind the address takes no write."""
    url = store._engine.url
    server = PostgresServer(str(url.query["host"]))
    server.execute(
        f"ALTER DATABASE {url.database} SET default_transaction_read_only = on",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}'",
    )


def is_read_only(connection: Connection) -> bool:
    return bool(connection.execute(text("SHOW transaction_read_only")).scalar_one() == "on")
