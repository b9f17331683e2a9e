"""The text of a payment code, letter by letter (ГОСТ Р 56042-2014)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mailbot.billing.payment_qr import MAX_BYTES, build_payment_text
from mailbot.documents.specimens import bills
from mailbot.model.bill.bill import Bill
from mailbot.model.ledger.accounts_and_meters import ClientGroup

OWING = replace(bills()[0], opening=Decimal("1232.13"), payments=())


def text(bill: Bill) -> str:
    found = build_payment_text(bill)
    assert found is not None
    return found.decode()


def called(name: str, address: str = "ул. Мира, 5, кв. 12") -> Bill:
    premises = replace(OWING.account.premises, address=address)
    return replace(OWING, name=name, account=replace(OWING.account, premises=premises))


def test_the_whole_text_of_a_bill() -> None:
    assert OWING.to_pay == Decimal("1845.23")
    assert text(OWING) == (
        "ST00012|Name=ООО «Пример»|PersonalAcc=40702810600000000001|BankName=БАНК ПРИМЕР|BIC=045773999"
        "|CorrespAcc=30101810300000000999|Sum=184523|Purpose=Оплата за тепловую энергию за 10.2026, л/с 4710325"
        "|PayeeINN=5900000000|KPP=590001001|LastName=Кошкина|FirstName=Анна|MiddleName=Петровна"
        "|PayerAddress=ул. Мира, 5, кв. 12|PersAcc=4710325|PaymPeriod=102026|TechCode=02"
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Кошкина", "|LastName=Кошкина|PayerAddress"),
        ("Ёжик Пётр", "|LastName=Ёжик|FirstName=Пётр|PayerAddress"),
        ("Оглы Ильдар Мансур улы", "|LastName=Оглы|FirstName=Ильдар|MiddleName=Мансур улы|"),
        ("Роза|Мимоза Ё № 5", "|LastName=Роза/Мимоза|FirstName=Ё|MiddleName=№ 5|"),
        ("А\nБ\u202eВ \x00Г", "|LastName=А|FirstName=Б|MiddleName=В Г|"),
        ("", "|KPP=590001001|PayerAddress"),
    ],
)
def test_a_name_is_taken_apart_and_no_sign_of_it_parts_fields(name: str, told: str) -> None:
    assert told in text(called(name))


def test_what_does_not_fit_goes_whole_the_address_first() -> None:
    long = text(called("Кошкина Анна", "Щ" * 400))
    assert "PayerAddress" not in long
    assert "LastName=Кошкина|FirstName=Анна" in long
    longer = text(called("Ж" * 400, "Щ" * 400))
    assert "LastName" not in longer
    assert len(longer.encode()) <= MAX_BYTES
    assert "PersAcc=4710325" in longer


def test_the_longest_requisites_still_fit_a_code() -> None:
    payee = replace(OWING.payee, name="Ж" * 160, bank="Щ" * 45)
    whole = text(replace(OWING, payee=payee))
    assert "Name=" + "Ж" * 160 in whole
    assert len(whole.encode()) <= 1000


@pytest.mark.parametrize("opening", ["-613.10", "-613.11", "-5000.00"])
def test_no_code_where_nothing_is_to_be_paid(opening: str) -> None:
    assert build_payment_text(replace(OWING, opening=Decimal(opening))) is None


def test_one_kopeck_is_asked_for() -> None:
    assert "|Sum=1|" in text(replace(OWING, opening=Decimal("-613.09")))


def test_an_organisation_pays_by_the_number_of_its_invoice() -> None:
    account = replace(OWING.account, group=ClientGroup.BUSINESS)
    whole = text(replace(OWING, account=account, name="ТСЖ «Берёзка»"))
    assert "Purpose=Оплата по счёту 4710325-1026 за тепловую энергию за 10.2026" in whole
    assert "LastName" not in whole


def test_half_a_letter_is_no_letter() -> None:
    assert "|LastName=А|FirstName=Б|" in text(called("А\ud800Б"))
