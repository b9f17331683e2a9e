"""Letters that others wrote: taken in whole, in time, robots known for what they are."""

from __future__ import annotations

import csv
import time
from datetime import UTC, datetime
from pathlib import Path

from mailbot.model import RawLetter
from mailbot.parsing import parse, read_envelope
from tests.parsing.test_hostile import assert_sound

NO_ROBOT = "must NOT be recognised"
ROBOTS = ("bounce", "auto-reply", "newsletter")


def corpus(shared: Path) -> list[tuple[dict[str, str], bytes]]:
    with (shared / "mail-corpus" / "INDEX.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [(row, (shared / "mail-corpus" / row["path"]).read_bytes()) for row in rows]


def test_every_letter_is_taken_in_within_two_seconds(shared: Path) -> None:
    letters = [content for _, content in corpus(shared)]
    letters += [path.read_bytes() for path in sorted((shared / "letters").rglob("*.eml"))]
    assert len(letters) > 300
    for content in letters:
        started = time.process_time()
        found = parse(RawLetter(content, datetime.now(UTC)))
        assert time.process_time() - started < 2
        assert_sound(found)
        assert read_envelope(content).sender == found.from_.email[:320]


def test_robots_are_known_for_robots(shared: Path) -> None:
    missed = [
        row["path"]
        for row, content in corpus(shared)
        if any(kind in row["kind"] for kind in ROBOTS)
        and NO_ROBOT not in row["stated by the source"]
        and not parse(RawLetter(content, datetime.now(UTC))).automatic
    ]
    assert missed == []
