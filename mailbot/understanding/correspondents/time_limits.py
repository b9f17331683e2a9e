"""Until when a letter demands an answer: «в срок до 20.11.2026», «в течение 3 часов», «5 (пяти) рабочих дней»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from mailbot.model import (
    DayKind,
    ExtractedValue,
    Letter,
    PeriodFromReceipt,
    Rulebook,
    SegmentRole,
    Span,
    TimeLimit,
)
from mailbot.understanding.correspondents.letter_sections import MAX_LENGTH
from mailbot.understanding.correspondents.time_limit_addressee import demanded
from mailbot.understanding.text.folding import fold

AT_ONCE = PeriodFromReceipt(2, DayKind.HOURS)
"""What «незамедлительно» allows: as long as a person has for an emergency."""

MAX_LIMITS = 100
"""Time limits of one text that are looked at; a letter sets a handful."""

_MONTHS = (
    "январ",
    "феврал",
    "март",
    "апрел",
    "ма",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
)
_MONTH = r"(?:январ|феврал|март|апрел|ма[яй]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{0,3}"
_DAY = (
    rf"(?:(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})(?:\.(?P<y>(?:20)?\d\d))?(?![\d.]\d)"
    rf"|[«\"]?(?P<d2>\d{{1,2}})[»\"]?\s{{1,3}}(?P<month>{_MONTH})(?:\s{{1,3}}(?P<y2>20\d\d))?"
    rf"|(?P<d3>\d{{1,2}})/(?P<m3>\d{{1,2}})/(?P<y3>20\d\d)|(?P<y4>20\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)"
    r"|(?P<near>сегодня|завтра|послезавтра|конца (?:рабочего |текущего )?дня|конца (?:текущего )?рабочего дня|конца смены))"
)
_CLOCK = (
    r"(?P<{0}>\d{{1,2}})(?:[:.\-](?P<{1}>\d\d)(?:\s{{0,2}}(?:ч\b|час\w*))?"
    r"|\s{{0,2}}(?:ч\b\.?|час\w*)(?:\s{{0,2}}(?P<{2}>\d\d)\s{{0,2}}мин\w*)?)(?!\.?\d)"
)
_TERM_OF = r"срок\w{0,3}(?: \w{3,20}){0,3}\s{0,2}[:–—-]?\s{0,2}"
_UNTIL = (
    r"(?:в срок (?:не позднее |до |по )?|не позднее(?: чем)? |не позже |(?<!\w)до |сроком до |к "
    rf"|{_TERM_OF}(?:до |не позднее )?)"
)
_ON_DAY = re.compile(
    rf"(?<!\w){_UNTIL}(?:{_CLOCK.format('h', 'min', 'min2')}(?: (?:местного |московского )?(?:времени )?)?\s{{0,2}},?\s?)?{_DAY}"
    rf"(?:\s?г(?:ода|\.)?)?(?:,?\s{{0,2}}(?:до|к|в|не позднее)?\s{{0,2}}{_CLOCK.format('h2', 'min3', 'min4')})?"
)
_TODAY_AT = re.compile(rf"(?<!\w)(?:до|не позднее|к|в срок до) {_CLOCK.format('h', 'min', 'min2')}")

_NUMBERS = {
    "одн": 1, "дв": 2, "тр": 3, "четыр": 4, "пят": 5, "шест": 6, "сем": 7, "восьм": 8, "девят": 9, "десят": 10,
    "пятнадцат": 15, "двадцат": 20, "тридцат": 30,
}  # fmt: skip
_WORD_NUMBER = (
    r"(?:одн(?:ого|их|у|о)|дв(?:ух|е|а|ое)|тр(?:ех|и|ое)|четыр(?:ех|е)"
    r"|(?:пят|шест|сем|восьм|девят|десят|пятнадцат|двадцат|тридцат)(?:и|ь))"
)
_COUNT = rf"(?P<n>\d{{1,3}})(?:-?(?:х|ти|и|го))?(?:\s{{0,2}}\([^()\d]{{1,30}}\))?|(?P<w>{_WORD_NUMBER})"
_UNITS = (
    r"(?P<work>рабоч\w{1,3}\s{1,3})?(?P<cal>календарн\w{1,3}\s{1,3})?"
    r"(?P<unit>час(?:а|ов)?\b|ч\b|сут(?:ок|ки)|дн(?:ей|я|и)|день|недел\w{1,2}|месяц\w{0,2})"
)
_BY_TIME = (
    r"в течени[ие]|в срок(?:,)?(?: не (?:более|позднее|превышающий))?|не позднее(?: чем)?(?: через)?"
    rf"|не более(?: чем)?(?: через)?|за|через|{_TERM_OF}(?:не более )?"
)
_ONE = r"(?(n)|(?(w)|(?=рабоч|календ|час\b|часа|сут|дня|недел|месяц)))"
"""«в течение дня», «в течение часа»: without a number there is one."""

_WITHIN = re.compile(rf"(?<!\w)(?:{_BY_TIME})\s{{1,3}}(?:{_COUNT})?{_ONE}\s{{0,3}}{_UNITS}")
_TERMED = re.compile(
    r"(?<!\w)в (?:(?P<n>\d{1,3})[- ]?(?:х|ти)?[- ]?"
    r"|(?P<w>двух|трех|четырех|(?:пят|шест|сем|восьм|девят|десят|пятнадцат|двадцат|тридцат)и)[- ]?)?"
    r"(?P<kind>часов\w{2}|суточн\w{2}|дневн\w{2}|недельн\w{2}|месячн\w{2})\s{1,3}(?P<work>рабочий )?срок"
)
_BARE = re.compile(
    rf"(?<![\w.,])(?P<n>\d{{1,3}})(?:-?(?:х|ти|и))?(?:\s{{0,2}}\([^()\d]{{1,30}}\))?\s{{0,3}}{_UNITS}"
)
_SOON = re.compile(r"(?<!\w)(?:незамедлительно|немедленно|безотлагательно|в кратчайш\w{2} срок\w{0,2})(?!\w)")


def find_time_limit(letter: Letter, rulebook: Rulebook) -> ExtractedValue[TimeLimit] | None:
    """The earliest demand on us with a time limit; None where the letter sets none."""
    received = letter.received_at.astimezone(ZoneInfo(rulebook.channels.time_zone))
    limits: list[ExtractedValue[TimeLimit]] = []
    at_once: list[ExtractedValue[TimeLimit]] = []
    for part in letter.parts:
        text = fold(part.view(SegmentRole.WRITTEN, SegmentRole.FORWARDED, SegmentRole.SIGNATURE)[:MAX_LENGTH])
        for limit, start, end in islice(_limits(text, received), MAX_LIMITS):
            if demanded(text, start, end):
                words = " ".join(letter.quote(Span(part.name, start, end)).split())
                limit = TimeLimit(words, limit.day, limit.at, limit.allowance)
                (at_once if _SOON.fullmatch(text, start, end) else limits).append(
                    ExtractedValue(limit, (Span(part.name, start, end),))
                )
    return min(limits or at_once, key=lambda candidate: _about_when(candidate.value, received), default=None)


def _about_when(limit: TimeLimit, received: datetime) -> datetime:
    """Near enough to compare limits; the exact moment is the calendar's."""
    if limit.allowance is None:
        day = limit.day or received.date()
        return datetime.combine(day, limit.at or time(17), received.tzinfo)
    days = {DayKind.HOURS: 1 / 24, DayKind.CALENDAR: 1.0, DayKind.WORKING: 1.4, DayKind.MONTHS: 30.0}
    return received + timedelta(days=limit.allowance.amount * days[limit.allowance.unit])


def _limits(text: str, received: datetime) -> Iterator[tuple[TimeLimit, int, int]]:
    taken: list[tuple[int, int]] = []
    for pattern, build in (
        (_ON_DAY, _on_day), (_TERMED, _termed), (_WITHIN, _within), (_BARE, _bare), (_TODAY_AT, _today_at), (_SOON, _soon)
    ):  # fmt: skip
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if (limit := build(match, received)) is not None:
                taken.append(match.span())
                yield limit, match.start(), match.end()


def _on_day(match: re.Match[str], received: datetime) -> TimeLimit | None:
    day = _day(match, received.date())
    return None if day is None else TimeLimit("", day=day, at=_clock(match))


def _day(match: re.Match[str], received: date) -> date | None:
    """Without a year it is the next such day, or one lately past: a letter can come late."""
    if near := match["near"]:
        return received + timedelta(days={"завтра": 1, "послезавтра": 2}.get(near, 0))
    number = int(match["d"] or match["d2"] or match["d3"] or match["d4"])
    month = _month(match["month"]) if match["month"] else int(match["m"] or match["m3"] or match["m4"])
    year = match["y"] or match["y2"] or match["y3"] or match["y4"]
    try:
        if year:
            return date(int(year) % 100 + 2000, month, number)
        day = date(received.year, month, number)
        return day if day >= received - timedelta(days=60) else date(received.year + 1, month, number)
    except ValueError:
        return None


def _month(word: str) -> int:
    return next(at for at, stem in enumerate(_MONTHS, 1) if word.startswith(stem))


def _clock(match: re.Match[str]) -> time | None:
    groups = match.groupdict()
    hour = groups.get("h") or groups.get("h2")
    minute = groups.get("min") or groups.get("min2") or groups.get("min3") or groups.get("min4") or "0"
    if hour is None or int(hour) > 24 or int(minute) > 59:
        return None
    return time(23, 59) if int(hour) == 24 else time(int(hour), int(minute))


def _today_at(match: re.Match[str], received: datetime) -> TimeLimit | None:
    at = _clock(match)
    return None if at is None else TimeLimit("", day=received.date(), at=at)


def _within(match: re.Match[str], _: datetime) -> TimeLimit | None:
    return _allowed(_count(match), match)


def _bare(match: re.Match[str], _: datetime) -> TimeLimit | None:
    """«10 календарных дней со дня получения»: without a word before it, working and calendar days alone are a limit."""
    return _allowed(_count(match), match) if match["work"] or match["cal"] else None


def _allowed(count: int, match: re.Match[str]) -> TimeLimit | None:
    unit = match["unit"]
    if unit.startswith("ч"):
        return _limit(count, DayKind.HOURS)
    if unit.startswith("сут"):
        return _limit(count * 24, DayKind.HOURS)
    if unit.startswith("недел"):
        return _limit(count * 7, DayKind.CALENDAR)
    if unit.startswith("месяц"):
        return _limit(count, DayKind.MONTHS)
    return _limit(count, DayKind.WORKING if match["work"] else DayKind.CALENDAR)


def _termed(match: re.Match[str], _: datetime) -> TimeLimit | None:
    """«в трёхдневный срок», «в 10-дневный срок», «в месячный срок»."""
    count, kind = _count(match), match["kind"]
    if kind.startswith("час"):
        return _limit(count, DayKind.HOURS)
    if kind.startswith("сут"):
        return _limit(count * 24, DayKind.HOURS)
    if kind.startswith("нед"):
        return _limit(count * 7, DayKind.CALENDAR)
    if kind.startswith("мес"):
        return _limit(count, DayKind.MONTHS)
    return _limit(count, DayKind.WORKING if match["work"] else DayKind.CALENDAR)


def _soon(_: re.Match[str], __: datetime) -> TimeLimit:
    return TimeLimit("", allowance=AT_ONCE)


def _limit(count: int, unit: DayKind) -> TimeLimit | None:
    return TimeLimit("", allowance=PeriodFromReceipt(count, unit)) if 1 <= count <= 365 else None


def _count(match: re.Match[str]) -> int:
    if match["n"]:
        return int(match["n"])
    word = match["w"] or ""
    return next(
        (
            value
            for stem, value in sorted(_NUMBERS.items(), key=lambda item: -len(item[0]))
            if word.startswith(stem)
        ),
        1,
    )
