"""Word pieces of whatever people write."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.language.word_pieces import learned_weights, piece_numbers, piece_vectors
from mailbot.model.trained.sentence_network import PIECE, SHAPES, Rows


@settings(deadline=None)  # the first opens the encoder
@given(st.text(st.characters(), max_size=60))
def test_any_text_has_pieces_even_half_of_a_sign(text: str) -> None:
    pieces = piece_numbers(text)
    assert len(pieces) >= 2
    assert piece_vectors(pieces).shape == (len(pieces), PIECE)


def test_words_of_one_meaning_lie_nearer_than_others() -> None:
    def mean(text: str) -> Rows:
        rows: Rows = piece_vectors(piece_numbers(text)[1:-1]).mean(axis=0)
        return rows / (rows @ rows) ** 0.5

    assert mean("кошка") @ mean("котёнок") > mean("кошка") @ mean("квитанция")


def test_what_the_encoder_knows_has_the_shapes_of_the_network() -> None:
    assert {name: rows.shape for name, rows in learned_weights().items()} == {
        name: shape for name, shape in SHAPES.items() if not name.startswith(("hidden", "answer"))
    }
