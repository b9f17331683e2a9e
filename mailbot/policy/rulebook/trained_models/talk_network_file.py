"""`rules/talk_net.json`: the trained network that reads a sentence beside readings whole, as a file that a program writes.

{"made_of": "SHA-256 of the sentences", "weights": {"project": {"scale": [float, …], "bytes": "base64"}, "gain": [float, …], …}}

A matrix is kept as a signed byte a weight, in 127 steps of its column's largest; a row of numbers as it is.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np

from mailbot.model import SourceFile
from mailbot.model.trained.sentence_network import NO_NET, SHAPES, Rows, SentenceNet
from mailbot.policy.rulebook.trained_models.model_file import pack_weights, read_model, unpack_weights

FILE = "talk_net.json"
_STEPS = 127
_DIGITS = 6


def read_net(source: SourceFile, faults: list[str]) -> SentenceNet:
    """The network of the file; `NO_NET`, with a fault told by file and line, where it is none."""
    return read_model(source, faults, _net, NO_NET)


@lru_cache(maxsize=2)
def _net(text: str) -> SentenceNet:
    held = json.loads(text)["weights"]
    return SentenceNet({name: _rows(held[name], shape) for name, shape in SHAPES.items()})


def net_text(net: SentenceNet, made_of: str = "") -> str:
    """The file of the network, a line a weight; equal networks give equal bytes. `made_of` is the fingerprint of what it was
    trained on."""
    held = {name: json.dumps(_held(net.weights[name]), separators=(",", ":")) for name in SHAPES}
    lines = ",\n".join(f'"{name}":{rows}' for name, rows in held.items())
    return f'{{"made_of":"{made_of}",\n"weights":{{\n{lines}\n}}}}\n'


def _held(rows: Rows) -> Any:
    if rows.ndim == 1:
        return [_short(number) for number in rows]
    largest = np.abs(rows).max(axis=0)
    scale = [_short(number) for number in np.where(largest > 0, largest, 1) / _STEPS]
    steps = np.clip(np.rint(rows / np.array(scale)), -_STEPS, _STEPS).astype(np.int8)
    return {"scale": scale, "bytes": pack_weights(steps)}


def _short(number: float) -> float:
    return float(f"{number:.{_DIGITS}g}")


def _rows(held: Any, shape: tuple[int, ...]) -> Rows:
    if len(shape) == 1:
        rows = np.asarray(held, np.float32)
    else:
        steps = unpack_weights(held["bytes"]).reshape(shape)
        rows = np.asarray(steps * np.array(held["scale"], np.float32), np.float32)
    if rows.shape != shape or not np.isfinite(rows).all():
        raise ValueError(f"{rows.shape}, нужно {shape}")
    return rows
