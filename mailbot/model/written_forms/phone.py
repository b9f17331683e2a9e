"""A telephone number as it is compared: however it was written, one subscriber has one form."""

from __future__ import annotations

import re

_NOT_DIGITS = re.compile(r"\D")


def normalize_phone(written: str) -> str:
    """«+7…» where ten digits are known, «+…» for other countries, else the digits that were written."""
    digits = _NOT_DIGITS.sub("", written)
    if written.startswith("+") and digits[:1] not in ("7", "8"):
        return "+" + digits
    if len(digits) == 11 and digits[0] in "78":
        return "+7" + digits[1:]
    # «8919450221»: a digit was forgotten
    return "+7" + digits if len(digits) == 10 and not digits.startswith("89") else digits
