"""`rules/roles.json`: the trained models of roles as a file that a program writes.

{"first": {"classes": ["account", …], "bias": [thousandths, …], "step": step,
           "features": ["L1=лс", …], "weights": "base64 of the rows, a signed byte a weight, in steps"}, …}
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from mailbot.model import Source
from mailbot.model.role_model import UNTAUGHT, RoleModel, RoleModels

FILE = "roles.json"
_SCALE = 1000
REBUILD = "верните файл из поставки или пересоберите его: mailbot train"


def read_roles(source: Source, faults: list[str]) -> RoleModels:
    """The models of the file; `UNTAUGHT`, with a fault told by file and line, where it is none."""
    try:
        table = json.loads(source.text)
        return RoleModels(*(model_of(table[name]) for name in ("first", "second", "measured")))
    except json.JSONDecodeError as error:
        faults.append(f"{source.name}:{error.lineno}: файл модели записан с ошибкой ({error.msg}); {REBUILD}")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, zlib.error) as error:
        faults.append(f"{source.name}:1: файл модели не того вида ({error}); {REBUILD}")
    return UNTAUGHT


def roles_text(models: RoleModels) -> str:
    """The file of models; equal models give equal bytes."""
    tables = {name: table_of(getattr(models, name)) for name in ("first", "second", "measured")}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"


def table_of(model: RoleModel) -> dict[str, Any]:
    names = sorted(model.index, key=lambda name: model.index[name])
    step = float(np.abs(model.rows).max(initial=0.001)) / 127
    step = round(step, 5) or 0.00001
    bytes_ = np.clip(np.rint(model.rows / step), -127, 127).astype(np.int8)
    kept = [at for at, row in enumerate(bytes_) if np.abs(row).max(initial=0) > 1]
    return {
        "classes": list(model.classes),
        "bias": [round(float(weight) * _SCALE) for weight in model.bias],
        "step": step,
        "features": "\n".join(names[at] for at in kept),
        "weights": base64.b64encode(zlib.compress(bytes_[kept].tobytes(), 9)).decode("ascii"),
    }


def model_of(table: Mapping[str, Any]) -> RoleModel:
    classes = tuple(str(name) for name in table["classes"])
    names = table["features"].split("\n") if table["features"] else []
    weights = np.frombuffer(zlib.decompress(base64.b64decode(table["weights"])), dtype=np.int8)
    rows = weights.reshape(len(names), len(classes)).astype(np.float32) * np.float32(table["step"])
    bias = np.array(table["bias"], dtype=np.float32) / np.float32(_SCALE)
    return RoleModel(classes, bias, rows, {name: at for at, name in enumerate(names)})
