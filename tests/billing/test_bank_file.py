"""Requisites are checked at the start: a typing error in an account pays nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.billing.bank_file import FILE, load_payee
from mailbot.billing.bank_keys import account_fits, correspondent_fits
from mailbot.config import load_sources
from mailbot.model import RulebookError, SourceFile
from mailbot.model.bill.bill import Payee

SHIPPED = next(one for one in load_sources("rules") if one.name == FILE)


def faults(before: str, after: str) -> tuple[str, ...]:
    """What the shipped file is told, with one change."""
    assert before in SHIPPED.text
    with pytest.raises(RulebookError) as caught:
        load_payee(replace(SHIPPED, text=SHIPPED.text.replace(before, after)))
    return caught.value.faults


def line_of(key: str) -> int:
    return next(at for at, line in enumerate(SHIPPED.text.splitlines(), 1) if line.startswith(f"{key} ="))


def test_the_shipped_requisites_are_whole_and_not_confirmed() -> None:
    payee = load_payee(SHIPPED)
    assert payee == Payee(
        "ООО «ЭкоСтрой»", "5900000000", "590001001", "40702810600000000001", "БАНК ПРИМЕР", "045773999",
        "30101810300000000999", payee.address, confirmed=False,
    )  # fmt: skip


@pytest.mark.parametrize("at", range(20))
def test_a_wrong_digit_anywhere_in_an_account_is_seen(at: int) -> None:
    payee = load_payee(SHIPPED)
    for number, fits in ((payee.account, account_fits), (payee.corr_account, correspondent_fits)):
        assert fits(payee.bic, number)
        wrong = number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]
        assert not fits(payee.bic, wrong)


def test_a_wrong_account_is_told_with_file_and_line() -> None:
    (told,) = faults("40702810600000000001", "40702810600000000010")
    assert told.startswith(
        f"rules/bank.toml:{line_of('account')}: счёт 40702810600000000010 не подходит к БИК"
    )
    (told,) = faults("30101810300000000999", "30101810300000000998")
    assert told.startswith(f"rules/bank.toml:{line_of('corr_account')}: корреспондентский счёт")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('bic = "045773999"', 'bic = "04577399"', "поле «bic»: нужно цифр: 9"),
        ('inn = "5900000000"', "inn = 5900000000", "поле «inn»: нужен текст в кавычках"),
        ('kpp = "590001001"', 'kpp = ""', "поле «kpp» пустое"),
        ('bank = "БАНК ПРИМЕР"', f'bank = "{"Б" * 46}"', "не больше 45 знаков, а сейчас 46"),
        ('name = "ООО «ЭкоСтрой»"', 'name = "ООО | ЭкоСтрой"', "знака «|» в названии быть не может"),
        ('name = "ООО «ЭкоСтрой»"', f'name = "{"Ж" * 161}"', "не больше 160 знаков"),
        ("confirmed = false", 'confirmed = "да"', "нужно true или false"),
        ("confirmed = false", "confirmed = false\nbik = 1", "лишнее поле «bik»"),
    ],
)  # fmt: skip
def test_a_field_at_fault_is_told(before: str, after: str, told: str) -> None:
    assert any(told in one for one in faults(before, after))


def test_an_entrepreneur_has_no_kpp_and_spaces_in_digits_are_left_out() -> None:
    text = SHIPPED.text.replace('kpp = "590001001"\n', "").replace(
        "40702810600000000001", "40702 810 6 0000 0000001"
    )
    payee = load_payee(replace(SHIPPED, text=text))
    assert (payee.kpp, payee.account) == ("", "40702810600000000001")


def test_a_missing_file_tells_every_field_once() -> None:
    with pytest.raises(RulebookError) as caught:
        load_payee(SourceFile(FILE, ""))
    assert sum("нет поля «account»" in one for one in caught.value.faults) == 1
