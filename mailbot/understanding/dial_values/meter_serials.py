"""Serial numbers of meters: what a reading is tied to, and what must never be taken for a value."""

from __future__ import annotations

import re

from mailbot.understanding.text.marked_spans import TextMatch

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
# «2) ГВС ванная № 1822051 - 142,9», «, № 08123457 - 98 (ванная)»: a number sign and four digits or more
_BY_SIGN = re.compile(
    r"(?:№|#|(?<!\w)N(?:o\b)?\.?)\s*(?P<serial>\d[\d-]*\d{3})(?![\w/]|[.,]\d|\s+от\s)", re.IGNORECASE
)
_NOT_A_METER = re.compile(
    r"(?:договор\w*|\bакт\w*|\bзаявк\w*|обращени\w*|\bвх\w*\.?|\bисх\w*\.?|приказ\w*|пломб\w*|паспорт\w*"
    r"|квитанци\w*|\bсч[её]т(?:а|у|ом|-фактур\w*)?|\bдел[оау]|\bфз|поручени\w*|\bчек\w*|\bтел\w*\.?|письм\w*|запрос\w*)[\s:.]*$",
    re.IGNORECASE,
)
# «старый № 118204, новый № 990133»: a meter was replaced
_BY_CHANGE = re.compile(
    rf"\b(?:стар|нов|прежн)(?:ый|ого|ое)\s*(?:прибор|сч[её]тчик)?\s*№\s*{_SERIAL}", re.IGNORECASE
)
# «ГВС прибор 40-118273 — 233,061»: a hyphen inside, which no dial shows
_HYPHENED = re.compile(
    rf"{_DEVICE}[\s:]{{1,3}}(?P<serial>\d{{2,4}}-\d{{4,8}})(?=\s*[–—:=,-]|\s\D)", re.IGNORECASE
)
# «счётчик 08123456 – 117»: a long number beside the device, and a value after it
_UNSIGNED = re.compile(
    rf"{_DEVICE}(?:\s+(?:гвс|гор\w*\.?\s*вод\w*|тепла|отоплени\w*|кухн\w*|ванн\w*))?[\s:]*"
    r"(?P<serial>\d{6,12})(?=\s*(?:[–—:=,-]|показ\w*|гвс|тепло\w*|отоп\w*|кухн\w*|ванн\w*|\n)\s*\D{0,25}\d)",
    re.IGNORECASE,
)
# «08123456 - 117», «гвс 08123456: 117»: a number longer than a dial at the head of an item, and a value after it
_BY_PLACE = re.compile(
    r"(?:(?:^|[\n;,(]|\bгвс|\bвод[аыу]|\bтепло|\bотопл\w*|\bкухн\w*|\bванн\w*|\bсч[её]тчик\w*|\bи)[\s:(-]{0,4})"
    r"(?P<serial>0\d{5,10}|[1-9]\d{5,10})(?=\)?\s?(?:[–—:=-]|\s[–—-])\s?\d{1,6}(?:[.,]\d|\b)(?!\s?[-–]\s?\d))",
    re.IGNORECASE,
)
# «счётчик гвс 1234567 123»: nothing but blanks between the serial and the value
_ALONE = re.compile(rf"{_DEVICE}\s+(?P<serial>0\d{{5,10}}|[1-9]\d{{6,9}})(?![\w]|[.,]\d)", re.IGNORECASE)
_BESIDE = re.compile(
    rf"{_DEVICE}(?:\s+(?:гвс|гор\w*\.?\s*вод\w*|тепла|отоплени\w*))?[\s:]*(?P<serial>\d{{6,12}})(?=\s\d{{1,5}}(?:[.,]\d|\b))",
    re.IGNORECASE,
)
# Types of devices carry digits that count nothing: СТК-15, ТВ7, ВКТ-7, СПТ-943, СГВ-15, Карат-307
_MAKERS = (
    r"СТК|ТВ|ВКТ|СПТ|СГВ|СХВ|СВК|СВМ?|ВСКМ|ВСТ|ВСГ|ТЭМ|ТСК|МКТС|ПРЭМ|ПУЛЬСАР|КАРАТ|ЭЛЬФ|БЕТАР|СТЭ|СТУ|ОСВ|ТРМ|КМ|МТ"
    r"|SKS|SKM|SANEXT|MULTICAL|ELF|ITELMA|ИТЭЛМА|ULTRAHEAT"
)
_MODEL = re.compile(
    rf"\b(?:(?:{_MAKERS})[- ]?|(?!ГВС|ХВС|ЛС|КВ|ГВ|ХВ|ВОД|ГОР|ХОЛ|ТЕПЛ|ОТОП|КУХ|ВАН|ПУ|ИПУ)[А-ЯA-Z]{{2,8}}-)"
    r"(?<!\bкм )(?<!\bмт )\d{1,4}(?:[.-]\d{1,3})?(?!\d|[.,]\d)"
)
_MODEL_NAMED = re.compile(
    r"\b(?:Пульсар|Карат|Эльф|Sanext|Multical|Бетар|Itelma|Elf)[- ]\d{1,4}(?!\d|[.,]\d)", re.IGNORECASE
)


_DIGIT = re.compile(r"\d")
_MAY_BE_SERIAL = re.compile(r"\d-*\d\d")
"""What stands in every serial number: most texts have none, and need no look at what stands before it."""
_ANY_DEVICE = re.compile(_DEVICE, re.IGNORECASE)
_OF_DEVICES = frozenset({_BY_DEVICE, _HYPHENED, _UNSIGNED, _ALONE, _BESIDE})


def find_meters(text: str) -> tuple[TextMatch, ...]:
    """Serial numbers that a word or a number sign names, in order, digits (and inner hyphens) as written."""
    return _found(text, _NAMED)


def find_meters_by_place(text: str) -> tuple[TextMatch, ...]:
    """All of `find_meters` and long numbers before a value («08123456 - 117»), these with less confidence.

    Contact data must already be taken out: an account stands in the same places.
    """
    return _found(text, (*_NAMED, *_PLACED))


def _found(text: str, patterns: tuple[tuple[re.Pattern[str], float], ...]) -> tuple[TextMatch, ...]:
    if not _MAY_BE_SERIAL.search(text):
        return ()
    devices = _ANY_DEVICE.search(text) is not None
    serials: dict[int, TextMatch] = {}
    taken = bytearray(len(text) + 1)
    for pattern, confidence in patterns:
        if pattern in _OF_DEVICES and not devices:
            continue
        for match in pattern.finditer(text):
            start, end = match.span("serial")
            if any(taken[start:end]):
                continue
            if pattern is _BY_SIGN and _NOT_A_METER.search(text[max(0, start - 24) : match.start()]):
                continue
            taken[start:end] = b"\1" * (end - start)
            serials[start] = TextMatch(start, end, match["serial"], confidence)
    return tuple(serials[start] for start in sorted(serials))


_NAMED = (
    (_BY_DEVICE, 0.9),
    (_BY_LABEL, 0.9),
    (_BY_CHANGE, 0.9),
    (_HYPHENED, 0.9),
    (_UNSIGNED, 0.9),
    (_BY_SIGN, 0.85),
)
_PLACED = ((_BY_PLACE, 0.7), (_BESIDE, 0.5), (_ALONE, 0.7))


def find_models(text: str) -> tuple[TextMatch, ...]:
    """Types of devices («СТК-15»), to be kept away from the values."""
    if not _DIGIT.search(text):
        return ()
    return tuple(
        TextMatch(*match.span(), match.group())
        for pattern in (_MODEL, _MODEL_NAMED)
        for match in pattern.finditer(text)
    )
