"""Clause 2.2.email.4 speaks of an answer on substance: a greeting, a receipt, a promise or a question back is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.command_setup import load_rules_and_templates
from mailbot.composing import MailView, classify_non_answer, specimens_of
from mailbot.config import Settings
from mailbot.model import ReplyEffect

HERE = Path(__file__).parent
LETTER = (
    "Квитанция за октябрь. Почему в октябре начислено вдвое больше? Холодные батареи, не греют, когда включат "
    "отопление? Заявка на замену счётчика"
)
COLD = (
    "Мы передали ваше сообщение мастеру участка. Он свяжется с вами, чтобы согласовать время и измерить температуру "
    "в помещении; замер оформят актом. Если отклонение подтвердится, плату за отопление пересчитают за всё время нарушения."
)
READY = (
    (ReplyEffect.ACKNOWLEDGES, COLD),
    (ReplyEffect.ASKS, "Пришлите, пожалуйста, чек с датой, суммой и номером операции."),
)


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("text", lines("answers_nothing.txt"))
def test_what_only_greets_confirms_promises_or_asks_answers_nothing(text: str) -> None:
    assert classify_non_answer(text, LETTER) is not None


@pytest.mark.parametrize("text", lines("answers_something.txt"))
def test_a_short_answer_is_an_answer(text: str) -> None:
    assert classify_non_answer(text, LETTER) is None


@pytest.mark.parametrize(
    "text", ["Какой у вас адрес?", "Пришлите фото счётчика", "Добрый день! Уточните ваш телефон."]
)
def test_a_question_back_asks(text: str) -> None:
    assert classify_non_answer(text, LETTER) is ReplyEffect.ASKS


@given(
    empty=st.lists(st.sampled_from(lines("answers_nothing.txt")), min_size=1, max_size=4),
    answer=st.sampled_from(lines("answers_something.txt")),
    place=st.integers(0, 4),
)
def test_one_sentence_of_answer_among_empty_ones_makes_an_answer(
    empty: list[str], answer: str, place: int
) -> None:
    several = [*empty[:place], answer, *empty[place:]]
    assert classify_non_answer("\n".join(several), LETTER) is None
    assert classify_non_answer("\n".join(empty), LETTER) is not None


def test_a_ready_phrase_with_a_few_words_changed_does_what_the_phrase_does() -> None:
    retouched = (
        COLD.replace("мастеру", "слесарю")
        .replace("измерить", "замерить")
        .replace("подтвердится", "найдут")
        .replace("Мы передали", "Передали")
    )
    assert classify_non_answer(retouched, LETTER, READY) is ReplyEffect.ACKNOWLEDGES
    assert (
        classify_non_answer("Пришлите, пожалуйста, копию чека с датой и суммой операции.", "", READY)
        is ReplyEffect.ASKS
    )
    assert classify_non_answer(f"{retouched} Замер показал +16 °С.", LETTER, READY) is None


def test_a_signature_is_no_answer_and_hides_none() -> None:
    signed = "Ваш вопрос на рассмотрении.\n\nС уважением,\nоператор Зуева А.П.\n8 (34241) 2-00-00"
    assert classify_non_answer(signed, LETTER) is ReplyEffect.ACKNOWLEDGES
    assert classify_non_answer(f"{signed}\nТепло дадут в среду.", LETTER) is None


def test_what_the_house_calls_an_answer_is_never_taken_for_none() -> None:
    _, templates = load_rules_and_templates(Settings())
    answering = [name for name, effect in templates.effects.items() if effect is ReplyEffect.ANSWERS]
    assert answering
    for name in answering:
        for view in specimens_of(name, templates):
            assert isinstance(view, MailView)
            words = templates.words(name, view)
            assert not words.strip() or classify_non_answer(words) is None, name
    view = specimens_of("office_hours", templates)[0]
    assert isinstance(view, MailView)
    for snippet in templates.snippets:
        if snippet.does is ReplyEffect.ANSWERS:
            assert classify_non_answer(templates.phrase(snippet, view)) is None, snippet.name


@given(st.text(max_size=400))
def test_any_text_is_judged(text: str) -> None:
    assert classify_non_answer(text, LETTER, READY) in (None, ReplyEffect.ASKS, ReplyEffect.ACKNOWLEDGES)
