"""The card as a person at a terminal reads it: who, meters, statement, what is owed, why it was charged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import StringIO

from rich.console import Console

from mailbot.billing.statement import build_statement, calculate_balance
from mailbot.console.account_card import balance_words, show_card
from mailbot.console.account_json import card_json
from mailbot.model.ledger.accounts_and_meters import DatedReading
from mailbot.model.ledger.charges import LineKind
from mailbot.services.ledger.accounts.account_summary import AccountCard, MeterStatus
from tests.billing.test_statement import AUGUST, BILLS, JULY, MONEY, SEPTEMBER
from tests.store.accounts.test_register_import import FLAT, HOT

D = Decimal
READING = DatedReading("5501", D("1234.50"), date(2026, 9, 20), SEPTEMBER)
CARD = AccountCard(
    FLAT,
    (MeterStatus(HOT, READING, in_order=True),),
    build_statement(BILLS, MONEY, JULY, SEPTEMBER),
    calculate_balance(BILLS, MONEY),
    BILLS[-1],
)


def shown(card: AccountCard) -> str:
    out = Console(file=StringIO(), width=140)
    show_card(out, card)
    assert isinstance(out.file, StringIO)
    return out.file.getvalue().replace("\u00a0", " ")


def test_the_card_of_a_flat() -> None:
    text = shown(CARD)
    for words in (
        "440215", "Кошкина Анна (физическое лицо)", "Мира, 5-12", "54,3 м², жильцов: 2, зона «Прикамский»",
        "отопление, горячая вода", "50 %", "на почту",
        "Прибор 5501, горячая вода: 1234,5 м3 от 20.09.2026; поверен до 31.01.2030",
        "Сейчас переплата: 47,33 ₽", "исправление прошлого месяца", "потому",
    ):  # fmt: skip
        assert words in text
    row = next(line for line in text.splitlines() if "2026-09" in line and "1 200,00" in line)
    assert [cell.strip() for cell in row.strip("│").split("│")] == [
        "2026-09", "1 200,00", "753,17", "3,17", "−150,00", "2 000,50", "−47,33",
    ]  # fmt: skip


def test_what_stands_between_is_said_in_words() -> None:
    assert balance_words(D("0.01")).replace("\u00a0", " ") == "Сейчас к оплате: 0,01 ₽"
    assert balance_words(D("-1234.50")).replace("\u00a0", " ") == "Сейчас переплата: 1 234,50 ₽"
    assert balance_words(D("0.00")) == "Долга и переплаты нет"


def test_an_account_without_a_charge_or_a_meter_has_a_card() -> None:
    bare = AccountCard(
        FLAT,
        (MeterStatus(HOT, None, in_order=False),),
        build_statement([], [], JULY, AUGUST),
        D("0.00"),
        None,
    )
    text = shown(bare)
    assert "показаний нет; поверка истекла 31.01.2030" in text
    assert "Долга и переплаты нет" in text
    assert card_json(bare)["last_charge"] is None


def test_the_same_in_json_is_exact_text() -> None:
    found = card_json(CARD)
    assert (found["account"], found["balance"], found["area"]) == ("440215", "-47.33", "54.30")
    whole = found["statement"]
    assert isinstance(whole, dict)
    assert (whole["opening"], whole["closing"], len(whole["months"])) == ("0.00", "-47.33", 3)
    assert whole["months"][1]["payments"] == [
        {"paid_on": "2026-08-14", "amount": "1000.00", "document": "П-1", "month": None}
    ]
    charge = found["last_charge"]
    assert isinstance(charge, dict)
    assert [line["kind"] for line in charge["lines"]] == [one.kind for one in BILLS[-1].lines]
    assert LineKind.PENALTY in {line["kind"] for line in charge["lines"]}
