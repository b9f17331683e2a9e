"""A company's register out of files, for letters that are only tried: a database that lasts as long as the trial."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from mailbot.composing import MailTemplates
from mailbot.model import RawLetter, Rulebook
from mailbot.parsing import parse
from mailbot.services.ledger.tables.readings_table import import_readings, read_readings
from mailbot.services.ledger.tables.register_table import COLUMNS, MANDATORY, ZONE, read_clients
from mailbot.services.ledger.tables.table_file import read_table
from mailbot.services.letters.letter_in_context import register_in_hand
from mailbot.services.trial.explanation import Explanation, explain, explained
from mailbot.services.trial.register_csv import read_register
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.decisions import context as stored_context
from mailbot.understanding import understand

BY = "проба"
NO_DAY = date(2000, 1, 1)
UNSAVED_ID = 0
"""The id of a letter that stands in no database."""


@dataclass(frozen=True, slots=True)
class RegisterFiles:
    """Tables as `mailbot clients import` and `mailbot readings import` read them; `readings` None: no value is known."""

    clients: Path
    readings: Path | None = None


def register_files(folder: Path) -> RegisterFiles | None:
    """The register of a folder of labelled letters: `clients.csv`, and `readings.csv` beside it; None without the first."""
    clients, readings = folder / "clients.csv", folder / "readings.csv"
    return RegisterFiles(clients, readings if readings.exists() else None) if clients.exists() else None


def is_account_table(clients: Path) -> bool:
    """Is the file a table of accounts, and not a mere list of senders (`services.clients`)?"""
    with clients.open("rb") as file:
        return clients.suffix.lower() != ".csv" or b"email" not in file.readline()


@contextmanager
def import_into_new_store(files: RegisterFiles, rulebook: Rulebook, migrations: Path) -> Iterator[Store]:
    """A store that holds the register and nothing else; RequestRefused tells each fault of the files by row and column."""
    with tempfile.TemporaryDirectory(prefix="mailbot-register-") as home:
        store = Store(f"sqlite:///{Path(home) / 'register.db'}", migrations)
        try:
            store.migrate()
            fill_store(store, files, rulebook)
            yield store
        finally:
            store.close()


def fill_store(store: Store, files: RegisterFiles, rulebook: Rulebook) -> None:
    """Import the tables into an empty store."""
    zones = {row.cells.get(ZONE, "") for row in read_table(files.clients, COLUMNS, MANDATORY)}
    clients = read_clients(files.clients, zones)  # a trial bills nobody: any zone will do
    with store.write() as transaction:
        register_import.import_register(transaction, clients)
        if files.readings is not None:
            table = read_readings(files.readings)
            today = max((line.day for line in table.lines), default=NO_DAY)
            now = datetime(today.year, today.month, today.day, tzinfo=UTC)
            import_readings(transaction, table, rulebook.ledger, BY, now, today, any_growth=True)


def explain_with_register(
    store: Store, rulebook: Rulebook, templates: MailTemplates, raw: RawLetter, now: datetime
) -> Explanation:
    """Judge one letter as if it were the first of its sender, with the register that the store holds; nothing is kept."""
    letter = parse(raw)
    facts = understand(letter, rulebook, register_in_hand(store, letter))
    with store.write() as transaction:
        channels = rulebook.channels
        context = stored_context.context(
            transaction, UNSAVED_ID, letter, facts, now, channels.time_zone, channels.own_addresses
        )
    return explained(raw, letter, facts, context, rulebook, templates, now)


Explain = Callable[[RawLetter, datetime], Explanation]


@contextmanager
def explaining(
    files: RegisterFiles | None, rulebook: Rulebook, templates: MailTemplates, migrations: Path
) -> Iterator[Explain]:
    """How letters are explained: with the whole register, with a list of senders, or with none."""
    if files is not None and is_account_table(files.clients):
        with import_into_new_store(files, rulebook, migrations) as store:
            yield partial(explain_with_register, store, rulebook, templates)
    else:
        senders = read_register(files.clients) if files is not None else None
        yield lambda raw, now: explain(raw, rulebook, templates, senders, now)
