"""Talk beside readings wants nothing; where a grave word or a number nobody took stands, a person looks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.config import load_sources
from mailbot.model.rules.rulebook import NO_TALK
from mailbot.model.trained.number_roles import NUMBER_ROLES
from mailbot.model.trained.sentence_network import NO_NET
from mailbot.policy import load_rulebook
from mailbot.understanding.completeness.small_talk import (
    clauses,
    is_grave,
    is_talk,
    seems_a_matter,
    talk_probability,
)
from mailbot.understanding.completeness.small_talk_features import sign_of, talk_features, with_signs

RULES = load_rulebook(load_sources("rules"))


@pytest.mark.parametrize(
    "words",
    [
        "Пишу с телефона внучки",
        "Очки забыла дома",
        "Холодную сдаю в водоканал",
        "Добрий день",
    ],
)
def test_talk_is_known_as_talk(words: str) -> None:
    assert is_talk(words, (), RULES)


@pytest.mark.parametrize(
    "words",
    [
        "Моемся из тазика",
        "Пишу с телефона мужа, муж умер",
        "Передаю за бабушку, и пришлите квитанцию",
        "Очки забыла, а батарея ледяная",
        "Пишу с работы, счётчик поменяли",
    ],
)
def test_a_matter_among_talk_is_no_talk(words: str) -> None:
    assert not is_talk(words, (), RULES)


def test_a_reading_in_front_makes_no_matter_harmless() -> None:
    """Told to a telephone without a comma: «… гвс 345 в валенках спим»."""
    found = clauses("лицевой счёт ¦¦¦¦¦¦¦ показания гвс 000 в валенках спим", RULES)
    assert [one.text for one in found if one.strange] == [" в валенках спим"]
    assert not is_talk("лицевой счёт ¦¦¦¦¦¦¦ показания гвс 000 в валенках спим", (), RULES)


@pytest.mark.parametrize("role", ["value", "sum", "temperature", "account", "area"])
def test_a_number_that_nothing_took_and_that_may_be_a_matter_wants_a_person(role: str) -> None:
    assert not is_talk(with_signs("Русских букв нет 15", [(17, 19, role)]), (role,), RULES)


@pytest.mark.parametrize(
    "words",
    ["Фамилию исправьте, я ¦¦¦¦¦", "третье письмо шлю", "Счётчик сняли"],
)
def test_listed_words_alone_may_make_a_matter(words: str) -> None:
    """Every one of them stands in letters of readings alone."""
    assert not any(one.strange for one in clauses(words, RULES))
    assert seems_a_matter(words, RULES)
    assert not seems_a_matter("Показания за ноябрь, счётчик на кухне", RULES)


def test_without_a_model_nothing_is_talk() -> None:
    untaught = replace(RULES, talk=NO_TALK, talk_net=NO_NET)
    assert talk_probability("Русских букв нет", untaught) == 0.0
    assert not is_talk("Русских букв нет", (), untaught)
    assert not seems_a_matter("Фамилию исправьте, я ¦¦¦¦¦", untaught)


def test_courtesy_is_not_grave_whatever_words_it_uses() -> None:
    assert not is_grave("желаю вам здоровья", RULES)
    assert is_grave("желаю получить справку", RULES)


def test_features_see_what_a_number_is_and_not_which() -> None:
    of = {
        number: talk_features(with_signs(f"в {number} году", [(2, 6, "date")])) for number in ("2019", "2024")
    }
    assert of["2019"] == of["2024"]


@given(st.text(max_size=60), st.sampled_from(NUMBER_ROLES))
def test_signs_move_no_character(text: str, role: str) -> None:
    marked = with_signs(text, [(0, len(text), role)])
    assert len(marked) == len(text)
    assert marked in {text, sign_of(role) * len(text)}


@given(st.text(max_size=80))
def test_any_text_is_judged(text: str) -> None:
    assert 0.0 <= talk_probability(text, RULES) <= 1.0
    assert is_talk(text, (), RULES) in {True, False}
