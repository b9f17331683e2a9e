"""A number of a paper or a dial as it is compared: however it was written, one account, contract or serial has one key."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"[\W_]+")
_ALIKE = str.maketrans("abcehkmoptxyё", "авсенкмортхуе")
"""Latin letters that look like Cyrillic: «TC-0391» is typed on either keyboard."""


def number_key(written: str) -> str:
    """«№ 00-55 01» and «5501» are one number, «ТС-0391» and «tc 0391» another: no blanks, dashes, marks, leading noughts."""
    if written.isdecimal():
        return written.lstrip("0") or written[-1:]
    plain = _SIGNS.sub("", written.lower()).translate(_ALIKE)
    return plain.lstrip("0") or plain[-1:]


def differ_by_one_sign(one: str, other: str) -> bool:
    """Do two keys differ by one sign: another one, one missing, one too many, or two neighbours swapped?

    Equal keys do not (Damerau 1964 counts the same four slips of a typist).
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True  # the one begins with the other and has one sign more
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short[at:] == long[at + 1 :]
    swapped = one[at : at + 2] == other[at : at + 2][::-1]
    return one[at + 1 :] == other[at + 1 :] or (swapped and one[at + 2 :] == other[at + 2 :])
