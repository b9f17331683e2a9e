"""Serial numbers of meters: what a reading is tied to, and what must never be taken for a value."""

from __future__ import annotations

import re

from mailbot.understanding.marks import Mark

_DEVICE = (
    r"(?:\b(?:водо|тепло|электро)?сч[её]тчик\w*|\bсч\.|\bсч\b|\bприбор\w*|\bтепловычислител\w*"
    r"|\bвычислител\w*"
    r"|\bводомер\w*|\bрасходомер\w*|\bипу\b|\bопу\b|\bодпу\b|\bуут[эе]\b|\bуз[её]л\w*)"
)
# between the device and its number: type, maker, room, «горячей воды», never another number's words
_BETWEEN = r"(?:\s+[^\s№#:]{1,20}){0,4}?"
_SERIAL = r"(?P<serial>\d[\d-]*\d{2}|\d{3,})(?![\w]|[.,]\d)"
_NUMBER_SIGN = r"(?:№|#|\bN(?:o\b)?\.?|\bномер\w*|\bзав\.|\bзаводск\w*|\bсер\.|\bсерийн\w*|\bs/n)"
_SIGNS = rf"{_NUMBER_SIGN}[\s:№.]*(?:номер\w*)?[\s:№.]*"
_BY_DEVICE = re.compile(rf"{_DEVICE}{_BETWEEN}\s*{_SIGNS}{_SERIAL}", re.IGNORECASE)
_BY_LABEL = re.compile(
    rf"(?:\bзав(?:\.|одск\w*)|\bсер(?:\.|ийн\w*)|\bs/n)[\s№:]*(?:номер\w*|№|N)?[\s:№.]*{_SERIAL}",
    re.IGNORECASE,
)
# «2) ГВС ванная № 1822051 - 142,9»: a resource or a room, a number sign, five digits or more
_BY_ROOM = re.compile(
    r"(?:гвс|вод[аыу]|тепло\w*|отоплени\w*|кухн\w*|ванн\w*|сануз\w*|туалет\w*|ст?ояк\w*)"
    rf"[\s(:,–—-]*№\s*{_SERIAL}",
    re.IGNORECASE,
)
# «старый № 118204, новый № 990133»: a meter was replaced
_BY_CHANGE = re.compile(
    rf"\b(?:стар|нов|прежн)(?:ый|ого|ое)\s*(?:прибор|сч[её]тчик)?\s*№\s*{_SERIAL}", re.IGNORECASE
)
# «счётчик 08123456 – 117»: a long number beside the device, and a value after it
_UNSIGNED = re.compile(
    rf"{_DEVICE}(?:\s+(?:гвс|гор\w*\.?\s*вод\w*|тепла|отоплени\w*|кухн\w*|ванн\w*))?[\s:]*"
    r"(?P<serial>\d{6,12})(?=\s*(?:[–—:=,-]|показ\w*|гвс|тепло\w*|отоп\w*|кухн\w*|ванн\w*|\n)\s*\D{0,25}\d)",
    re.IGNORECASE,
)
# Types of devices carry digits that count nothing: СТК-15, ТВ7, ВКТ-7, СПТ-943, СГВ-15
_MODEL = re.compile(r"\b(?!ГВС|ХВС|ЛС|КВ|ГВ|ХВ|Л/С)[А-ЯA-Z]{2,8}[- ]?\d{1,4}(?:[.-]\d{1,3})?(?!\d|[.,]\d)")


def find_meters(text: str) -> tuple[Mark, ...]:
    """Serial numbers in order of the text, digits (and inner hyphens) as written."""
    found: dict[int, Mark] = {}
    for pattern in (_BY_DEVICE, _BY_LABEL, _BY_ROOM, _BY_CHANGE, _UNSIGNED):
        for match in pattern.finditer(text):
            start, end = match.span("serial")
            if not any(start < mark.end and mark.start < end for mark in found.values()):
                found[start] = Mark(start, end, match["serial"], 0.9)
    return tuple(found[start] for start in sorted(found))


def find_models(text: str) -> tuple[Mark, ...]:
    """Types of devices («СТК-15»), to be kept away from the values."""
    return tuple(Mark(*match.span(), match.group()) for match in _MODEL.finditer(text))
