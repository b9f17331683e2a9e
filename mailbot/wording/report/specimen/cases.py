"""Fictional cases of a period: made by arithmetic, so that a specimen report is the same whenever it is built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model.letter.facts import LetterKind
from mailbot.model.report.period import Period, PeriodKind

ZONE = ZoneInfo("Asia/Yekaterinburg")
HOUR = 3600
WEEK = Period.read("2026-W47")


@dataclass(frozen=True, slots=True)
class SpecimenTopic:
    """`weight` of a hundred letters; `hours` the answer takes as a rule, `limit` hours it may take."""

    name: str
    title: str
    kind: LetterKind
    weight: int
    hours: int
    limit: int


TOPICS = (
    SpecimenTopic("no_heating", "Нет отопления", LetterKind.COMPLAINT, 17, 20, 72),
    SpecimenTopic("cold_radiators", "Холодно: батареи, стояк, температура в помещении", LetterKind.COMPLAINT, 15, 30, 72),
    SpecimenTopic("big_bill", "Большая или непонятная сумма в квитанции", LetterKind.QUESTION, 12, 40, 72),
    SpecimenTopic("no_hot_water", "Нет горячей воды", LetterKind.COMPLAINT, 8, 16, 72),
    SpecimenTopic("how_to_send_readings", "Как и когда передавать показания", LetterKind.QUESTION, 8, 0, 120),
    SpecimenTopic("recalculation_quality", "Перерасчёт за качество", LetterKind.QUESTION, 6, 70, 240),
    SpecimenTopic("bill_copy", "Копия квитанции, квитанция не пришла", LetterKind.QUESTION, 6, 0, 120),
    SpecimenTopic("debt", "Задолженность", LetterKind.QUESTION, 5, 26, 72),
    SpecimenTopic("meter_verification", "Поверка прибора учёта", LetterKind.QUESTION, 3, 33, 120),
    SpecimenTopic("burst", "Прорыв трубы, утечка", LetterKind.COMPLAINT, 2, 1, 2),
    SpecimenTopic("thanks", "Благодарность", LetterKind.OTHER, 2, 9, 120),
    SpecimenTopic("", "Без темы", LetterKind.READING, 16, 0, 24),
)  # fmt: skip
DAYS = (24, 19, 17, 15, 13, 7, 5)
"""Of a hundred letters, so many on Monday, Tuesday…"""

HOURS = (0, 0, 0, 0, 0, 1, 3, 6, 11, 13, 10, 8, 5, 6, 7, 6, 5, 4, 3, 4, 4, 2, 1, 1)


@dataclass(frozen=True, slots=True)
class SpecimenCase:
    """`answer` and `response` are seconds waited so far; `open` without answer, `clause` where it is silenced."""

    id: int
    received: datetime
    topic: SpecimenTopic
    response: int
    answer: int
    open: bool
    late: bool
    by_machine: bool
    clause: str


def moment(period: Period) -> datetime:
    """The Monday after the period, eight in the morning."""
    end = period.ends(ZONE)
    return end + timedelta(days=-end.weekday() % 7, hours=8)


def cases(period: Period, count: int, slower: int = 1) -> tuple[SpecimenCase, ...]:
    """So many cases of that period; `slower`: answers take so many times as long."""
    first = int(str(period.first.toordinal())[-4:]) * 1000
    return tuple(_case(first + at, at, period, slower) for at in range(count))


def _case(id: int, at: int, period: Period, slower: int) -> SpecimenCase:
    topic = TOPICS[_drawn(tuple(topic.weight for topic in TOPICS), at * 37 + 11)]
    days = 7 if period.kind is PeriodKind.WEEK else (period.last - period.first).days + 1
    day = _drawn(DAYS, at * 29 + at // 100) + at % (days // 7) * 7
    hour = _drawn(HOURS, at * 61 + at // 7)
    received = period.begins(ZONE) + timedelta(
        days=day, hours=hour, minutes=at * 7 % 60, seconds=at * 11 % 60
    )
    until_now = max(0, int((moment(period) - received).total_seconds()))
    by_machine = topic.hours == 0 and at % 9 != 4
    usual = topic.hours * HOUR * slower * (30 + at * 53 % 190) // 100 + 40 + at * 17 % 90
    usual += 0 if by_machine else HOUR * (at % 5)
    clause = ("2.2.email.1", "2.2.email.4", "2.2.email.3")[at // 24 % 3] if at % 24 == 7 else ""
    open_ = not clause and not by_machine and (usual > until_now or at % 19 == 6)
    answer = until_now if open_ else usual
    response = min(answer, 25 + at * 13 % 50 if at % 11 else HOUR * (1 + at % 4))
    late = answer > topic.limit * HOUR
    return SpecimenCase(id, received, topic, response, answer, open_, late, by_machine, clause)


def _drawn(weights: tuple[int, ...], at: int) -> int:
    """The place of the weight on which that number falls."""
    left = at % sum(weights)
    for place, weight in enumerate(weights):
        if left < weight:
            return place
        left -= weight
    raise AssertionError("no weight is left")
