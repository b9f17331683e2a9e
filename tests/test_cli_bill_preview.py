"""`mailbot bill preview` over the register of the samples: the very PDF that a client would get, in a folder."""

from __future__ import annotations

from pathlib import Path

from mailbot.config import resource
from tests.documents.paper_reading import words
from tests.test_cli import init, mailbot


def test_the_bill_of_a_closed_month_is_written_as_pdf(tmp_path: Path) -> None:
    config, folder = init(tmp_path), tmp_path / "квитанции"
    for command in (
        ("clients", "import", resource("samples") / "register.csv"),
        ("bill", "run", "--month", "2026-02", "--account", "1502766"),
    ):
        done = mailbot(*command, "-c", config)
        assert done.returncode == 0, done.stderr
    shown = mailbot("bill", "preview", "1502766", "--month", "2026-02", "--out", folder, "-c", config)
    assert shown.returncode == 0, shown.stderr
    assert "1502766-0226.pdf" in shown.stdout
    assert "реквизиты-образцы" in shown.stdout, "nobody may pay by the example's account"
    text = words((folder / "1502766-0226.pdf").read_bytes())
    assert "Гончаров Владимир Петрович" in text
    assert "по нормативу" in text
    for wrong, told in (
        (("999", "--month", "2026-02"), "Лицевого счёта 999 в реестре нет"),
        (("1502766", "--month", "2026-03"), "за 2026-03 ничего не начислено"),
        (("1502766", "--month", "март"), "«март» — не месяц"),
    ):
        refused = mailbot("bill", "preview", *wrong, "--out", folder, "-c", config)
        assert (refused.returncode, told in refused.stderr) == (2, True), refused.stderr
