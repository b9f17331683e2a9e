"""Why a reading is not taken, as far as anybody may hear it: reasons that the letter itself shows.

All other reasons come of comparing with the register, and tell what is known of a meter: they are for its client alone.
"""

from __future__ import annotations

from typing import assert_never

from mailbot.model import CHARGED_RESOURCES, Resource
from mailbot.wording.resources import MEASURED_RESOURCES, OF_RESOURCES, list_measured

NO_ACCOUNT = "не указан номер лицевого счёта"
NO_RESOURCE = f"не указано, что измеряет счётчик: {list_measured(CHARGED_RESOURCES)}"
GENERIC_REASON = "показание не удалось прочитать уверенно; проверит сотрудник"
SEVERAL_VALUES = "для одного счётчика несколько значений; напишите, пожалуйста, номер каждого счётчика"


def why_not_ours(resource: Resource | None) -> str:
    """Who takes the readings of a resource that the company does not charge for; empty where it does, or nobody knows."""
    match resource:
        case Resource.HEATING | Resource.HOT_WATER | None:
            return ""
        case Resource.COLD_WATER:
            ours = " и ".join(MEASURED_RESOURCES[resource] for resource in CHARGED_RESOURCES)
            return f"показания {OF_RESOURCES[resource]} принимает водоканал; мы учитываем {ours}"
        case _:
            assert_never(resource)


FINAL = frozenset(why_not_ours(resource) for resource in Resource if not resource.charged)
"""Reasons that leave nothing to check: the writer has been told all, and nobody looks at the reading again."""

OPEN = frozenset({NO_ACCOUNT, NO_RESOURCE, GENERIC_REASON, SEVERAL_VALUES}) | FINAL

CLOSED = "показание проверит сотрудник"
"""What is said in place of any other."""


def leaves_to_check(reason: str) -> bool:
    """May somebody yet accept a reading that was refused for that reason?"""
    return reason not in FINAL


def disclosable_reason(reason: str) -> str:
    """The reason as somebody who is not proven to be the client may hear it; empty where there is none."""
    return reason if not reason or reason in OPEN else CLOSED
