"""A ready letter finishes a question, or thanks, only where nothing stands beside it that it does not answer (clause 2.2.email)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.model import Action, CaseContext, Decision, EarlierCase, Rulebook
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
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


WITH_WHAT_IS_SAID_AROUND_IT = (
    ("Добрый день. С компьютером я не дружу. Подскажите, как оплатить отопление на почте?", "payment_ways"),
    ("Подскажите, до какого числа надо платить за тепло, чтобы без пени?", "payment_ways"),
    ("Мы недавно переехали. Какого числа приходят квитанции?", "payment_ways"),
    ("Хочу завтра подойти. До скольки у вас касса работает и есть ли обед?", "office_hours"),
    (
        "Раньше показания носила бабушка. Скажите, как их передавать и до какого числа?",
        "how_to_send_readings",
    ),
)
THANKS = (
    "Спасибо вам большое за помощь! Всё сделали быстро и аккуратно.",
    "Большое спасибо за быстрый ответ, всё получилось!",
    "Огромное спасибо вашим слесарям, приехали быстро и всё починили!",
)
MORE_THAN_THANKS = (
    "Спасибо за ремонт, но под окном осталась яма.",
    "Спасибо, батареи теперь горячие, а на кухне всё равно холодно.",
    "Спасибо за ответ. А перерасчёт когда будет?",
    "Спасибо вам за ледяные батареи, всей семьёй в валенках спим.",
    "Благодарю за быстрый приезд, только кран подтекает.",
    "Спасибо большое слесарю, он обещал ещё вернуться.",
)


def _decided(words: str, rulebook: Rulebook, earlier: tuple[EarlierCase, ...] = ()) -> Decision:
    letter = make_letter(f"{words} лс 4710325")
    facts = understand(letter, rulebook)
    context = CaseContext(number="26-000002", register_known=True, earlier=earlier)
    return decide(LetterInContext(letter, facts, context, rulebook), letter.received_at)


def _earlier(topic: str) -> EarlierCase:
    """Of the same writer, answered on substance a day later."""
    at = make_letter("").received_at - timedelta(days=3)
    return EarlierCase(
        "26-000001", at, (topic,), "Когда приедет слесарь?", True, at + timedelta(days=1), "Завтра.", ()
    )


@pytest.mark.parametrize("words", MORE_THAN_A_QUESTION)
def test_a_condition_a_fact_or_a_person_beside_the_question_waits_for_a_person(
    words: str, rulebook: Rulebook
) -> None:
    assert _decided(words, rulebook).action is Action.REVIEW


@pytest.mark.parametrize("words", PLAIN)
def test_a_plain_question_is_still_answered_at_once(words: str, rulebook: Rulebook) -> None:
    assert _decided(words, rulebook).action is Action.ANSWER


@pytest.mark.parametrize(("words", "topic"), WITH_WHAT_IS_SAID_AROUND_IT)
def test_what_people_say_around_a_plain_question_does_not_hinder_the_answer(
    words: str, topic: str, rulebook: Rulebook
) -> None:
    decision = _decided(words, rulebook)
    assert (decision.action, decision.topic) == (Action.ANSWER, topic)


@pytest.mark.parametrize("words", THANKS)
def test_thanks_alone_get_a_line_of_ours(words: str, rulebook: Rulebook) -> None:
    decision = _decided(words, rulebook, (_earlier("no_heating"),))
    assert (decision.action, decision.template) == (Action.ANSWER, "thanks")


@pytest.mark.parametrize("words", MORE_THAN_THANKS)
def test_whoever_thanks_and_says_more_is_read_by_a_person(words: str, rulebook: Rulebook) -> None:
    assert _decided(words, rulebook).action is Action.REVIEW


def test_thanks_while_an_answer_is_owed_and_in_return_for_ours_wait_for_a_person(rulebook: Rulebook) -> None:
    waiting = replace(_earlier("no_heating"), answered_on_substance=False, answered_at=None, answer="")
    for earlier in (waiting, _earlier("thanks")):
        assert _decided(THANKS[0], rulebook, (earlier,)).action is Action.REVIEW


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Горячая вода 345 м3. Подскажите, пожалуйста, как можно оплатить?", "payment_ways"),
        ("гвс 345. До скольки у вас касса работает?", "office_hours"),
    ],
)
def test_readings_and_a_plain_question_get_one_letter_that_answers_both(
    words: str, topic: str, rulebook: Rulebook
) -> None:
    decision = _decided(words, rulebook)
    assert (decision.action, decision.template) == (Action.ANSWER, topic)
    assert [str(reading.value) for reading in decision.accepted] == ["345"]


def test_a_question_beside_readings_that_no_ready_letter_answers_waits_for_a_person(
    rulebook: Rulebook,
) -> None:
    decision = _decided("Горячая вода 345 м3. Как оплатить за покойного отца?", rulebook)
    assert decision.action is Action.REVIEW
    assert [str(reading.value) for reading in decision.accepted] == ["345"]
