"""Phone numbers as the settlement writes them: eleven digits in any grouping, local five, foreign ones."""

from __future__ import annotations

import re

from mailbot.model.written_forms.phone import normalize_phone
from mailbot.understanding.text.marked_spans import TextMatch

# Separators people put between digits; never a line break (two numbers one under the other are two).
_GAP = r"[ \u00a0\-–—().]{0,3}"
_DIGIT = r"[\dОоOoЗз]"  # a scan gives letters for 0 and 3
_FULL = re.compile(rf"(?<![\d.,])(?:\+\s?7|\+?8|7)(?:{_GAP}{_DIGIT}){{10}}(?![\dА-Яа-яЁё]{{0,1}}\d)")
_MOBILE = re.compile(r"(?<![\d.,*#/])(?:\+?7|8)[ ()*_/-]{0,3}9(?:[ ()*_/.–-]{0,3}\d){9}(?!\d|[*#]\d)")
_TEN = re.compile(rf"(?<![\d.,№#])\(?9(?:{_GAP}\d){{9}}(?![\d.,]\d|\d)")
# «(34241) 5-56-01»: area code and number make ten digits
_AREA = re.compile(rf"(?<!\d)\(\s?\d{{3,5}}\s?\)(?:{_GAP}\d){{5,7}}(?!\d)")
_LABEL = (
    r"(?:\bтел(?:ефон\w*|\.)?|\bт\.?(?=\s?\d)|\bт\.|\bмоб(?:ильн\w*|\.)?|\bсот(?:ов\w*|\.)?|\bфакс\w*|\bзвоните|\bконтактн\w*"
    r"|\bр\.\s?т\.?|\bд\.\s?т\.?|\btel\b\.?)"
)
_LABELLED = re.compile(
    rf"{_LABEL}[\s:.№-]*(?:номер\w*)?[\s:.№-]*(?P<number>\(?\d(?:{_GAP}\d){{4,10}})(?!\d|[.,]\d)",
    re.IGNORECASE,
)
# «5-50-33» or «2-12-34»: the settlement's own numbers; six digits only with a label (dates look alike)
_LOCAL = re.compile(r"(?<![\d\-–/.,№#])(?<![№#] )\d-\d{2}-\d{2}(?![\d\-–/]|[.,]\d)")
_FOREIGN = re.compile(rf"(?<![\w+])\+(?!\s?[78])\s?[1-9](?:{_GAP}\d){{8,13}}(?!\d)")
# A mail program breaks a line inside the number: «8 919⏎450 22 18»
_BROKEN = re.compile(
    r"(?<![\d.,])(?:\+7|8)[ (-]{0,2}9\d\d(?:[ )-]{0,2}\d{3})?\n(?:\d{3}[ -]?)?\d\d[ -]?\d\d(?![\d.,])"
)
# «5-53-03 (код 34241)»
_CODE_BEHIND = re.compile(
    r"[\s,]{0,2}\(?\s?код\w{0,2}(?:\sгорода)?[\s:]{0,2}\(?(?P<code>\d{3,5})\)?", re.IGNORECASE
)
_WHOLE_DIGITS = 10
_NOT_A_PHONE = re.compile(
    r"(?:инн|огрн(?:ип)?|кпп|бик|сч[её]т\w*|р/с|к/с|№|зав\.?|серийн\w*|номер прибора|договор\w*"
    r"|снилс)[\s:№#]*$",
    re.IGNORECASE,
)
# «звонил на 5-56-01», «ваш телефон», «5-56-01 не отвечает»: a number that was dialled, perhaps ours
_DIALLED = re.compile(
    r"(?:\bзвон(?:ил|ю|им|ила|или)\w*|дозвон\w+|набира\w+|\bваш\w*|\bвам|диспетчер\w*|горяч\w+\s+лини\w+|аварийк\w*|аварийн\w+)"
    r"(?:\s+(?:вам|к\s+вам|на|по|в|номер\w*|телефон\w*|тел\.?)){0,4}[\s:(,]*$",
    re.IGNORECASE,
)
_UNHEARD = re.compile(
    r"^[\s).,!–—-]*(?:(?:уже|третий|второй|весь|целый|час|день|никогда|вообще|у\s+вас|невозможно)\s+){0,3}"
    r"(?:не\s+(?:дозвон|отвеча|бер|работа|доступ)|никто\s+не|трубку|молч|занят|звонил|без\s+толку|бесполезн)",
    re.IGNORECASE,
)
_SURE, _LOCAL_SURE, _PERHAPS_OURS = 0.95, 0.85, 0.35


def find_phones(text: str) -> tuple[TextMatch, ...]:
    """Every phone of `text`, in order; value `+…` where the country is known, else local digits.

    A number the writer dialled may be ours: it is kept with little confidence, so that a letter is
    neither silenced for having none nor answered as if it were the writer's.
    `text` must already be free of account numbers: «л/с 89504567781» is an account.
    """
    matches: list[TextMatch] = []
    taken = bytearray(len(text))
    for pattern in (_FULL, _MOBILE, _AREA, _FOREIGN, _TEN, _LABELLED, _LOCAL, _BROKEN):
        for match in pattern.finditer(text):
            group = "number" if pattern is _LABELLED else 0
            start, end = match.span(group)
            if any(taken[start:end]):
                continue
            if pattern is not _LABELLED and _NOT_A_PHONE.search(text[max(0, start - 20) : start]):
                continue
            value = _normal(match.group(group))
            if (code := _CODE_BEHIND.match(text, end)) and len(code["code"] + value) == _WHOLE_DIGITS:
                value, end = _normal(code["code"] + value), code.end()
            if _is_phone(value, labelled=group == "number"):
                matches.append(TextMatch(start, end, value, _confidence(text, start, end, value)))
                taken[start:end] = b"\1" * (end - start)
    return tuple(sorted(matches, key=lambda mark: mark.start))


def _normal(written: str) -> str:
    return normalize_phone(written.translate(_DIGITS))


def _is_phone(value: str, *, labelled: bool) -> bool:
    if value.startswith("+7"):
        # Russian area codes begin with 3, 4 or 8, mobiles with 9; 6 and 7 are Kazakhstan's.
        return value[2] in "34589" and (labelled or len(set(value[2:])) > 2)
    return value.startswith("+") or 5 <= len(value) <= 7 or (labelled and len(value) == 10)


def _confidence(text: str, start: int, end: int, value: str) -> float:
    if value.startswith("+7800") or _UNHEARD.search(text[end : end + 60]):
        return _PERHAPS_OURS
    if _DIALLED.search(text[max(0, start - 50) : start]):
        return _PERHAPS_OURS
    return _SURE if value.startswith("+") else _LOCAL_SURE


_DIGITS = str.maketrans("ОоOoЗз", "000033")
