"""Days and months that values are told of: «20.10 - 145, 20.11 - 151», «145 за октябрь, 151 за ноябрь»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_STEMS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH = r"(?:янв|фев|мар|апр|ма[йяе]|июн|июл|авг|сен|окт|ноя|дек)[а-яё]*\.?"
_DATE = re.compile(
    r"(?<![\d.,/])(?:"
    r"(?P<d1>\d{1,2})[./-](?P<m1>\d{1,2})[./-](?P<y1>(?:20)?\d{2})(?!\d)"
    r"|(?P<y2>20\d{2})-(?P<m2>\d{2})-(?P<d2>\d{2})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})\s*(?:-?\s*(?:го|е)\s*)?(?P<n3>\b{MONTH})(?:\s*(?P<y3>20\d\d))?"
    rf"|\b(?P<n4>{MONTH})(?:[\s-]*(?P<y4>20\d\d))?"
    r"|(?P<m5>0[1-9]|1[0-2])[./](?P<y5>20\d\d)(?!\d)"
    r"|(?<=\bза\s)(?P<m6>0[1-9]|1[0-2])/(?P<y6>\d\d)(?!\d)"
    r"|(?P<d7>0[1-9]|[12]\d|3[01])\.(?P<m7>0[1-9]|1[0-2])(?![\d,]|\.\d)"
    r")(?!\w)",
    re.IGNORECASE,
)
# A day and a month that stand right after the word of a resource may be a value
_AFTER_RESOURCE = re.compile(
    r"(?:\bгвс|\bвод[аыу]|\bтепло\w*|\bотоп\w*|\bгор(?:яч\w+|\.)?|\bq|показани\w*|энерги\w*|гкал)[\s:=–-]*$",
    re.IGNORECASE,
)
_NUMBER_FOLLOWS = re.compile(r"[\s:=–—-]{1,4}\d")
_UNIT_FOLLOWS = re.compile(r"\s?(?:гкал|гдж|мвт|квт|м3|м³|куб)", re.IGNORECASE)
# A day of verification, of replacement or of a contract dates no value
_OTHER_DAY = re.compile(
    r"(?:повер\w*|годен|действ\w*|установ\w*|замен\w*|договор\w*|\bдо|\bакт\w*)[^\d\n]{0,20}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """Characters `start`..`end` name a day or a month; `order` grows with time; `sure` it is no value."""

    start: int
    end: int
    order: int
    sure: bool
    dates_values: bool


def find_days(text: str, received_at: datetime) -> tuple[DateMention, ...]:
    """Days and months of `text` in order; where the year is not told it is the latest up to next month."""
    days = []
    for match in _DATE.finditer(text):
        day = _day(match, received_at)
        if day is None or (match["m7"] and _UNIT_FOLLOWS.match(text, match.end())):
            continue
        before = text[max(0, match.start() - 40) : match.start()]
        sure = not (
            match["m7"] and _AFTER_RESOURCE.search(before) and not _NUMBER_FOLLOWS.match(text, match.end())
        )
        days.append(
            DateMention(match.start(), match.end(), day, sure, sure and not _OTHER_DAY.search(before))
        )
    return tuple(days)


def _day(match: re.Match[str], received_at: datetime) -> int | None:
    parts = {key[0]: value for key, value in match.groupdict().items() if value}
    name = parts.get("n", "").lower()
    month = int(parts["m"]) if "m" in parts else _month(name)
    day = int(parts.get("d", "0"))
    if not 1 <= month <= 12 or day > 31:
        return None
    if "y" in parts:
        year = int(parts["y"]) % 100 + 2000
    else:
        ahead = received_at.year * 12 + received_at.month + 1
        year = (ahead - month) // 12
    return (year * 12 + month) * 32 + day


def _month(name: str) -> int:
    return next((at for at, stem in enumerate(_STEMS, 1) if name.startswith(stem)), 0)


def without_days(text: str, days: tuple[DateMention, ...]) -> str:
    """`text` with the digits of every sure day blanked; same length."""
    pieces: list[str] = []
    position = 0
    for day in days:
        if day.sure and day.start >= position:
            pieces.append(text[position : day.start])
            pieces.append(re.sub(r"\d", "\u2007", text[day.start : day.end]))
            position = day.end
    return "".join((*pieces, text[position:]))
