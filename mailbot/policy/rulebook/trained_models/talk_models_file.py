"""`rules/talk.json`: the trained models of sentences as a file that a program writes.

{"made_of": "SHA-256 of the sentences and of what is seen of them", "talk": a model as in `roles.json`, "answered": another}
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from mailbot.model import SourceFile
from mailbot.model.rules.rulebook import NO_READY_LETTER, NO_TALK
from mailbot.model.trained.number_roles import RoleModel
from mailbot.policy.rulebook.trained_models.model_file import read_model
from mailbot.policy.rulebook.trained_models.role_models_file import model_of, table_of

FILE = "talk.json"


@dataclass(frozen=True, slots=True)
class SentenceModels:
    """`talk`: does a sentence beside readings want nothing? `answered`: which ready letter answers a sentence whole?"""

    talk: RoleModel = NO_TALK
    answered: RoleModel = NO_READY_LETTER


UNTRAINED = SentenceModels()


def read_talk(source: SourceFile, faults: list[str]) -> SentenceModels:
    """The models of the file; `UNTRAINED`, with a fault told by file and line, where there are none."""
    return read_model(source, faults, _models, UNTRAINED)


@lru_cache(maxsize=2)
def _models(text: str) -> SentenceModels:
    tables = json.loads(text)
    answered = tables.get("answered")  # files of before know talk alone
    return SentenceModels(model_of(tables["talk"]), model_of(answered) if answered else NO_READY_LETTER)


def talk_text(models: SentenceModels, made_of: str = "") -> str:
    """The file of the models; equal models give equal bytes. `made_of` is the fingerprint of what they were trained on."""
    tables = {"made_of": made_of, "talk": table_of(models.talk), "answered": table_of(models.answered)}
    return json.dumps(tables, ensure_ascii=False, separators=(",", ":"), indent=0) + "\n"
