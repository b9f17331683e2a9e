"""The second sentence of a report: where answers are slow, and what the figures show beside it; causes are not guessed."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.model.report.report import PeriodFigures, TopicLine, WaitSummary
from mailbot.model.rules.working_calendar import WorkingHours
from mailbot.reporting.change_sentence import MIN_COUNT
from mailbot.wording.report import figures as words

NOTHING = "Отвечать было не на что."
TOO_FEW = "Где отвечаем медленно, сказать нельзя: обращений мало для выводов."


def summarize_slowness(of: PeriodFigures, hours: WorkingHours) -> str:
    """The topic that misses its deadline most, else the one whose ninth of ten waits longest."""
    if not of.answer.elapsed.cell.cases:
        return NOTHING
    if of.promise.broken.count:
        return _broken(of, hours)
    sentence = "Срок не нарушен ни разу" if of.promise.judged else "Сроки ещё идут, не нарушен ни один"
    known = [topic.waits.elapsed for topic in of.topics if topic.waits.elapsed.cell.count >= MIN_COUNT]
    worst = max(known, key=_ninth, default=None)
    if worst is not None:
        return f"{sentence}; дольше всего ждут ответа {_about(worst.cell.key, worst.cell.title)}: {_ninth_waits(worst)}."
    if of.answer.elapsed.cell.count >= MIN_COUNT:
        return f"{sentence}; по отдельным темам обращений мало для выводов, а из всех {_ninth_waits(of.answer.elapsed)}."
    return f"{sentence}; {TOO_FEW[0].lower()}{TOO_FEW[1:]}"


def _broken(of: PeriodFigures, hours: WorkingHours) -> str:
    """«Чаще всего срок нарушен по теме «Нет отопления»: 5 из 17, …; из этих 5 вне рабочих часов пришли 4, …»."""
    most = max(of.topics, key=lambda line: (line.late.count, _ninth(line.waits.elapsed), line.late.key))
    waited, late = most.waits.elapsed, most.late.count
    sentence = (
        f"Чаще всего срок нарушен {_about(waited.cell.key, most.late.title)}: {late} из {waited.cell.count}"
    )
    if waited.cell.count >= MIN_COUNT:
        sentence = f"{sentence}, {_ninth_waits(waited)}"
    beside = _beside(of, most, hours)
    few = "; обращений мало для выводов" if of.answer.elapsed.cell.count < MIN_COUNT else ""
    return f"{sentence}{f'; из этих {late} {beside}' if beside else ''}{few}."


def _about(key: str, title: str) -> str:
    return "среди обращений без темы" if key.endswith(":") else f"по теме «{title}»"


def _ninth(of: WaitSummary) -> int:
    return of.p90.seconds if of.p90 else 0


def _ninth_waits(of: WaitSummary) -> str:
    """«девять из десяти ждут до 3 дн 4 ч»; where the ninth is not answered yet, that it waits on."""
    if of.p90 is None:
        return ""
    time = words.format_duration(of.p90.seconds)
    return (
        f"каждый десятый ждёт уже {time} или дольше"
        if of.p90.at_least
        else f"девять из десяти ждут до {time}"
    )


def _beside(of: PeriodFigures, most: TopicLine, hours: WorkingHours) -> str:
    """What most of the late cases have in common: the hour in which they came, or that they are open still."""
    late = set(most.late.cases)
    shut = len(late & _outside(of, hours))
    still = len(late & {id for age in of.unanswered for id in age.cases})
    parts = [f"вне рабочих часов пришло {shut}"] if len(late) >= MIN_COUNT and shut * 2 > len(late) else []
    return " и ".join([*parts, *([f"до сих пор без ответа {still}"] if still else [])])


def _outside(of: PeriodFigures, hours: WorkingHours) -> set[int]:
    """The cases that came in an hour of the day, or on a day of the week, when the company does not work."""
    first, after = hours.opens.hour, hours.closes.hour + (hours.closes.minute > 0)
    by_hour = _ids([case_count.cases for at, case_count in enumerate(of.by_hour) if not first <= at < after])
    by_day = _ids(
        [case_count.cases for at, case_count in enumerate(of.by_weekday, start=1) if at not in hours.days]
    )
    return by_hour | by_day


def _ids(found: Sequence[tuple[int, ...]]) -> set[int]:
    return {id for ids in found for id in ids}
