"""`mailbot account` over the register of the samples and money taken in: a card, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

from mailbot.config import resource_folder
from tests.test_cli import init, mailbot, process


def test_the_card_of_an_account_of_the_samples(tmp_path: Path) -> None:
    config = init(tmp_path)
    paid = ("--date", "2020-11-20", "--document", "ПКО 5", "--month", "2020-10", "--by", "Анна")
    for words in (
        ("clients", "import", resource_folder("samples") / "register.csv"),
        ("payments", "add", "1045590", "250,50", *paid),
    ):
        done = mailbot(*words, "-c", config)
        assert done.returncode == 0, done.stderr
    months = ("--since", "2020-10", "--until", "12.2020")
    card = json.loads(mailbot("account", "1045590", "--json", *months, "-c", config).stdout)
    assert (card["name"], card["balance"], card["last_charge"]) == ("Нурисламова Венера", "-250.50", None)
    assert [(one["month"], one["paid"], one["closing"]) for one in card["statement"]["months"]] == [
        ("2020-10", "0.00", "0.00"), ("2020-11", "250.50", "-250.50"), ("2020-12", "0.00", "-250.50"),
    ]  # fmt: skip
    shown = process("account", "1045590", "-c", config).stdout
    for words_shown in (
        "Нурисламова Венера",
        "Прибор 09510254",
        "Сверка расчётов",
        "Сейчас переплата: 250,50 ₽",
    ):
        assert words_shown in shown
    for wrong, told in (
        (("999",), "Лицевого счёта 999 в реестре нет"),
        (("1045590", "--since", "октябрь"), "«октябрь» — не период"),
        (("1045590", "--since", "2020-12", "--until", "2020-10"), "Поменяйте месяцы местами"),
    ):
        refused = mailbot("account", *wrong, "-c", config)
        assert (refused.returncode, told in refused.stderr) == (2, True)
