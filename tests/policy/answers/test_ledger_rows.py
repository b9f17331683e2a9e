"""Rows of answers.toml that need the ledger: their faults by line, and the words that they do or do not fit."""

from __future__ import annotations

import pytest

from mailbot.model import LetterKind, Rulebook, RulebookError
from mailbot.policy.answers.delivery_change import is_clear_yes
from mailbot.policy.answers.ledger_answers import ledger_row
from tests.policy.builders import ANSWERS, a_letter, facts_of, small_rulebook

ROW = """
[[answer]]
name = "balance"
when = "kind:question"
needs = "ledger"
asks = ['какой долг']
unless = ['суд']
beside = ["penalty"]
template = "ledger_balance"
authority = "act"
on_substance = true
"""


def faults(row: str) -> str:
    with pytest.raises(RulebookError) as told:
        small_rulebook(answers=ANSWERS + row)
    return "\n".join(told.value.faults)


def test_a_row_with_every_field_is_read() -> None:
    row = small_rulebook(answers=ANSWERS + ROW).answers[-1]
    assert (row.asks, row.unless, row.beside, row.sets) == (("какой долг",), ("суд",), ("penalty",), None)


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('needs = "ledger"', 'needs = "money"', "«money»; возможные: nothing, ledger, charge"),
        ("['какой долг']", "['какой (долг']", "не разбирается"),
        ('["penalty"]', '["penalties"]', "неизвестная тема «penalties»"),
        ('needs = "ledger"\n', "", "поле «asks» бывает только рядом с needs"),
        ('needs = "ledger"', 'needs = "ledger"\nsets = "pigeon"', "«pigeon»; возможные: paper, email, edo"),
    ],
)
def test_a_fault_stops_the_start_and_is_told_with_file_and_line(was: str, becomes: str, told: str) -> None:
    found = faults(ROW.replace(was, becomes))
    assert told in found
    assert "rules/answers.toml:" in found


def row_of(text: str, rulebook: Rulebook, *kinds: LetterKind, topics: tuple[str, ...] = ()) -> str | None:
    found = ledger_row(a_letter(text), facts_of(*kinds, topics=topics), rulebook)
    return found.name if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Какой у меня долг?", "account-balance"),
        ("Есть ли за мной задолженность?", "account-balance"),
        ("Сколько я вам должна на сегодня?", "account-balance"),
        ("Сколько нужно заплатить за октябрь?", "account-balance"),
        ("Подскажите, пожалуйста, баланс лицевого счёта", "account-balance"),
        ("Дошёл ли мой платёж?", "account-balance"),
        ("Какие последние показания у вас записаны?", "account-readings"),
        ("Приняты ли мои показания?", "account-readings"),
        ("Показания мои дошли?", "account-readings"),
        ("Почему такая сумма?", "account-charge"),
        ("Что значит строка «теплоноситель» в квитанции?", "account-charge"),
        ("Почему начислили по нормативу?", "account-charge"),
        ("За что начислены пени?", "account-charge"),
        ("Из чего складывается сумма в квитанции?", "account-charge"),
    ],
)
def test_a_plain_question_finds_its_row(text: str, name: str, rulebook: Rulebook) -> None:
    assert row_of(text, rulebook) == name


@pytest.mark.parametrize(
    "text",
    [
        "Какой долг? Я не согласен, я всё оплатил!",
        "Какой долг у моей мамы?",
        "Какой долг подали в суд?",
        "Прошу дать рассрочку, какой у меня долг, подскажите",
        "Почему такая огромная сумма?",
        "Почему такая сумма, если батареи холодные?",
        "Почему не приняты мои показания?",
        "Какие показания нужно передавать?",
        "Почему начислили по нормативу, я же передавал показания?",
        "Сколько нужно заплатить за опломбировку счётчика?",
    ],
)
def test_a_dispute_a_wish_or_another_persons_account_is_no_plain_question(
    text: str, rulebook: Rulebook
) -> None:
    assert row_of(text, rulebook) is None


def test_a_complaint_about_the_sum_has_its_calculation_laid_ready(rulebook: Rulebook) -> None:
    assert (
        row_of("Сумма завышена!", rulebook, LetterKind.COMPLAINT, topics=("big_bill",))
        == "ledger-for-big-bill"
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Присылайте квитанцию на почту", "e-bill-confirm"),
        ("Прошу направлять счета на электронную почту вместо бумажных", "e-bill-confirm"),
        ("Хочу перейти на электронную квитанцию", "e-bill-confirm"),
        ("Присылайте бумажную квитанцию, как раньше", "paper-bill-confirm"),
        ("Верните, пожалуйста, бумажные квитанции", "paper-bill-confirm"),
        ("Не присылайте бумажную квитанцию", None),
        ("Почему квитанция не приходит на почту?", None),
        ("Как подключить электронную квитанцию?", None),
    ],
)
def test_which_way_the_bill_is_wanted(text: str, name: str | None, rulebook: Rulebook) -> None:
    assert row_of(text, rulebook, topics=("e_bill",)) == name


@pytest.mark.parametrize(
    "text", ["да", "Да!", "Да, подтверждаю.", "Здравствуйте! Согласна. Спасибо", "подтверждаем"]
)
def test_a_clear_yes(text: str) -> None:
    assert is_clear_yes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "нет",
        "да нет",
        "да, но не сейчас",
        "не согласна",
        "да и показания 345",
        "наверное да",
        "спасибо",
        "хочу",
    ],
)
def test_no_clear_yes(text: str) -> None:
    assert not is_clear_yes(text)
