"""Thanks that complain reach a person: a grievance behind them, or thanks for what nobody thanks for in earnest."""

from __future__ import annotations

import pytest

from mailbot.model import Action, CaseContext, LetterKind, Rulebook
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from mailbot.understanding.classification.insincere_thanks import is_mockery
from tests.policy.builders import NOW
from tests.understanding.letters import make_letter

GRUDGING = (
    "Спасибо, дали наконец-то воду, но мы две недели мылись у соседей.",
    "Благодарим за ремонт. Однако в спальне так и нет тепла.",
    "Спасибо, что хоть сегодня пришли, а то совсем замёрзли.",
    "Огромное спасибо за холод и сырость.",
    "Отдельная благодарность за пени.",
    "Низкий поклон за квитанцию на 9000 рублей.",
)
EARNEST = (
    "Спасибо за быстрый ответ и вашу работу!",
    "Благодарю бригаду за ремонт, всё отлично.",
    "Спасибо за тепло, молодцы!",
    "Спасибо вашим ребятам, починили батарею, хоть и не обязаны.",
    "Выражаем благодарность за бесплатную проверку батарей у пенсионеров.",
    "Выражаем благодарность за помощь и понимание.",
)


@pytest.mark.parametrize("text", GRUDGING)
def test_grudging_thanks_are_a_complaint(text: str, rulebook: Rulebook) -> None:
    facts = understand(make_letter(f"{text} Котова, Мира 5-12"), rulebook)
    assert facts.primary is LetterKind.COMPLAINT


@pytest.mark.parametrize("text", EARNEST)
def test_earnest_thanks_stay_thanks(text: str, rulebook: Rulebook) -> None:
    facts = understand(make_letter(f"{text} Котова, Мира 5-12"), rulebook)
    assert facts.primary is LetterKind.OTHER


@pytest.mark.parametrize(
    "text",
    [*GRUDGING, "Спасибо за бессонные ночи", "Низкий поклон за ночь в темноте.", "Благодарю за новый тариф"],
)
def test_beside_readings_they_wait_for_a_person(text: str, rulebook: Rulebook) -> None:
    letter = make_letter(f"Л/с 1234567, гвс 345. {text}")
    facts = understand(letter, rulebook)
    decision = decide(
        LetterInContext(letter, facts, CaseContext("26-000001", register_known=True), rulebook), NOW
    )
    assert decision.action is Action.REVIEW


def test_the_object_decides(rulebook: Rulebook) -> None:
    assert is_mockery("спасибо вам огромное за холод", rulebook)
    assert not is_mockery("спасибо вам огромное за вашу нелегкую работу", rulebook)
    assert not is_mockery("спасибо", rulebook)
