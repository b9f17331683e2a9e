"""Clause 2.2.email.1: who may be known by an address, a part played, a landmark or a mail address in words is not silenced."""

from __future__ import annotations

import pytest

from mailbot.model import Action, Address, CaseContext, Rulebook
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.understanding.letters import make_letter

KNOWABLE = (
    ("zavodskaya.12@mail.ru", "", "Батареи холодные"),
    ("shkola3chaik@yandex.ru", "", "Нет отопления"),
    ("magazin_uyut@mail.ru", "", "Холодно"),
    ("dom15mira@gmail.com", "", "Нет тепла"),
    ("ooo.les@mail.ru", "", "Холодно"),
    ("detsad.romashka@mail.ru", "", "Нет отопления"),
    ("zhk-rechnoy@mail.ru", "", "Холодно"),
    ("gaz3kv8@mail.ru", "", "Холодно"),
    ("ferma2010@mail.ru", "", "Нет отопления"),
    ("tos.sadovaya@yandex.ru", "", "Холодно"),
    ("bolnica.priem@mail.ru", "", "Холодно"),
    ("qwe123@gmail.com", "", "Помощник депутата интересуется, когда дадут тепло"),
    ("qwe123@gmail.com", "", "Судебный пристав просит справку"),
    ("qwe123@gmail.com", "", "От администрации: когда начнётся сезон?"),
    ("qwe123@gmail.com", "", "Корреспондент газеты. Почему нет горячей воды?"),
    ("qwe123@gmail.com", "", "Я ваш бывший слесарь, нужна справка о стаже"),
    ("qwe123@gmail.com", "", "Это следователь, прошу сообщить о задолженности"),
    ("qwe123@gmail.com", "", "Нотариус просит сведения о долге"),
    ("qwe123@gmail.com", "", "Пишет участковый. Холодно у нас в отделе"),
    ("qwe123@gmail.com", "", "Глава поселения спрашивает, когда включат"),
    ("qwe123@gmail.com", "", "Из прокуратуры. Когда дадут тепло?"),
    ("qwe123@gmail.com", "", "Раньше работала у вас кассиром, дайте справку 2-НДФЛ"),
    ("qwe123@gmail.com", "", "Соцработник: у бабушки холодно"),
    ("qwe123@gmail.com", "", "Холодно. Сельсовет"),
    ("qwe123@gmail.com", "", "Холодно, мы у пилорамы"),
    ("qwe123@gmail.com", "", "Лесничество. Нет тепла"),
    ("qwe123@gmail.com", "", "Нет отопления в пекарне"),
    ("qwe123@gmail.com", "", "Возле водонапорной башни холодно в домах"),
    ("qwe123@gmail.com", "", "Напротив церкви нет тепла"),
    ("qwe123@gmail.com", "", "Холодно. Пожарная часть"),
    ("qwe123@gmail.com", "", "Воинская часть без тепла"),
    ("qwe123@gmail.com", "", "Лесопункт, отопления нет"),
    ("qwe123@gmail.com", "", "Пишите мне: пётр собака мейл точка ру"),
    ("qwe123@gmail.com", "", "Холодно. Ответ на ольга нижнее подчёркивание собачка гмайл"),
    ("qwe123@gmail.com", "", "Почта иванка эт яндекс дот ру. Холодно"),
    ("qwe123@gmail.com", "Re: Квитанция за октябрь", "Это не мой ящик, уберите меня из рассылки"),
    ("qwe123@gmail.com", "", "Вы пишете не тому человеку, удалите мой адрес"),
    ("qwe123@gmail.com", "", "Зачем вы шлёте мне чужие счета? Прекратите"),
    ("qwe123@gmail.com", "Re: счёт", "Я не ваш клиент, больше не пишите"),
    ("qwe123@gmail.com", "", "Ошиблись почтой, уберите адрес из базы"),
)
NOBODY = (
    ("qwe123@gmail.com", "", "Холодно"),
    ("qwe123@gmail.com", "", "Когда включат отопление?"),
    ("xcv.bnm@mail.ru", "", "Нет горячей воды"),
    ("kotik_2005@mail.ru", "", "Батареи ледяные, сделайте что-нибудь"),
    ("masha.zayka@gmail.com", "", "Почему так холодно? Примите меры"),
    ("solnyshko@mail.ru", "", "Второй день нет отопления"),
    ("user777@mail.ru", "", "Сколько можно мёрзнуть, безобразие"),
    ("qwe123@gmail.com", "", "У нас в квартире холодно, дети болеют"),
    ("lapochka89@yandex.ru", "", "Пришлите квитанцию"),
    ("dark.knight@mail.ru", "", "Почему такой большой счёт?"),
    ("qwe123@gmail.com", "", "Куда жаловаться, если холодно в подъезде?"),
    ("zvezda1990@mail.ru", "", "Когда дадут тепло?"),
)
SIGNS = (
    "🥵🥵🥵",
    "😡😡😡💩",
    "🚿❄️😢",
    "🏚️🥶👶",
    "👍",
    "-. . - / - . .--. .-.. .-",
    ".... --- .-.. --- -.. -. ---",
    "−·−·  ···  ·−·−",
    "⠓⠑⠞ ⠞⠑⠏⠇⠁",
    "♨️ ❌ ❌",
)


def _action(sender: str, subject: str, words: str, rulebook: Rulebook) -> Action:
    letter = make_letter(words, subject, sender=Address("", sender))
    facts = understand(letter, rulebook)
    context = CaseContext(number="26-000001", register_known=True)
    return decide(LetterInContext(letter, facts, context, rulebook), letter.received_at).action


@pytest.mark.parametrize(("sender", "subject", "words"), KNOWABLE)
def test_a_house_a_part_played_a_landmark_or_a_stranger_is_not_silenced(
    sender: str, subject: str, words: str, rulebook: Rulebook
) -> None:
    assert _action(sender, subject, words, rulebook) is not Action.NO_REPLY


@pytest.mark.parametrize(("sender", "subject", "words"), NOBODY)
def test_who_cannot_be_known_is_still_left_without_an_answer(
    sender: str, subject: str, words: str, rulebook: Rulebook
) -> None:
    assert _action(sender, subject, words, rulebook) is Action.NO_REPLY


@pytest.mark.parametrize("signs", SIGNS)
def test_pictures_braille_and_morse_go_before_a_person(signs: str, rulebook: Rulebook) -> None:
    assert _action("qwe123@gmail.com", "", signs, rulebook) is Action.REVIEW
