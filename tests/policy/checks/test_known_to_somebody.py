"""Clause 2.2.email.1: who tells by a landmark, a post, a relation or a dealing who he is goes before a person."""

from __future__ import annotations

from itertools import product

import pytest

from mailbot.config import load_sources
from mailbot.model import Action, CaseContext, Decision
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.policy.builders import NOW
from tests.understanding.letters import make_letter

RULEBOOK = load_rulebook(load_sources("rules"))
MATTERS = ("Батареи холодные, примите меры.", "Когда дадут горячую воду?")

LANDMARKS = (
    "Наш дом напротив аптеки.", "Живём над вашей конторой.", "Мы в доме за клубом.", "Дом у пруда.", "Подъезд рядом с банкоматом.",
    "Живу через дорогу от церкви.", "Мы во дворе больницы.", "Дом с зелёной крышей.", "Это крайний дом у леса.",
    "Второй барак от переезда.", "Дом под вышкой.", "Наш дом\nперед самой котельной.",
)  # fmt: skip
POSTS = (
    "Я старшая по подъезду.", "Пишет председатель дома.", "Как ответственная за дом прошу.", "Я домком.", "Пишет вам почтальон.",
    "Я тут библиотекарь.", "Обращается к вам учительница.",
)  # fmt: skip
RELATIONS = (
    "Я жена вашего кассира.", "Это тёща Вити, он в котельной работает.", "Мой брат у вас служит.", "Мой зять ваш сварщик.",
    "Племянница вашей диспетчерши пишет.", "Я сама у вас работаю.", "Кум Лёши из котельной.",
)  # fmt: skip
DEALINGS = (
    "Вы мне перезванивали в среду.", "Заходила к вам в контору.", "Ваша контролёрша была у нас.", "Я уже жаловался вам.",
    "К нам приезжали слесари.", "По моему заявлению тишина.", "Вчера от вас была бригада.", "Звонил диспетчеру, обещали.",
    "Вы обещали нам мастера.", "Мы с вами говорили об этом.", "Подавала жалобу, и ничего.", "Я неоднократно обращалась.",
    "Ответа на прошлое письмо нет.", "Приезжал сварщик, стало хуже.", "В среду приходила бригада.",
)  # fmt: skip
AWAITED = (
    "Вы обещали приехать в среду.", "Спасибо за ваш ответ, но я о другом спрашивал.", "Ждём слесаря завтра, как условились.",
    "Поклон вашему сварщику, а дыра в полу осталась.", "В вашем письме не то.",
)  # fmt: skip
PERILS = (
    "Жить больше не хочется.", "Хоть бы не проснуться завтра.", "Всё, прощайте, люди добрые.", "Так и помрём тут.",
    "У столба ваш провод оборвало, искры летят.", "Нас от этой вони тошнит весь день.", "Стену трясёт, вот-вот рухнет.",
    "Крышка с люка пропала, а тут дети.", "Дед лежит, посинел весь.", "Дым какой-то из-под пола.",
)  # fmt: skip
NOBODY = (
    "", "Я пенсионерка.", "Как собственник требую.", "Мама двоих детей.", "Мёрзнем как собаки.", "У нас дома дети.", "За что мы платим?",
    "Обещали ещё в августе.", "Слесарь не пришёл.", "Слесарь нахамил.", "Позвонить невозможно, занято.", "Обращаюсь к вам с просьбой.",
    "Прошу ответить на моё обращение.", "Мой муж болеет.", "Пишет Оля, мама Пети и Вани.", "Под окном грязь.",
    "В котельной все спят?", "Как у вас работает касса?",
    "Бабушка за стеной мёрзнет.", "Из-за вашей котельной дышать нечем.", "У меня за батареей сыро.",
)  # fmt: skip


def decided(body: str) -> Decision:
    letter = make_letter(body)
    return decide(
        LetterInContext(letter, understand(letter, RULEBOOK), CaseContext("26-000001", True), RULEBOOK), NOW
    )


@pytest.mark.parametrize(
    ("trace", "matter"), [*product((*LANDMARKS, *POSTS, *RELATIONS, *DEALINGS, *AWAITED), MATTERS)]
)
def test_a_letter_with_a_trace_of_its_writer_waits_for_a_person(trace: str, matter: str) -> None:
    decision = decided(f"{trace} {matter}")
    assert decision.action is Action.REVIEW
    assert any("контактные данные не узнаны, но в письме есть" in doubt for doubt in decision.doubts)


@pytest.mark.parametrize("words", PERILS)
def test_a_letter_that_may_tell_of_danger_is_read_by_a_person_whoever_writes(words: str) -> None:
    decision = decided(words)
    assert decision.action is Action.REVIEW
    assert decision.rule != "no_contacts"


@pytest.mark.parametrize(("plain", "matter"), [*product(NOBODY, MATTERS)])
def test_what_anybody_may_say_of_himself_tells_nobody_apart(plain: str, matter: str) -> None:
    assert decided(f"{plain} {matter}").rule == "no_contacts"
