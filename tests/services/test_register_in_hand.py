"""Letters tried and decided with the whole register in hand: the folder's tables, the daemon's database."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.composing import MailTemplates
from mailbot.config import resource_folder
from mailbot.model import Action, RawLetter, Rulebook
from mailbot.model.ledger.register import EMPTY
from mailbot.services.training.material.marked_letters import MarkedLetter, read_marked
from mailbot.services.training.material.marked_register import marked_register
from mailbot.services.trial.imported_register import (
    RegisterFiles,
    explaining,
    fill_store,
    is_account_table,
    register_files,
)
from mailbot.store.cases import summaries
from tests.services.conftest import House

CLIENTS = (
    "Лицевой счёт;ФИО или название;Группа;Адрес;Площадь;Жильцов;Зона;Услуги;Номер прибора;Прибор измеряет;Единица;"
    "Разрядов;Установлен\n"
    "440215;Крохалева Тамара Петровна;ФЛ;ул. Зелёная, 6, кв. 12;45,5;2;Прикамский;отопление, ГВС;5501772;ГВС;м3;5;01.02.2024\n"
    "512044;Юшков Лев;ФЛ;ул. Мира, 10, кв. 4;45,5;2;Прикамский;отопление, ГВС;7712345;ГВС;м3;5;01.02.2024\n"
)
READINGS = "Лицевой счёт;Номер прибора;Показание;Дата;Единица\n440215;5501772;340;24.10.2026;м3\n"
LETTER = """From: {sender}
To: 8666@bk.ru
Subject: =?utf-8?B?0J/QvtC60LDQt9Cw0L3QuNGP?=
Date: Fri, 20 Nov 2026 12:00:00 +0500
Content-Type: text/plain; charset=utf-8

{body}
"""
AT = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def letter(body: str, sender: str = "neighbour@example.com") -> str:
    return LETTER.format(body=body, sender=sender)


@pytest.fixture
def tables(tmp_path: Path) -> RegisterFiles:
    (tmp_path / "clients.csv").write_text(CLIENTS, encoding="utf-8")
    (tmp_path / "readings.csv").write_text(READINGS, encoding="utf-8")
    found = register_files(tmp_path)
    assert found is not None
    return found


def test_a_folder_without_tables_has_no_register(tmp_path: Path) -> None:
    assert register_files(tmp_path) is None


def test_a_list_of_senders_is_no_whole_register(tables: RegisterFiles) -> None:
    assert is_account_table(tables.clients)
    assert not is_account_table(resource_folder("samples") / "clients.csv")


def test_a_letter_is_explained_with_the_register_and_without(
    tables: RegisterFiles, rulebook: Rulebook, templates: MailTemplates
) -> None:
    raw = RawLetter(letter("Зелёная 6 кв 12. Показания горячей воды 345.").encode(), AT)
    with explaining(tables, rulebook, templates, resource_folder("db")) as explain:
        known = explain(raw, AT)
    assert [one.value for one in known.facts.implied] == ["440215"]
    assert known.decision.action is Action.READING_ACCEPTED
    with explaining(None, rulebook, templates, resource_folder("db")) as explain:
        unknown = explain(raw, AT)
    assert (unknown.facts.implied, unknown.facts.by_register) == ((), ())
    assert unknown.decision.action is Action.REVIEW


def test_the_daemon_takes_a_reading_by_its_address_and_tells_a_stranger_no_account(
    house: House, tables: RegisterFiles, rulebook: Rulebook
) -> None:
    fill_store(house.store, tables, rulebook)
    case = house.receive(letter("Зелёная 6 кв 12. Показания горячей воды 345."))
    assert case.action == Action.READING_ACCEPTED
    (reply,) = house.store.ask(
        summaries.outgoing_of, house.store.ask(summaries.case_of, case.number or "").id
    )
    assert "345" in reply.text
    assert "440215" not in reply.text
    assert "5501772" not in reply.text


def test_a_slip_in_the_account_is_never_billed_to_whom_it_meets(
    house: House, tables: RegisterFiles, rulebook: Rulebook
) -> None:
    fill_store(house.store, tables, rulebook)
    case = house.receive(letter("Лицевой счёт 440251. Зелёная 6 кв 12. Показания горячей воды 345."))
    assert case.action == Action.REVIEW


def marked() -> tuple[MarkedLetter, ...]:
    return read_marked(resource_folder("training") / "marked")[:300]


def test_the_register_of_a_marked_letter_is_the_same_each_time() -> None:
    for one in marked()[:40]:
        first, again = marked_register(one), marked_register(one)
        assert list(first.numbers) == list(again.numbers)
        assert first.dials == again.dials


def test_about_a_third_of_the_marked_letters_has_no_register_and_the_rest_lacks_some_accounts() -> None:
    registers = [(one, marked_register(one)) for one in marked()]
    without = sum(register.version == EMPTY.version and not register for _, register in registers)
    assert 0.2 < without / len(registers) < 0.47
    told = [
        one.body[mark.start : mark.end] in {str(number, "utf-8") for number in register.numbers}
        for one, register in registers
        if register
        for mark in one.in_body
        if mark.role == "account" and not mark.digits
    ]
    assert 0.5 < sum(told) / len(told) < 0.85
