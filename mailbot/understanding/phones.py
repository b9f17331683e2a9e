"""Phone numbers as the settlement writes them: eleven digits in any grouping, and local five."""

from __future__ import annotations

import re

from mailbot.understanding.marks import Mark

# Separators people put between digits; never a line break (two numbers one under the other are two).
_GAP = r"[ \u00a0\-–—().]{0,3}"
_FULL = re.compile(rf"(?<![\d.,])(?:\+\s?7|\+?8|7)(?:{_GAP}\d){{10}}(?![\d])")
_TEN = re.compile(rf"(?<![\d.,№#])\(?9(?:{_GAP}\d){{9}}(?![\d.,]\d|\d)")
# «(34241) 5-56-01»: area code and number make ten digits
_AREA = re.compile(rf"(?<!\d)\(\s?\d{{3,5}}\s?\)(?:{_GAP}\d){{5,7}}(?!\d)")
_LABEL = (
    r"(?:\bтел(?:ефон\w*|\.)?|\bт\.|\bмоб(?:ильн\w*|\.)?|\bсот(?:ов\w*|\.)?|\bфакс|\bзвоните|\bконтактн\w*"
    r"|\bр\.\s?т\.?|\bд\.\s?т\.?)"
)
_LABELLED = re.compile(
    rf"{_LABEL}[\s:.№-]*(?:номер\w*)?[\s:.№-]*(?P<number>\d(?:{_GAP}\d){{4,9}})(?!\d|[.,]\d)", re.IGNORECASE
)
# «5-50-33» or «2-12-34»: the settlement's own numbers; six digits only with a label (dates look alike)
_LOCAL = re.compile(r"(?<![\d\-–/.,№#])(?<![№#] )\d-\d{2}-\d{2}(?![\d\-–/]|[.,]\d)")
_NOT_A_PHONE = re.compile(
    r"(?:инн|огрн(?:ип)?|кпп|бик|сч[её]т\w*|р/с|к/с|№|зав\.?|серийн\w*|номер прибора|договор\w*"
    r"|снилс)[\s:№#]*$",
    re.IGNORECASE,
)


def find_phones(text: str) -> tuple[Mark, ...]:
    """Every phone of `text`, in order; value `+7…` where ten digits are known, else local digits.

    `text` must already be free of account numbers: «л/с 89504567781» is an account.
    """
    found: list[Mark] = []
    for pattern in (_FULL, _AREA, _TEN, _LABELLED, _LOCAL):
        for match in pattern.finditer(text):
            group = "number" if pattern is _LABELLED else 0
            start, end = match.span(group)
            if any(start < mark.end and mark.start < end for mark in found):
                continue
            if _NOT_A_PHONE.search(text[max(0, start - 20) : start]):
                continue
            value = _normal(match.group(group))
            if _is_phone(value, labelled=group == "number"):
                found.append(Mark(start, end, value, 0.95 if value.startswith("+7") else 0.85))
    return tuple(sorted(found, key=lambda mark: mark.start))


def _normal(written: str) -> str:
    digits = re.sub(r"\D", "", written)
    if len(digits) == 11 and digits[0] in "78":
        return "+7" + digits[1:]
    return "+7" + digits if len(digits) == 10 else digits


def _is_phone(value: str, *, labelled: bool) -> bool:
    if value.startswith("+7"):
        # Russian area codes begin with 3, 4 or 8, mobiles with 9; 6 and 7 are Kazakhstan's.
        return value[2] in "34589" and (labelled or len(set(value[2:])) > 2)
    return 5 <= len(value) <= 7
