"""The first sentence of a report: what came and how quickly it was answered, against the period before and the last year.

No change is told where both counts are too small for one.
"""

from __future__ import annotations

from mailbot.model.report.period import PeriodKind
from mailbot.model.report.report import PeriodFigures, WaitSummary
from mailbot.wording.report import figures as words

MIN_COUNT = 5
"""Fewer cases than this say nothing of a change, and nothing of a topic."""

CASES = ("обращение", "обращения", "обращений")
_IN = {PeriodKind.WEEK: "За неделю", PeriodKind.MONTH: "За месяц", PeriodKind.QUARTER: "За квартал"}
_UNFINISHED = {
    PeriodKind.WEEK: "пока неполную",
    PeriodKind.MONTH: "пока неполный",
    PeriodKind.QUARTER: "пока неполный",
}


def summarize_changes(
    of: PeriodFigures, before: PeriodFigures | None, year_ago: PeriodFigures | None, *, complete: bool
) -> str:
    """«За неделю пришло 240 обращений, на 23 больше, чем неделей раньше, …; в срок отвечено 94,2 %, …»."""
    came = of.received.count
    when = _IN[of.period.kind] + ("" if complete else f", {_UNFINISHED[of.period.kind]},")
    if came == 0:
        return f"{when} обращений не было{_than(0, before, of)}."
    parts = (
        f"{when} пришло {words.format_count(came, *CASES)}{_than(came, before, of)}{_last_year(came, year_ago)}",
        _promise(of, before),
        _speed(of, before),
    )
    return f"{'; '.join(part for part in parts if part)}."


def _than(came: int, before: PeriodFigures | None, of: PeriodFigures) -> str:
    if before is None:
        return ""
    was = before.received.count
    if max(came, was) < MIN_COUNT:
        return f" ({words.format_previous_period(of.period.kind)} — {was}; мало для выводов)"
    most = _most(of, before) if came else ""
    return f", {words.format_change(came, was, of.period.kind)}{most}"


def _most(of: PeriodFigures, before: PeriodFigures) -> str:
    """The topic that grew most, where that is more than a few letters."""
    was = {case_count.key: case_count.count for case_count in before.by_topic}
    grown = [
        (case_count.count - was.get(case_count.key, 0), case_count.title)
        for case_count in of.by_topic
        if case_count.key != "topic:"
    ]
    most, title = max(grown, default=(0, ""))
    return f" (больше всего прибавилось по теме «{title}»: +{most})" if most >= MIN_COUNT else ""


def _last_year(came: int, year_ago: PeriodFigures | None) -> str:
    if year_ago is None or max(came, year_ago.received.count) < MIN_COUNT:
        return ""
    return f", год назад было {year_ago.received.count}"


def _promise(of: PeriodFigures, before: PeriodFigures | None) -> str:
    kept = of.promise
    if not kept.judged:
        return "сроки ответа ещё идут" if kept.running.count else ""
    sentence = f"в срок отвечено {words.format_share_of(kept.kept.count, kept.judged)}"
    if kept.judged < MIN_COUNT:
        return f"{sentence}, мало для выводов"
    if before is None or before.promise.judged < MIN_COUNT:
        return sentence
    was = words.format_share(before.promise.kept.count, before.promise.judged)
    return f"{sentence}, {words.format_previous_period(of.period.kind)} — {was}"


def _speed(of: PeriodFigures, before: PeriodFigures | None) -> str:
    """The median wait for the answer on substance; told of many cases only."""
    now = _median(of.answer.elapsed)
    if not now:
        return ""
    was = _median(before.answer.elapsed) if before is not None else ""
    compared = f", {words.format_previous_period(of.period.kind)} — {was}" if was else ""
    return f"половина ждёт ответа по существу до {now}{compared}"


def _median(of: WaitSummary) -> str:
    """Empty where there are few cases, or half of them are not answered yet: then nobody knows the median."""
    if of.median is None or of.median.at_least or of.cell.count < MIN_COUNT:
        return ""
    return words.format_duration(of.median.seconds)
