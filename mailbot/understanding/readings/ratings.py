"""Does a letter give marks («тепло — 4, вежливость — 5»)? A mark is no reading, though it stands beside a resource."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

_MARK = (
    r"(?:10|[1-9])(?!\d|[.,]\d|\s?(?:м3|м³|куб|гкал|гдж|мвт|квт))(?:\s?(?:из|/)\s?(?:5|10)(?!\d))?"
    r"(?=\s{0,2}(?:[,;.!\n]|$|и\b)|\s[а-яё])"
)
_PAIR = re.compile(
    rf"(?<![\w-])(?P<what>[а-яё]{{3,20}}(?: [а-яё]{{1,20}}){{0,3}})\s?[-–—:=]{{0,2}}\s?(?<=[\s:=–—-]){_MARK}",
    re.IGNORECASE,
)
_RATES = re.compile(
    r"(?<!\w)(?:оцен(?:к|ив|ю)\w*|балл\w*|пятибалльн\w*|десятибалльн\w*|анкет\w*|опрос\w*|по шкале|удовлетвор[её]н\w*|обслуживани\w*"
    r"|качеств\w*|тв[её]рд\w{2,3} (?:пят|четв|тро)\w*)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?<!\w)(?:кв|дом|корп|подъезд|этаж|помещ|кухн|ванн|сануз|туалет|комнат|стояк|ввод|узел|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт"
    r"|ноя|дек|числ|день|дня|час|показ|знач|сч|прибор|расход|гвс|хвс|вод|тепл|отоп|гор|хол|итого|всего|было|стал|разниц|л/?с|лиц|ном|ул|договор"
    r"|пред|тек|нов|стар|перв|втор|трет|лев|прав|объ[её]м|ипу|одпу|пу\b|школ|сад\b|магазин|мира|побед|ленин|каб|литер|за\b|на\b|по\b)",
    re.IGNORECASE,
)
"""What small numbers count in a letter with readings: flats, days, rooms, meters."""

_SEVERAL = 2
_BEST = 10


def are_marks(values: Iterable[Decimal], words: str) -> bool:
    """Is every value a whole number from 1 to 10, and do the words give marks?"""
    return all(value == int(value) and 1 <= value <= _BEST for value in values) and gives_marks(words)


def gives_marks(words: str) -> bool:
    """Two things or more have a mark from 1 to 10, and one of them is nothing that a meter or an address counts.

    Where the letter speaks of marks itself («оценка», «баллов»), what is marked may also be heat or water.
    """
    marked = [match["what"] for match in _PAIR.finditer(words)]
    if len(marked) < _SEVERAL:
        return False
    return bool(_RATES.search(words)) or any(not _COUNTED.search(what) for what in marked)
