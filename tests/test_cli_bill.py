"""Months at the command line: tried, closed, shown, exported; each fault in a line that says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailbot.services.ledger.tables.register_table import COLUMNS as OF_CLIENTS
from tests.test_cli import init, mailbot

FLAT = "440215;Кошкина Анна;ФЛ;Мира, 5-12;54,3;2;Прикамский;отопление;a@b.ru;;почта;;;;;;;;"
FAR = "440216;Чужих Олег;ФЛ;Мира, 5-13;40;2;Прикамский;отопление;;;бумага;;;;;;;;"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config, table = init(tmp_path), tmp_path / "клиенты.csv"
    table.write_text("\n".join((";".join(OF_CLIENTS), FLAT, FAR)), encoding="utf-8")
    assert mailbot("clients", "import", table, "-c", config).returncode == 0
    return config


def test_a_month_is_tried_closed_shown_and_exported(config: Path, tmp_path: Path) -> None:
    """Heating by the norm: 0.0235 × 54.3 × 2610.40 = 3 331.00 (3 331.0010); 0.0235 × 40 × 2610.40 = 2 453.78."""
    tried = mailbot("bill", "run", "--month", "2026-10", "--dry-run", "--account", "440215", "-c", config)
    assert "ничего не записано" in tried.stdout
    assert "3\u00a0331,00" in tried.stdout
    done = mailbot("bill", "run", "--month", "2026-10", "-c", config)
    assert "начислено счетам: 2, всего 5\u00a0784,78 ₽" in done.stdout
    assert "Месяц 2026-10 закрыт" in done.stdout
    again = mailbot("bill", "run", "--month", "10.2026", "-c", config)
    assert "начислено счетам: 0" in again.stdout
    assert "Начислено раньше и не тронуто: 2" in again.stdout
    shown = mailbot("bill", "show", "440215", "-c", config)
    assert "норматив 0,0235" in shown.stdout
    table = tmp_path / "октябрь.csv"
    assert mailbot("bill", "export", table, "--month", "2026-10", "-c", config).returncode == 0
    assert (
        "440215;Мира, 5-12;2026-10;2026-10;начислено;отопление;отопление;;по нормативу;1,276050;Гкал;2610,40"
        in table.read_text("utf-8-sig")
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("run", "--month", "2026-13"), "2026-13"),
        (("run", "--month", "2099-01"), "ещё принимаем, закрывать рано"),
        (("show", "440215"), "ничего не начислено"),
        (("show", "440215", "--month", "вчера"), "вчера"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(words: tuple[str, ...], told: str, config: Path) -> None:
    done = mailbot("bill", *words, "-c", config)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_account_whose_norm_is_missing_is_named_and_the_others_are_charged(config: Path) -> None:
    """2025 lies before every tariff."""
    done = mailbot("bill", "run", "--month", "2025-10", "-c", config)
    assert done.returncode == 1
    assert "440215: нет норматива" in done.stdout
    assert "начислено счетам: 0" in done.stdout
