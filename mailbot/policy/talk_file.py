"""`rules/talk.json`: the trained model of talk as a file that a program writes.

{"made_of": "SHA-256 of the sentences and of what is seen of them", "talk": a model as in `roles.json`}
"""

from __future__ import annotations

import json
from functools import lru_cache

from mailbot.model import Source
from mailbot.model.role_model import RoleModel
from mailbot.model.rulebook import NO_TALK
from mailbot.policy.model_file import read_model
from mailbot.policy.roles_file import model_of, table_of

FILE = "talk.json"


def read_talk(source: Source, faults: list[str]) -> RoleModel:
    """The model of the file; `NO_TALK`, with a fault told by file and line, where it is none."""
    return read_model(source, faults, _model, NO_TALK)


@lru_cache(maxsize=2)
def _model(text: str) -> RoleModel:
    return model_of(json.loads(text)["talk"])


def talk_text(model: RoleModel, made_of: str = "") -> str:
    """The file of the model; equal models give equal bytes. `made_of` is the fingerprint of what it was trained on."""
    tables = {"made_of": made_of, "talk": table_of(model)}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"
