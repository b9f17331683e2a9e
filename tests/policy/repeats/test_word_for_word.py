"""Clause 2.2.email.4 as a property: the same letter again is silenced, and with anything added it is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest

from mailbot.config import load_sources
from mailbot.model import Action, Certainty
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from tests.policy.repeats.pairs import NUMBER, Pair, decided, read_pairs, seen
from tests.scale import scale

RULEBOOK = load_rulebook(load_sources("rules"))
NEWS = tuple((Path(__file__).parent / "added_news.txt").read_text(encoding="utf-8").splitlines())

AGAIN: dict[str, Callable[[str], str]] = {
    "as it was": lambda text: text,
    "capitals": str.upper,
    "small letters": str.lower,
    "cried out": lambda text: text.replace(".", "!!!").replace("?", "???"),
    "blanks": lambda text: re.sub(r"(?<=\D) (?=\D)", "  ", text).replace("?  ", "?\n\n"),
    "a greeting": lambda text: f"Добрый день!\n{text}\nС уважением",
    "said to be a repeat": lambda text: f"Повторно. Ещё раз прошу: {text}",
    "feeling": lambda text: f"Безобразие! Сколько можно!!! {text}",
    "sent from a telephone": lambda text: f"{text}\n\nОтправлено с iPhone",
    "a quotation": lambda text: f"{text}\n\n> Здравствуйте! Ваш вопрос рассмотрен.\n> ООО «ЭкоСтрой»",
}


def again(pair: Pair, text: str) -> Pair:
    """The first letter of a pair written once more, in these words."""
    first = pair.first
    second = replace(pair.second, text=text, subject=first.subject, name="", sender=first.sender)
    return replace(pair, what="repeat", second=second)


@lru_cache(maxsize=1)
def silenced_repeats() -> tuple[Pair, ...]:
    """Pairs whose first letter, sent again word for word, is silenced: our answer settled it and promised nothing."""
    pairs = (pair for pair in read_pairs() if pair.what == "repeat")
    silenced = (pair for pair in pairs if decided(again(pair, pair.first.text), RULEBOOK).rule == "repeat")
    return tuple(islice(silenced, 16))


def test_the_same_letter_again_is_silenced() -> None:
    assert len(silenced_repeats()) >= 15


@pytest.mark.parametrize("way", AGAIN)
def test_the_same_letter_in_another_dress_is_silenced(way: str) -> None:
    recurring = 0
    for pair in silenced_repeats():
        decision = decided(again(pair, AGAIN[way](pair.first.text)), RULEBOOK)
        if decision.action is Action.REVIEW and "могло случиться снова" in decision.because:
            recurring += (
                1  # put so, a request may be a complaint, and what one complains of may have happened again
            )
            continue
        assert (decision.action, decision.rule) == (Action.NO_REPLY, "repeat"), pair.shows
        assert decision.repeats
        assert decision.confidence < 1.0
    assert recurring <= 1


@pytest.mark.parametrize("added", NEWS)
def test_with_anything_added_it_is_not(added: str) -> None:
    """Each addition meets every third letter, the next one the letters beside them."""
    step = scale(3, 1)
    for at, pair in list(enumerate(silenced_repeats()))[NEWS.index(added) % step :: step]:
        text = f"{pair.first.text} {added}" if at % 2 else f"{added} {pair.first.text}"
        assert decided(again(pair, text), RULEBOOK).action is not Action.NO_REPLY, pair.shows


@pytest.mark.parametrize("before", [timedelta(minutes=1), timedelta(days=1)])
def test_a_letter_that_came_before_our_answer_left_is_proposed_and_not_silenced(before: timedelta) -> None:
    for pair in silenced_repeats():
        crossed = again(pair, pair.first.text)
        crossed = replace(crossed, second=replace(crossed.second, at=pair.answer.at - before))
        decision = decided(crossed, RULEBOOK)
        assert (decision.action, decision.repeats) == (Action.REVIEW, NUMBER), pair.shows
        assert any("раньше, чем ушёл наш ответ" in doubt for doubt in decision.doubts)


def test_a_letter_written_before_our_answer_and_delivered_after_it_is_proposed() -> None:
    for pair in silenced_repeats():
        letter, facts, context = seen(again(pair, pair.first.text), RULEBOOK)
        late = replace(letter, received_at=pair.answer.at + timedelta(hours=1))
        written = replace(late, sent_at=pair.answer.at - timedelta(hours=1))
        assert (
            decide(LetterInContext(late, facts, context, RULEBOOK), late.received_at).action
            is Action.NO_REPLY
        ), pair.shows
        assert (
            decide(LetterInContext(written, facts, context, RULEBOOK), late.received_at).action
            is Action.REVIEW
        ), pair.shows
        wrong_clock = replace(late, sent_at=pair.answer.at - timedelta(days=4000))
        assert (
            decide(LetterInContext(wrong_clock, facts, context, RULEBOOK), late.received_at).action
            is Action.NO_REPLY
        )


def test_what_is_added_in_the_subject_or_below_the_signature_counts_too() -> None:
    for pair in silenced_repeats():
        below = again(pair, f"{pair.first.text}\n\n-- \nС уважением\nТруба лопнула")
        assert decided(below, RULEBOOK).action is not Action.NO_REPLY, pair.shows
        above = again(pair, pair.first.text)
        above = replace(above, second=replace(above.second, subject=f"{pair.first.subject}: никто не пришёл"))
        assert decided(above, RULEBOOK).action is not Action.NO_REPLY, pair.shows


def test_a_repeat_in_other_words_is_proposed_with_the_answered_case() -> None:
    repeats = [pair for pair in read_pairs() if pair.what == "repeat"]
    decisions = [decided(pair, RULEBOOK) for pair in repeats]
    assert sum(one.repeats is not None for one in decisions) >= 0.8 * len(repeats)
    for one in decisions:
        if one.repeats and one.action is Action.REVIEW:
            assert one.clause == "2.2.email.4"
            assert one.template is None
            assert any(one.repeats in doubt and "сходство" in doubt for doubt in one.doubts)
            (trial,) = (trial for trial in one.trials if trial.rule == "answered-repeat")
            assert trial.finding.answer is Certainty.DOUBT
