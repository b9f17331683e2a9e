"""Payments at the command line: from the bank's file to the client's account, each step told in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailbot.services.ledger.tables.payments_table import COLUMNS
from mailbot.services.ledger.tables.register_table import COLUMNS as OF_CLIENTS
from tests.test_cli import init, mailbot, process

FLAT = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление, ГВС;a@b.ru;;почта;;;;;;;;"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A house with one client."""
    config, table = init(tmp_path), tmp_path / "клиенты.csv"
    table.write_text("\n".join((";".join(OF_CLIENTS), FLAT)), encoding="utf-8")
    assert mailbot("clients", "import", table, "-c", config).returncode == 0
    return config


def say(*words: str | Path) -> str:
    done = mailbot("payments", *words)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def refused(*words: str | Path) -> str:
    done = mailbot("payments", *words)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    return done.stderr


def listed(*words: str | Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in say(*words, "--json").splitlines()]


def test_a_register_of_the_bank_from_the_template_to_the_account(config: Path, tmp_path: Path) -> None:
    table = tmp_path / "реестр.csv"
    say("import", "--template", table, "-c", config)
    assert table.read_text(encoding="utf-8-sig").strip() == ";".join(COLUMNS)
    good = "20.11.2020;1 500,50;440215;П-17;10.2020;Кошкина А."
    with table.open("a", encoding="utf-8") as file:
        file.write(f"{good}\n21.11.2020;700;44O215;П-18;;\n")
    assert "ничего не изменено" in say("import", table, "--dry-run", "-c", config)
    told = say("import", table, "-c", config)
    assert "новых 2, уже были 0" in told
    assert "Строка 3: счёта «44O215» нет в реестре; невыясненный платёж 700,00 ₽" in told
    assert "новых 0, уже были 2" in say("import", table, "-c", config)
    (waiting,) = listed("unclear", "-c", config)
    assert (waiting["account"], waiting["written"], waiting["amount"]) == (None, "44O215", "700.00")
    say("assign", str(waiting["id"]), "440215", "--by", "Анна Зуева", "-c", config)
    assert listed("unclear", "-c", config) == []
    assert [one["amount"] for one in listed("list", "440215", "-c", config)] == ["1500.50", "700.00"]


def test_a_file_with_a_fault_is_not_taken_at_all(config: Path, tmp_path: Path) -> None:
    table = tmp_path / "реестр.csv"
    table.write_text(
        f"{';'.join(COLUMNS)}\n20.11.2020;100;440215;П-1;;\n20.11.2020;много;440215;П-2;;\n", "utf-8"
    )
    assert "строка 3, столбец «Сумма»: «много» — не сумма" in refused("import", table, "-c", config)
    assert listed("list", "440215", "-c", config) == []


def test_money_at_the_office_and_its_cancellation(config: Path) -> None:
    paid = ("--date", "2020-11-20", "--document", "ПКО 5", "--month", "2020-10", "--by", "Анна", "-c", config)
    assert "1 250,50 ₽ внесён на счёт 440215" in say("add", "440215", "1250,5", *paid).replace("\u00a0", " ")
    assert "уже внесён" in refused("add", "440215", "1250,5", *paid)
    assert "в реестре нет" in refused("add", "999", "1250,5", *paid)
    (row,) = listed("list", "440215", "-c", config)
    assert (row["month"], row["source"], row["by"]) == ("2020-10", "office", "Анна")
    cancelled = process(
        "payments", "cancel", str(row["id"]), "--by", "Анна", "--why", "не тот счёт", "-c", config
    )
    assert cancelled.returncode == 0, cancelled.stderr
    assert "отменён" in say("list", "440215", "-c", config)
    assert "отменён" in refused("cancel", str(row["id"]), "--by", "Анна", "--why", "ещё раз", "-c", config)
