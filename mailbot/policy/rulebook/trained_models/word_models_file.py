"""`rules/names.json`: the trained models of words as a file that a program writes.

{"made_of": "SHA-256 of the letters and of what is seen of them",
 "tagged": {"tags": ["none", "B-given", …], "bias": […], "moves": […], "opening": […], "step": step, "plain": "words",
            "features": "a name a line", "weights": "base64 of the rows, a signed byte a weight, in steps"},
 "own": a model as in `roles.json`}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mailbot.model import SourceFile
from mailbot.model.trained.name_words import GAPS, UNTRAINED_WORDS, Row, WordModel, WordModels
from mailbot.policy.rulebook.trained_models.model_file import pack_weights, read_model, unpack_weights
from mailbot.policy.rulebook.trained_models.role_models_file import model_of, table_of

FILE = "names.json"
_MIN_WEIGHT = 2
"""Steps of the greatest weight of a feature that is kept."""


def read_words(source: SourceFile, faults: list[str]) -> WordModels:
    """The models of the file; `UNTRAINED_WORDS`, with a fault told by file and line, where it is none."""
    return read_model(source, faults, _models, UNTRAINED_WORDS)


@lru_cache(maxsize=2)
def _models(text: str) -> WordModels:
    table = json.loads(text)
    return WordModels(_tagged(table["tagged"]), model_of(table["own"]))


def words_text(models: WordModels, made_of: str = "") -> str:
    """The file of models; equal models give equal bytes. `made_of` is the fingerprint of what they were trained on."""
    tables = {"made_of": made_of, "tagged": _table(models.tagged), "own": table_of(models.own)}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"


def _table(model: WordModel) -> dict[str, Any]:
    names = sorted(model.index, key=lambda name: model.index[name])
    step = round(float(np.abs(model.rows).max(initial=0.001)) / 127, 5) or 0.00001
    bytes_ = np.clip(np.rint(model.rows / step), -127, 127).astype(np.int8)
    kept = [at for at, row in enumerate(bytes_) if np.abs(row).max(initial=0) >= _MIN_WEIGHT]
    return {
        "tags": list(model.tags),
        "bias": _thousandths(model.bias),
        "moves": _thousandths(model.moves),
        "opening": _thousandths(model.opening),
        "step": step,
        "plain": " ".join(sorted(model.plain)),
        "features": "\n".join(names[at] for at in kept),
        "weights": pack_weights(bytes_[kept]),
    }


def _thousandths(weights: Row) -> list[int]:
    return [round(float(weight) * 1000) for weight in weights.ravel()]


def _tagged(table: Mapping[str, Any]) -> WordModel:
    tags = tuple(str(name) for name in table["tags"])
    names = table["features"].split("\n") if table["features"] else []
    weights = unpack_weights(table["weights"])
    rows = weights.reshape(len(names), len(tags)).astype(np.float32) * np.float32(table["step"])
    return WordModel(
        tags,
        _weights(table["bias"], len(tags)),
        rows,
        {name: at for at, name in enumerate(names)},
        _weights(table["moves"], len(GAPS), len(tags), len(tags)),
        _weights(table["opening"], len(tags)),
        frozenset(table["plain"].split()),
    )


def _weights(thousandths: list[int], *shape: int) -> Row:
    weights: Row = np.array(thousandths, dtype=np.float32).reshape(shape) / np.float32(1000)
    return weights
