"""When an event was: by adverbs and dates of its clause, else of its sentence, against the letter's own day."""

from __future__ import annotations

import re
from datetime import datetime
from enum import Enum, auto

from mailbot.understanding.numbers.dates import find_days
from mailbot.understanding.urgency.sentence_events import EmergencyEvent


class EventRecency(Enum):
    FRESH = auto()  # today or yesterday
    OLD = auto()  # days ago
    PAST = auto()  # weeks ago or longer
    SEASON = auto()  # «летом», «каждую зиму»: a custom or a memory
    UNSAID = auto()


_FRESH = re.compile(
    r"(?<!\w)(?:сегодня|сейчас|только что|ночью|утром|вечером|вчера|опять|снова|вновь|заново|прямо"
    r"|час\w* назад|минут\w* назад|с (?:утра|ночи|вечера|обеда)|в эту минуту|этой ночью|уже (?:час|второй|третий|сутки)"
    r"|до сего\w* дня|то же самое|продолжа\w+)\b"
)
_PAST = re.compile(
    r"(?<!\w)(?:(?:поза)?прошл\w+ (?:год|зим|лет|осен|весн|сезон|месяц|раз|отопит)\w*|год\w* назад|лет назад|полгода назад"
    r"|месяц\w* назад|давно|когда-то|раньше|в тот раз|тогда|однажды|недел(?:и|ь) назад|20[01]\d|202[0-5])\b"
)
_OLD = re.compile(
    r"(?<!\w)(?:позавчера|дн\w+ назад|неделю назад|(?:прошлой|той) неделе|(?:в|во) (?:понедельник|вторник|среду|четверг"
    r"|пятницу|субботу|воскресенье)|в (?:прошлые )?выходные|на днях|недавно)\b"
)
_SEASON = re.compile(
    r"(?<!\w)(?:летом|весной|осенью|зимой|кажд\w+ (?:зим|вес|осень|год|лет|раз)\w*|обычно|периодически|иногда|ежегодно"
    r"|бывает|бывало|постоянно|регулярно|во время (?:дожд|ливн)\w*|когда дождь)\b"
)
_DAYS_FRESH, _DAYS_OLD = 2, 9


def moment_of(event: EmergencyEvent, received_at: datetime) -> EventRecency:
    """When the event was, as its own clause says, else the clauses before it, else its whole sentence."""
    sentence = event.sentence
    clause = sentence.clause(event.word.clause)
    folded = sentence.passage.folded
    for text in (
        folded[clause[0].start : clause[-1].end],
        folded[sentence.words[0].start : clause[-1].end],
        sentence.text,
    ):
        if (recency := moment_in(text, received_at)) is not EventRecency.UNSAID:
            return recency
    return EventRecency.UNSAID


def moment_in(text: str, received_at: datetime) -> EventRecency:
    """What a stretch of folded text says of the time; what is fresh counts before what was."""
    if _FRESH.search(text):
        return EventRecency.FRESH
    for pattern, moment in (
        (_PAST, EventRecency.PAST),
        (_OLD, EventRecency.OLD),
        (_SEASON, EventRecency.SEASON),
    ):
        if pattern.search(text):
            return moment
    return _dated(text, received_at)


def _dated(text: str, received_at: datetime) -> EventRecency:
    days = find_days(text, received_at)
    if not days:
        return EventRecency.UNSAID
    months, day = divmod(days[-1].order, 32)
    now = received_at.year * 12 + received_at.month
    if day == 0:
        return EventRecency.PAST if months < now else EventRecency.UNSAID
    age = (now - months) * 30 + received_at.day - day
    if age > _DAYS_OLD:
        return EventRecency.PAST
    return EventRecency.OLD if age >= _DAYS_FRESH else EventRecency.FRESH
