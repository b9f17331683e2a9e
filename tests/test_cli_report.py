"""Reports at the command line: shown, written to files, sent; and what is asked wrongly is told plainly."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot import daemon_roles
from mailbot.config import load_settings
from mailbot.model import RawLetter
from mailbot.parsing import read_envelope
from mailbot.store.mail import incoming
from tests.test_cli import init, mailbot, process


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A database with one letter of week 47, not decided yet."""
    config = init(tmp_path)
    store = daemon_roles.open_store(load_settings(config))
    store.migrate()
    at = datetime(2026, 11, 18, 5, tzinfo=UTC)
    raw = RawLetter("From: a@bk.ru\r\nSubject: Холодно\r\n\r\nВ квартире +14.\r\n".encode(), at)
    store.do(incoming.save_letter, raw, read_envelope(raw.content), None, "test", at)
    store.close()
    return config


def test_a_week_is_shown_and_written_to_files(config: Path, tmp_path: Path) -> None:
    shown = process("report", "weekly", "--week", "2026-W47", "-c", config)
    assert shown.returncode == 0, shown.stderr
    assert "Отчёт за неделю 47, 16–22 ноября 2026" in shown.stdout
    assert "Пришло обращений: 1" in shown.stdout
    folder = tmp_path / "out"
    written = mailbot("report", "weekly", "--week", "2026-W47", "--out", folder, "-c", config)
    assert written.returncode == 0, written.stderr
    names = {path.name for path in folder.iterdir()}
    assert {"2026-W47.eml", "2026-W47.txt", "2026-W47.pdf", "2026-W47.xlsx"} <= names
    assert (folder / "2026-W47.pdf").read_bytes().startswith(b"%PDF")
    assert "127.0.0.1" not in (folder / "2026-W47.txt").read_text(encoding="utf-8"), (
        "its readers sit elsewhere"
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("weekly", "--week", "2026-W60"), "не неделя, не месяц и не квартал"),
        (("monthly", "--month", "2026-W47"), "это неделя, а нужно: месяц"),
        (("weekly", "--week", "2026-W47", "--again"), "добавьте --send"),
        (("quarterly", "--send"), "впишите адреса в readers"),
    ],
)
def test_what_is_asked_wrongly_is_told_plainly(config: Path, words: tuple[str, ...], told: str) -> None:
    done = mailbot("report", *words, "-c", config)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert told in " ".join(done.stderr.split())
