"""Grounds of recalculation at the command line: one account, a whole house, and each fault in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailbot.services.ledger.tables.register_table import COLUMNS as OF_CLIENTS
from tests.test_cli import init, mailbot, process

FLAT = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление, ГВС;a@b.ru;;почта;;;;;;;;"
HOUSE = (
    FLAT,
    FLAT.replace("440215", "440216").replace("5-12", "5-13"),
    FLAT.replace("440215", "909").replace("5-12", "51-1"),
)
GAP = (
    "--resource", "heating", "--ground", "gap", "--first", "2020-10-03", "--last", "05.10.2020", "--hours", "54,5",
    "--degrees", "14", "--document", "акт № 7", "--by", "Анна",
)  # fmt: skip


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A house with two flats, and a flat elsewhere."""
    config, table = init(tmp_path), tmp_path / "клиенты.csv"
    table.write_text("\n".join((";".join(OF_CLIENTS), *HOUSE)), encoding="utf-8")
    assert mailbot("clients", "import", table, "-c", config).returncode == 0
    return config


def listed(account: str, config: Path) -> list[dict[str, object]]:
    done = mailbot("recalculate", "list", account, "--json", "-c", config)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_house_is_shown_first_and_then_gets_the_ground(config: Path) -> None:
    tried = mailbot("recalculate", "add", "--addresses", "Мира, 5", *GAP, "--dry-run", "-c", config)
    assert "ничего не изменено" in tried.stdout
    assert "будет внесено: 2" in tried.stdout
    assert "440216" in tried.stdout
    assert listed("440216", config) == []
    done = mailbot("recalculate", "add", "--addresses", "Мира, 5", *GAP, "-c", config)
    assert (done.returncode, "Счетов, внесено: 2" in done.stdout) == (0, True)
    (ground,) = listed("440216", config)
    assert (ground["ground"], ground["hours"], ground["first"], ground["by"]) == (
        "gap",
        "54.5",
        "2020-10-03",
        "Анна",
    )
    assert listed("909", config) == []


def test_one_account_and_the_cancellation(config: Path) -> None:
    assert mailbot("recalculate", "add", "440215", *GAP, "-c", config).returncode == 0
    (ground,) = listed("440215", config)
    words = ("--by", "Анна", "--why", "не тот дом", "-c", config)
    assert "акт № 7" in mailbot("recalculate", "cancel", str(ground["id"]), *words).stdout
    assert "отменено строкой" in process("recalculate", "list", "440215", "-c", config).stdout
    again = mailbot("recalculate", "cancel", str(ground["id"]), *words)
    assert (again.returncode, "уже отменено" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (GAP, "либо лицевой счёт, либо дом"),
        (("440215", "--addresses", "Мира, 5", *GAP), "либо лицевой счёт, либо дом"),
        (("440215", *GAP, "--hours", "много"), "«много» — не число"),
        (("440215", *GAP, "--first", "вчера"), "«вчера» — не дата"),
        (("440215", *GAP, "--degrees", "0"), "сколько градусов было в помещении"),
    ],
)
def test_a_fault_is_one_clear_line(config: Path, words: tuple[str, ...], told: str) -> None:
    done = mailbot("recalculate", "add", *words, "-c", config)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert told in done.stderr
    assert listed("440215", config) == []
