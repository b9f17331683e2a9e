"""A ready letter finishes a question only where each of its words belongs to the plain question (clause 2.2.email)."""

from __future__ import annotations

import pytest

from mailbot.model import Action, Context, Decision, Rulebook
from mailbot.policy import decide
from mailbot.understanding import understand
from tests.understanding.letters import make_letter

MORE_THAN_A_QUESTION = (
    "Когда работает касса, в среду не достучались?",
    "Где можно оплатить, чтобы пени не насчитали?",
    "Как оплатить половину сейчас, остальное потом?",
    "Как оплатить за покойного отца?",
    "Как заплатить за дом, который мы продали?",
    "Как передать показания за август, если я был в отъезде?",
    "Подскажите режим работы, хочу вернуть деньги.",
    "Как оплатить квитанцию после смены собственника?",
    "Как передать показания нового счётчика после замены?",
    "Куда платить, раз ваш терминал сломан?",
    "Как оплатить без комиссии и не стоять в очереди с больными ногами?",
    "Во сколько открывается офис, мне сказали в восемь, а никого?",
    "Как оплатить долг в рассрочку?",
    "Как подать показания по квартире в наследстве?",
    "Какие часы работы были в прошлую пятницу?",
    "Как платить, пока спорная сумма не снята?",
    "Где можно оплатить, кроме вашей кассы, она закрыта?",
    "Как оплатить без пени?",
    "Как передать показания сломанного счётчика?",
)
PLAIN = (
    "Как оплатить квитанцию?",
    "Подскажите, пожалуйста, как можно оплатить счёт за отопление?",
    "Где можно оплатить?",
    "Здравствуйте! Скажите, когда работает офис?",
    "Подскажите, как передавать показания?",
    "Какие есть способы оплаты?",
    "Во сколько открывается офис в понедельник?",
    "До скольки работает касса?",
    "Куда и как передавать показания приборов учёта?",
    "Можно ли оплатить через Сбербанк онлайн?",
    "Добрый день! Подскажите график работы вашего офиса. Спасибо.",
    "Как заплатить за отопление картой?",
    "Хочу узнать режим работы офиса. С уважением, Иванова.",
)


def _decided(words: str, rulebook: Rulebook) -> Decision:
    letter = make_letter(f"{words} лс 4710325")
    facts = understand(letter, rulebook)
    context = Context(number="26-000001", register_known=True)
    return decide(letter, facts, context, rulebook, letter.received_at)


@pytest.mark.parametrize("words", MORE_THAN_A_QUESTION)
def test_a_condition_a_fact_or_a_person_beside_the_question_waits_for_a_person(
    words: str, rulebook: Rulebook
) -> None:
    assert _decided(words, rulebook).action is Action.REVIEW


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_question_is_still_answered_at_once(words: str, rulebook: Rulebook) -> None:
    assert _decided(words, rulebook).action is Action.ANSWER
