"""Why a reading is not taken, as far as anybody may hear it: reasons that the letter itself shows.

All other reasons come of comparing with the register, and tell what is known of a meter: they are for its client alone.
"""

from __future__ import annotations

NO_ACCOUNT = "не указан номер лицевого счёта"
NO_RESOURCE = "не указано, что измеряет счётчик: отопление или горячую воду"
GENERIC_REASON = "показание не удалось прочитать уверенно; проверит сотрудник"
SEVERAL_VALUES = "для одного счётчика несколько значений; напишите, пожалуйста, номер каждого счётчика"

OPEN = frozenset({NO_ACCOUNT, NO_RESOURCE, GENERIC_REASON, SEVERAL_VALUES})

CLOSED = "показание проверит сотрудник"
"""What is said in place of any other."""


def disclosable_reason(reason: str) -> str:
    """The reason as somebody who is not proven to be the client may hear it; empty where there is none."""
    return reason if not reason or reason in OPEN else CLOSED
