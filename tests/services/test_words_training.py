"""Training the model of words: from marks to tags, and the same letters give the same model."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest

from mailbot.model import SourceFile
from mailbot.model.trained.name_words import GAPS, NONE, OTHER, OWN
from mailbot.policy.rulebook.trained_models.word_models_file import read_words, words_text
from mailbot.services.training.material.marked_letters import MarkedLetter, read_marked
from mailbot.services.training.material.marked_words import plain_words, shown
from mailbot.services.training.word_tags import WordChains, negative_log_likelihood, train_words
from mailbot.understanding.word_roles.tag_search import tag

LETTER = """=== complaint | cold_radiators
Тема: холодно
От: Ольга Деменева <demeneva@mail.ru>
Батареи холодные. [[8 Марта|street]] [[12|house]]-[[3|flat]]. Сосед [[Пинаев|surname]] тоже ждёт.
[[Деменева|surname]] [[О. П.|initials]]
"""
LETTERS = "\n".join(
    LETTER.replace("Деменева", f"{name}ова").replace("demeneva", "olga")
    for name in ("Сюткин", "Вахруш", "Оборин", "Трефил", "Лекомц", "Зорин")
)


def _letters(tmp_path: Path, text: str) -> tuple[MarkedLetter, ...]:
    (tmp_path / "hand_01.txt").write_text(text, encoding="utf-8")
    return read_marked(tmp_path)


def test_marks_become_tags_of_words(tmp_path: Path) -> None:
    (_, body) = shown(_letters(tmp_path, LETTER)[0])
    tags = {word.text: name for word, name in zip(body.page.words, body.tags, strict=True) if name != NONE}
    assert tags == {
        "8": "B-street",
        "Марта": "I-street",
        "Пинаев": "B-surname",
        "Деменева": "B-surname",
        "О": "B-initials",
        "П": "I-initials",
    }


def test_a_number_is_a_word_with_its_role(tmp_path: Path) -> None:
    (_, body) = shown(_letters(tmp_path, LETTER)[0])
    assert [word.known for word in body.page.words if word.number][1:] == ["#house", "#flat"]


def test_frequent_words_that_name_nothing_are_not_looked_at(tmp_path: Path) -> None:
    letters = _letters(tmp_path, LETTERS)
    parts = [part for letter in letters for part in shown(letter)]
    assert plain_words(parts) == frozenset()  # one hand proves nothing


def test_the_same_letters_give_the_same_model_and_it_knows_them(tmp_path: Path) -> None:
    letters = _letters(tmp_path, LETTERS)
    models = train_words(letters)
    assert words_text(models) == words_text(train_words(letters))
    (_, body) = shown(letters[0])
    assert {one.role for one in tag(body.page, models.tagged)} == {"street", "surname", "initials"}


def test_the_written_file_holds_the_model(tmp_path: Path) -> None:
    models = train_words(_letters(tmp_path, LETTERS))
    faults: list[str] = []
    kept = read_words(SourceFile("rules/names.json", words_text(models)), faults)
    assert faults == []
    assert kept.own.classes == models.own.classes == (OTHER, OWN)
    assert kept.own.rows.shape[1] == 2
    assert kept.tagged.tags == models.tagged.tags


def test_what_a_run_misses_and_its_slope_are_those_of_all_ways_to_tag_it() -> None:
    chance = np.random.default_rng(2)
    chains = WordChains(
        np.array([[0, 1, 2], [3, 4, 5]]), np.array([[0, 1, 1], [0, 2, 1]]), np.array([[0, 1, 1], [1, 1, 0]])
    )
    scores, moves, opening = (
        chance.standard_normal(shape) * 9 for shape in ((6, 2), (len(GAPS), 2, 2), (2,))
    )

    def value() -> float:
        found = 0.0
        for words, gaps, tags in zip(chains.words, chains.gaps, chains.tags, strict=True):
            ways = [
                opening[way[0]]
                + sum(scores[word, tag] for word, tag in zip(words, way, strict=True))
                + sum(moves[gaps[at], way[at - 1], way[at]] for at in (1, 2))
                for way in product(range(2), repeat=3)
            ]
            found += float(np.logaddexp.reduce(ways)) - float(ways[int("".join(map(str, tags)), 2)])
        return found

    slopes = [np.zeros_like(weights) for weights in (scores, moves, opening)]
    assert negative_log_likelihood(chains, scores, moves, opening, *slopes) == pytest.approx(value())
    for weights, slope in zip((scores, moves, opening), slopes, strict=True):
        for at in np.ndindex(weights.shape):
            before, weights[at] = weights[at], weights[at] + 1e-5
            above = value()
            weights[at] = before - 1e-5
            assert slope[at] == pytest.approx((above - value()) / 2e-5, abs=1e-4)
            weights[at] = before
