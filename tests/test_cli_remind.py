"""Reminders at the command line: nothing before the company is ready, and refusals shown and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot import daemon_roles
from mailbot.command_setup import clock
from mailbot.config import load_settings
from mailbot.store.mail import reminder_opt_outs
from tests.end_to_end.house import confirmed_rules
from tests.test_cli import init, mailbot, process


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A company that has confirmed its channels, and one address that wants no reminders."""
    config = init(tmp_path)
    confirmed_rules(tmp_path)
    text = config.read_text(encoding="utf-8").replace('# rules_dir = "rules"', 'rules_dir = "rules"')
    config.write_text(text, encoding="utf-8")
    store = daemon_roles.open_store(load_settings(config))
    store.migrate()
    with store.write() as transaction:
        reminder_opt_outs.refuse(transaction, "anna@mail.example", "ссылка в письме", clock())
    store.close()
    return config


def test_without_a_closed_month_nobody_is_reminded(config: Path) -> None:
    done = mailbot("remind", "debts", "-c", config)
    assert done.returncode == 0, done.stderr
    assert "некому: квитанций, срок оплаты которых прошёл, нет" in done.stdout


def test_the_examples_telephones_are_refused(tmp_path: Path) -> None:
    done = mailbot("remind", "readings", "--dry-run", "-c", init(tmp_path))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "телефоны-образцы" in " ".join(done.stderr.split())


def test_refusals_are_listed_and_taken_back(config: Path) -> None:
    assert "anna@mail.example  с" in process("remind", "refusals", "-c", config).stdout
    assert "снова будут приходить" in mailbot("remind", "allow", "Anna@mail.example", "-c", config).stdout
    assert "Адресов: 0." in mailbot("remind", "refusals", "-c", config).stdout
    again = mailbot("remind", "allow", "anna@mail.example", "-c", config)
    assert again.returncode == 2
    assert "не отказывался" in again.stderr
