"""`rules/roles.json`: the trained models of roles as a file that a program writes.

{"made_of": "SHA-256 of the letters and of what is seen of them",
 "first": {"classes": ["account", …], "bias": [thousandths, …], "largest": the largest weight,
           "features": ["L1=лс", …], "weights": "base64 of the rows, a signed byte a weight"}, …}

A byte is the signed square root of a weight's share in the largest, in 127 steps: hundreds of small weights add up, and
equal steps would round them away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from mailbot.model import SourceFile
from mailbot.model.trained.number_roles import UNTRAINED_ROLES, RoleModel, RoleModels
from mailbot.policy.rulebook.trained_models.model_file import pack_weights, read_model, unpack_weights

FILE = "roles.json"
_SCALE = 1000
_STEPS = 127
_FAINT = 12
"""A feature whose every weight is below (12/127)² of the largest is left out."""


def read_roles(source: SourceFile, faults: list[str]) -> RoleModels:
    """The models of the file; `UNTRAINED_ROLES`, with a fault told by file and line, where it is none."""
    return read_model(source, faults, _models, UNTRAINED_ROLES)


@lru_cache(maxsize=2)
def _models(text: str) -> RoleModels:
    table = json.loads(text)
    return RoleModels(*(model_of(table[name]) for name in ("first", "second", "measured")))


def roles_text(models: RoleModels, made_of: str = "") -> str:
    """The file of models; equal models give equal bytes. `made_of` is the fingerprint of what they were trained on."""
    tables: dict[str, Any] = {"made_of": made_of}
    tables |= {name: table_of(getattr(models, name)) for name in ("first", "second", "measured")}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"


def table_of(model: RoleModel) -> dict[str, Any]:
    names = sorted(model.index, key=lambda name: model.index[name])
    largest = round(float(np.abs(model.rows).max(initial=0.001)), 3)
    sizes = np.rint(np.sqrt(np.minimum(np.abs(model.rows) / largest, 1.0)) * _STEPS)
    bytes_ = (np.sign(model.rows) * sizes).astype(np.int8)
    kept = [at for at, row in enumerate(bytes_) if np.abs(row).max(initial=0) > _FAINT]
    return {
        "classes": list(model.classes),
        "bias": [round(float(weight) * _SCALE) for weight in model.bias],
        "largest": largest,
        "features": "\n".join(names[at] for at in kept),
        "weights": pack_weights(bytes_[kept]),
    }


def model_of(table: Mapping[str, Any]) -> RoleModel:
    classes = tuple(str(name) for name in table["classes"])
    names = table["features"].split("\n") if table["features"] else []
    weights = unpack_weights(table["weights"])
    shares = weights.reshape(len(names), len(classes)).astype(np.float32) / np.float32(_STEPS)
    rows = np.sign(shares) * shares * shares * np.float32(table["largest"])
    bias = np.array(table["bias"], dtype=np.float32) / np.float32(_SCALE)
    return RoleModel(classes, bias, rows, {name: at for at, name in enumerate(names)})
