"""Accounts of a letter against the register: any notation is matched, a slip never is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import Address, Contacts, Facts, Rulebook
from mailbot.model.ledger.register import EMPTY, Register
from mailbot.model.rules.rulebook import NO_TALK
from mailbot.understanding import understand
from tests.scale import tries
from tests.understanding.letters import make_letter
from tests.understanding.register_lookup.registers import Client, register

HERS = Client("440215", "Крохалева Тамара Петровна", "ул. Зелёная, 6, кв. 12", "tamara@mail.ru", hot="340")
HIS = Client("ТСН-0391", "Шилов Андрей", "ул. Мира, 10, кв. 3", hot="77")
KNOWN = register(HERS, HIS, Client("512044", "Юшков Лев", "ул. Мира, 10, кв. 4", hot="12"))


def facts(body: str, rulebook: Rulebook, known: Register = KNOWN, sender: str = "stranger@mail.ru") -> Facts:
    return understand(make_letter(body, sender=Address("", sender)), rulebook, known)


def accounts(contacts: Contacts) -> list[str]:
    return [one.value for one in contacts.accounts]


@pytest.mark.parametrize(
    "written",
    [
        "440215",
        "440 215",
        "л/с 440-215",
        "лицевой 440215",
        "четыреста сорок двести пятнадцать",
        "лицевой № 00440215",
    ],
)
def test_an_account_is_known_in_any_notation_with_a_label_or_without(
    written: str, rulebook: Rulebook
) -> None:
    found = facts(f"Добрый день! {written}, горячая вода 345", rulebook).contacts
    assert accounts(found)[:1] == ["440215"]
    assert found.accounts[0].confidence > 0.6


@pytest.mark.parametrize("written", ["ТСН-0391", "TCH-0391", "тсн 0391", "договор № ТСН-0391"])
def test_a_contract_is_known_on_either_keyboard(written: str, rulebook: Rulebook) -> None:
    assert accounts(facts(f"Показания по {written}: 79", rulebook).contacts) == ["ТСН-0391"]


ORGANISATIONS = register(
    Client("36-Т", heat="204.1"),
    Client("7/2024-РСО", heat="2880"),
    Client("57/026-Т", heat="1190"),
    Client("5714006", hot="12"),
    Client("ТЭ-126", heat="108"),
)


@pytest.mark.parametrize(
    ("written", "account"),
    [
        ("договор тридцать шесть Т", "36-Т"),
        ("договор тридцать шесть тэ", "36-Т"),
        ("контракт 36 т", "36-Т"),
        ("договор ресурсоснабжения № 7/2024-РСО", "7/2024-РСО"),
        ("Завхоз Аликина, контракт 57/026-Т", "57/026-Т"),
        ("лицевой пять миллионов семьсот четырнадцать тысяч шесть", "5714006"),
        ("лицевой: пятьдесят семь, четырнадцать, ноль ноль шесть", "5714006"),
        ("договор тэ 126", "ТЭ-126"),
    ],
)
def test_the_register_knows_an_account_however_it_is_spelled(
    written: str, account: str, rulebook: Rulebook
) -> None:
    found = facts(f"Добрый день, передаём показания. {written}. Спасибо", rulebook, ORGANISATIONS)
    assert accounts(found.contacts)[:1] == [account]


@pytest.mark.parametrize(
    "body", ["давление 36 т на клапане", "осталось 36 Т угля", "57, 14, 006 мы не брали"]
)
def test_a_short_number_without_a_label_is_no_account(body: str, rulebook: Rulebook) -> None:
    assert not accounts(facts(body, rulebook, ORGANISATIONS).contacts)


def test_accounts_stand_in_the_order_of_the_letter(rulebook: Rulebook) -> None:
    body = "ТСН-0391 и л/с 440215: показания 79 и 345"
    assert accounts(facts(body, rulebook).contacts) == ["ТСН-0391", "440215"]


def test_the_serial_of_a_meter_is_no_account(rulebook: Rulebook) -> None:
    known = register(Client("440215", serial="338101", heat="12"))
    found = facts("л/с 440215\nСчёт 338101: 12,7", rulebook, known)
    assert accounts(found.contacts) == ["440215"]


def test_a_slip_from_the_senders_own_account_is_a_doubt_that_is_named(rulebook: Rulebook) -> None:
    found = facts("л/с 440251, горячая вода 345", rulebook, sender="tamara@mail.ru")
    assert found.contacts.accounts[0].confidence <= 0.5
    assert any("на один знак отличается от 440215" in note.value for note in found.by_register)
    assert all(reading.confidence < 0.6 for reading in found.readings)


def test_a_neighbours_account_that_is_one_slip_from_the_addresss_own_is_a_doubt(rulebook: Rulebook) -> None:
    known = register(HERS, Client("440216", "Юшков Лев", "ул. Мира, 1, кв. 1", hot="340"))
    found = facts("л/с 440216, Зелёная 6 кв 12, горячая вода 345", rulebook, known)
    assert found.contacts.accounts[0].confidence <= 0.5
    assert all(reading.confidence < 0.6 for reading in found.readings)


@settings(max_examples=tries(40), deadline=None)
@given(st.integers(0, 5), st.sampled_from("0123456789"))
def test_no_slip_is_ever_taken_for_the_account(rulebook: Rulebook, at: int, digit: str) -> None:
    slipped = "440215"[:at] + digit + "440215"[at + 1 :]
    found = facts(f"лицевой счёт {slipped}, горячая вода 345", rulebook)
    assert ("440215" in accounts(found.contacts)) == (slipped == "440215")


@pytest.mark.parametrize("body", ["тел. 8 912 440215 7", "ИНН 5920440215", "Горячая вода 440215,7"])
def test_a_longer_number_that_holds_an_account_is_none(body: str, rulebook: Rulebook) -> None:
    assert "440215" not in accounts(facts(body, rulebook).contacts)


def test_without_a_register_nothing_is_noted(rulebook: Rulebook) -> None:
    found = facts("л/с 440251, Зелёная 6 кв 12, горячая вода 345", rulebook, EMPTY)
    assert (found.by_register, found.implied) == ((), ())
    assert accounts(found.contacts) == ["440251"]


@pytest.mark.parametrize(
    "address", ["Зелёная 6-12", "зеленой, дом шесть квартира двенадцать", "Зиленая 6 кв 12"]
)
def test_an_address_leads_to_its_account(address: str, rulebook: Rulebook) -> None:
    found = facts(f"Крохалева, {address}. Горячая вода 345", rulebook)
    assert [one.value for one in found.implied] == ["440215"]


@pytest.mark.parametrize("address", ["Мира 10", "Зелёная 6-13", "Лесная 6-12"])
def test_a_house_of_several_and_a_flat_of_nobody_lead_nowhere(address: str, rulebook: Rulebook) -> None:
    assert not facts(f"{address}. Горячая вода 345", rulebook).implied


def test_a_family_in_a_house_leads_to_its_account(rulebook: Rulebook) -> None:
    found = facts("Горячая вода 79. Мира 10, Шилов Андрей", rulebook)
    assert [one.value for one in found.implied] == ["ТСН-0391"]


KINDERGARTEN = Client("3100955", "МБДОУ Детсад Теремок", "ул. Лесная, 10", hot="340")


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("Детсад Теремок\nл/с 3100955, горячая вода 345", 0),
        ("л/с 3100955, горячая вода 345\nТеремок замерзает", 1),
        ("л/с 3100955, горячая вода 345\nДетсад Ромашка", 1),
    ],
)
def test_the_clients_registered_name_is_no_matter_of_its_own(
    body: str, left: int, rulebook: Rulebook
) -> None:
    known = register(KINDERGARTEN)
    known = replace(known, clients={KINDERGARTEN.account: KINDERGARTEN.name})
    untaught = replace(rulebook, talk=NO_TALK)
    assert len(facts(body, untaught, known).remainder) == left


@pytest.mark.parametrize(
    "body", ["Лицевой счёт 440215, горячая вода 345\nСоседка 211", "лс 440215 гвс 345. Сосед 211."]
)
def test_a_value_that_the_accounts_dial_cannot_show_is_somebodys(body: str, rulebook: Rulebook) -> None:
    """It is no reading of the account, and a person must see whose it is."""
    found = facts(body, rulebook, register(Client("440215", hot="340")))
    assert [str(one.value) for one in found.readings] == ["345"]
    assert any("211" in one.value for one in found.remainder)
