"""The first sentence of a report: what came and how quickly it was answered, against the period before and the last year.

No change is told where both counts are too small for one.
"""

from __future__ import annotations

from mailbot.model import report_words as words
from mailbot.model.period import PeriodKind
from mailbot.model.report import Figures, Spread

FEW = 5
"""Fewer cases than this say nothing of a change, and nothing of a topic."""

CASES = ("обращение", "обращения", "обращений")
_IN = {PeriodKind.WEEK: "За неделю", PeriodKind.MONTH: "За месяц", PeriodKind.QUARTER: "За квартал"}
_UNFINISHED = {
    PeriodKind.WEEK: "пока неполную",
    PeriodKind.MONTH: "пока неполный",
    PeriodKind.QUARTER: "пока неполный",
}


def changed(of: Figures, before: Figures | None, year_ago: Figures | None, *, complete: bool) -> str:
    """«За неделю пришло 240 обращений, на 23 больше, чем неделей раньше, …; в срок отвечено 94,2 %, …»."""
    came = of.received.count
    when = _IN[of.period.kind] + ("" if complete else f", {_UNFINISHED[of.period.kind]},")
    if came == 0:
        return f"{when} обращений не было{_than(0, before, of)}."
    parts = (
        f"{when} пришло {words.counted(came, *CASES)}{_than(came, before, of)}{_last_year(came, year_ago)}",
        _promise(of, before),
        _speed(of, before),
    )
    return f"{'; '.join(part for part in parts if part)}."


def _than(came: int, before: Figures | None, of: Figures) -> str:
    if before is None:
        return ""
    was = before.received.count
    if max(came, was) < FEW:
        return f" ({words.before(of.period.kind)} — {was}; мало для выводов)"
    most = _most(of, before) if came else ""
    return f", {words.change(came, was, of.period.kind)}{most}"


def _most(of: Figures, before: Figures) -> str:
    """The topic that grew most, where that is more than a few letters."""
    was = {one.key: one.count for one in before.by_topic}
    grown = [(one.count - was.get(one.key, 0), one.title) for one in of.by_topic if one.key != "topic:"]
    most, title = max(grown, default=(0, ""))
    return f" (больше всего прибавилось по теме «{title}»: +{most})" if most >= FEW else ""


def _last_year(came: int, year_ago: Figures | None) -> str:
    if year_ago is None or max(came, year_ago.received.count) < FEW:
        return ""
    return f", год назад было {year_ago.received.count}"


def _promise(of: Figures, before: Figures | None) -> str:
    kept = of.promise
    if not kept.judged:
        return "сроки ответа ещё идут" if kept.running.count else ""
    told = f"в срок отвечено {words.share_of(kept.kept.count, kept.judged)}"
    if kept.judged < FEW:
        return f"{told}, мало для выводов"
    if before is None or before.promise.judged < FEW:
        return told
    was = words.share(before.promise.kept.count, before.promise.judged)
    return f"{told}, {words.before(of.period.kind)} — {was}"


def _speed(of: Figures, before: Figures | None) -> str:
    """The median wait for the answer on substance; told of many cases only."""
    now = _median(of.answer.elapsed)
    if not now:
        return ""
    was = _median(before.answer.elapsed) if before is not None else ""
    compared = f", {words.before(of.period.kind)} — {was}" if was else ""
    return f"половина ждёт ответа по существу до {now}{compared}"


def _median(of: Spread) -> str:
    """Empty where there are few cases, or half of them are not answered yet: then nobody knows the median."""
    if of.median is None or of.median.at_least or of.cell.count < FEW:
        return ""
    return words.duration(of.median.seconds)
