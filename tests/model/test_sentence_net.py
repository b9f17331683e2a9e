"""The network that reads a sentence whole: each sentence by itself, in time that grows as its pieces do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model.trained.sentence_network import NO_NET, PIECE, SHAPES, Rows, SentenceNet


def some_net() -> SentenceNet:
    chance = np.random.default_rng(7)
    return SentenceNet(
        {name: np.asarray(chance.standard_normal(shape) * 0.1, np.float32) for name, shape in SHAPES.items()}
    )


def a_sentence(pieces: int, seed: int) -> Rows:
    return np.random.default_rng(seed).standard_normal((pieces, PIECE)).astype(np.float32)


NET = some_net()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=6))
def test_a_sentence_says_the_same_whatever_stands_beside_it(lengths: list[int]) -> None:
    sentences = [a_sentence(length, nth) for nth, length in enumerate(lengths)]
    together = NET.log_odds(sentences)
    alone = [float(NET.log_odds([one])[0]) for one in sentences]
    assert together == pytest.approx(alone, abs=1e-3)


def test_the_order_of_words_counts() -> None:
    sentence = a_sentence(6, 1)
    assert NET.log_odds([sentence])[0] != pytest.approx(
        float(NET.log_odds([sentence[::-1].copy()])[0]), abs=1e-3
    )


def test_without_weights_it_says_no_to_all() -> None:
    assert list(NO_NET.log_odds([a_sentence(3, 1), a_sentence(2, 2)])) == [-np.inf, -np.inf]
    assert NET.log_odds([]).shape == (0,)
