"""Sending at the command line: shown, tried, sent once, printed, exported; each fault with what to do."""

from __future__ import annotations

import shutil
from email import message_from_bytes
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.services.ledger.tables.register_table import COLUMNS as OF_CLIENTS
from mailbot.transport.embedded import EmbeddedSmtp
from tests.end_to_end.test_kill_bill_send import at_once
from tests.test_cli import mailbot, process

FLAT = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление;a@b.ru;;почта;;;;;;;;"
PAPER = "440216;Чужих Олег;ФЛ;Мира, 5-13;40;2;Прикамский;отопление;;;бумага;;;;;;;;"
NEAR = "440217;Лыкова Нина;ФЛ;Мира, 5-2;40;2;Прикамский;отопление;;;бумага;;;;;;;;"
OCTOBER = ("--month", "2026-10")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A company whose October is closed."""
    at_once(tmp_path)
    config, table = tmp_path / "mailbot.toml", tmp_path / "клиенты.csv"
    config.write_text('rules_dir = "rules"\n[smtp]\nsecurity = "plain"\nlogin = ""\n', encoding="utf-8")
    table.write_text("\n".join((";".join(OF_CLIENTS), FLAT, PAPER, NEAR)), encoding="utf-8")
    assert mailbot("clients", "import", table, "-c", config).returncode == 0
    assert mailbot("bill", "run", *OCTOBER, "-c", config).returncode == 0
    return config


def test_a_month_is_tried_sent_printed_and_shown(config: Path, tmp_path: Path) -> None:
    tried = mailbot("bill", "send", *OCTOBER, "--dry-run", "-c", config)
    assert "ничего не отправлено" in tried.stdout
    assert "на бумаге 2, на почту 1" in tried.stdout
    done = mailbot("bill", "send", *OCTOBER, "-c", config)
    assert "готовы все" in done.stdout
    assert "новых нет" in mailbot("bill", "send", *OCTOBER, "-c", config).stdout
    printed = mailbot("bill", "print", *OCTOBER, "--out", tmp_path / "1.pdf", "-c", config)
    assert "квитанций 2" in printed.stdout
    assert (tmp_path / "1.pdf").read_bytes().startswith(b"%PDF")
    again = mailbot("bill", "print", *OCTOBER, "--out", tmp_path / "2.pdf", "-c", config)
    assert (again.returncode, "--again" in again.stderr) == (2, True)
    status = process("bill", "status", *OCTOBER, "-c", config)
    assert "1  в очереди" in status.stdout
    assert "2  распечатаны" in status.stdout


def test_a_bill_is_looked_at_before_any_leaves(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "проба"
    shown = mailbot("bill", "send", *OCTOBER, "--preview", "440215", "--out", folder, "-c", config)
    assert shown.returncode == 0, shown.stderr
    mail = message_from_bytes((folder / "440215-1026.eml").read_bytes())
    assert mail["To"] == "a@b.ru"
    assert (folder / "440215-1026.pdf").read_bytes().startswith(b"%PDF")
    assert "ещё не было" in mailbot("bill", "status", *OCTOBER, "-c", config).stdout


def test_a_specimen_goes_to_the_staffs_own_address_without_any_clients_figures(
    config: Path, tmp_path: Path
) -> None:
    with EmbeddedSmtp() as sink:
        text = config.read_text("utf-8").replace(
            "[smtp]", f'[smtp]\nhost = "{sink.host}"\nport = {sink.port}'
        )
        config.write_text(text, encoding="utf-8")
        done = mailbot("bill", "send", *OCTOBER, "--test", "zueva@mail.example", "-c", config)
        assert done.returncode == 0, done.stderr
        (one,) = sink.received
    assert one.recipient == "zueva@mail.example"
    assert not any(number.encode() in one.content for number in ("440215", "440216"))


def test_edo_where_nobody_wants_it_and_a_pause_that_is_not_there_are_told(
    config: Path, tmp_path: Path
) -> None:
    edo = mailbot("bill", "edo", *OCTOBER, "--out", tmp_path / "edo", "-c", config)
    assert (edo.returncode, "таких квитанций нет" in edo.stderr) == (2, True)
    resumed = mailbot("bill", "status", *OCTOBER, "--resume", "mail.ru", "-c", config)
    assert (resumed.returncode, "не на паузе" in resumed.stderr) == (2, True)


def test_examples_in_the_rules_send_nothing(config: Path, tmp_path: Path) -> None:
    shutil.copy(resource_folder("rules") / "bank.toml", tmp_path / "rules" / "bank.toml")
    refused = mailbot("bill", "send", *OCTOBER, "-c", config)
    assert (refused.returncode, "bank.toml" in refused.stderr) == (2, True)
