"""Clause 2.2.email.2: cold, illness, a death of cold and denials are a matter, be they within a threat; bare abuse is none."""

from __future__ import annotations

import pytest

from mailbot.model import Action, Address, CaseContext, Rulebook
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.understanding.letters import make_letter

MATTERS = (
    "Удавлю вас, если ребёнок от стужи заболеет",
    "Прибью каждого, коли бабка окоченеет",
    "Зарежу, если дочь в больницу попадёт с простудой",
    "Убью, жена с температурой вторую ночь в ледяной избе",
    "Взорву вас, тёща околела в этом морозе",
    "Пришибу, если отец от переохлаждения умрёт",
    "Найду и убью, у меня сын воспаление лёгких схватил",
    "Закопаю, если старики перемёрзнут",
    "Сожгу вас, если муж окочурится от мороза",
    "Порву всех, дочка синяя вся",
    "Дебилы, это не ко мне",
    "Придурки, мы тут не проживаем",
    "Кретины, не мой счёт",
    "Идиоты, не моя",
    "Твари, я вам говорил",
    "Козлы, сто раз объясняла",
    "Уроды, вы меня перепутали",
    "Дебилы, это не я",
    "Сволочи, мы уже переехали",
    "Идиоты, не наша",
    "Дуры, я вам уже писал",
    "Мрази, такой здесь больше не проживает",
    "Козлы, не туда попали",
    "Бараны вы, не тот",
    "Идиоты, чужое прислали",
    "Твари, чтоб вы так же мёрзли",
    "Чтоб вы сдохли в такой же стуже, сволочи",
)
BARE = (
    "Твари вы конченые",
    "Пошли вы все на хер, уроды",
    "Сдохните, мрази",
    "Будьте вы прокляты, сволочи",
    "Убью вас всех, твари",
    "Я вас всех закопаю",
    "Дебилы безмозглые, чтоб вы провалились",
    "Горите в аду, уроды",
    "Идиоты! Кретины! Бездари!",
    "Чтоб вам пусто было, козлы",
    "суки рваные, ненавижу вас",
    "Не люди вы, а скоты",
    "Вы не люди, твари",
    "Никогда вам не прощу, мрази",
)


def _action(words: str, rulebook: Rulebook) -> Action:
    letter = make_letter(words, sender=Address("", "goncharov.v@mail.ru"))
    facts = understand(letter, rulebook)
    context = CaseContext(number="26-000001", register_known=True)
    return decide(LetterInContext(letter, facts, context, rulebook), letter.received_at).action


@pytest.mark.parametrize("words", MATTERS)
def test_cold_illness_and_denials_beside_abuse_go_before_a_person(words: str, rulebook: Rulebook) -> None:
    assert _action(words, rulebook) is Action.REVIEW


@pytest.mark.parametrize("words", BARE)
def test_bare_abuse_is_still_left_without_an_answer(words: str, rulebook: Rulebook) -> None:
    assert _action(words, rulebook) is Action.NO_REPLY
