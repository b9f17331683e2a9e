"""What a report says in three sentences: what changed, where it is slow, what needs a decision.

Only what the figures show: no cause that they do not hold, and no change where there are too few cases for one.
"""

from __future__ import annotations

from itertools import pairwise

from mailbot.model.period import PeriodKind
from mailbot.model.report import Cell, Figures, TrendPoint
from mailbot.model.report_words import counted, duration, percent, share_of

FEW = 5
"""Fewer cases than this say nothing of a change."""

CASES = ("обращение", "обращения", "обращений")
_BEFORE = {
    PeriodKind.WEEK: "неделей раньше",
    PeriodKind.MONTH: "месяцем раньше",
    PeriodKind.QUARTER: "кварталом раньше",
}
_IN = {PeriodKind.WEEK: "За неделю", PeriodKind.MONTH: "За месяц", PeriodKind.QUARTER: "За квартал"}
_LOUD = 3
"""Complaints of one house in a week that somebody must look into."""


def sentences(
    of: Figures,
    before: Figures | None,
    year_ago: Figures | None,
    trend: tuple[TrendPoint, ...],
    *,
    complete: bool,
    future: bool,
) -> tuple[str, str, str]:
    """The three sentences, in Russian."""
    if future:
        return (
            "Период ещё не начался, обращений в нём нет.",
            "Сравнивать пока нечего.",
            "Решений не требуется.",
        )
    return (_changed(of, before, year_ago, complete=complete), _slow(of), _decide(of, trend))


def _changed(of: Figures, before: Figures | None, year_ago: Figures | None, *, complete: bool) -> str:
    came = of.received.count
    when = _IN[of.period.kind] if complete else f"{_IN[of.period.kind]}, пока неполную,"
    if of.period.kind is not PeriodKind.WEEK and not complete:
        when = f"{_IN[of.period.kind]}, пока неполный,"
    if came == 0:
        return f"{when} обращений не было{_than(0, before, of)}."
    words = f"{when} пришло {counted(came, *CASES)}{_than(came, before, of)}{_last_year(came, year_ago)}"
    return f"{words}; {_promise(of, before)}."


def _than(came: int, before: Figures | None, of: Figures) -> str:
    if before is None:
        return ""
    was = before.received.count
    if max(came, was) < FEW:
        return f" ({_BEFORE[of.period.kind]} {was}; мало для выводов)"
    if came == was:
        return f", столько же, сколько {_BEFORE[of.period.kind]}"
    more = "больше" if came > was else "меньше"
    return f", на {abs(came - was)} {more}, чем {_BEFORE[of.period.kind]}{_most(of, before)}"


def _most(of: Figures, before: Figures) -> str:
    """The topic that changed most, where that is more than chance may be."""
    was = {one.key: one.count for one in before.by_topic}
    now = {one.key: one for one in of.by_topic if one.key != "topic:"}
    if not now:
        return ""
    top = max(now.values(), key=lambda one: (one.count - was.get(one.key, 0), one.key))
    grown = top.count - was.get(top.key, 0)
    return f" (больше всего прибавилось по теме «{top.title}»: +{grown})" if grown >= FEW else ""


def _last_year(came: int, year_ago: Figures | None) -> str:
    return f", год назад было {year_ago.received.count}" if year_ago is not None and came >= FEW else ""


def _promise(of: Figures, before: Figures | None) -> str:
    kept = of.promise
    if not kept.judged:
        return "сроки ответа ещё идут" if kept.running.count else "ответов ещё нет"
    words = f"в срок отвечено {share_of(kept.kept.count, kept.judged)}"
    if before is None or min(kept.judged, before.promise.judged) < FEW:
        return words
    was = percent(before.promise.kept.count, before.promise.judged)
    return (
        f"{words}, {_BEFORE[of.period.kind]} — {share_of(before.promise.kept.count, before.promise.judged)}"
        if was is not None
        else words
    )


def _slow(of: Figures) -> str:
    """The topic that waits longest, or misses its deadline most; nothing is made up of few cases."""
    known = [one for one in of.topics if one.waits.elapsed.cell.key != "answer:"]
    late = max(known, key=lambda one: (one.late.count, one.late.key), default=None)
    if late is not None and late.late.count:
        whole = late.waits.elapsed.cell.count
        p90 = late.waits.elapsed.p90
        waits = f", девять из десяти ждут до {duration(p90.seconds)}" if p90 and whole >= FEW else ""
        return f"Чаще всего срок нарушен по теме «{late.late.title}»: {late.late.count} из {whole}{waits}."
    slow = [one for one in known if one.waits.elapsed.cell.count >= FEW and one.waits.elapsed.p90]
    if not slow:
        return "Где отвечаем медленно, сказать нельзя: обращений мало для выводов."
    worst = max(slow, key=lambda one: one.waits.elapsed.p90.seconds if one.waits.elapsed.p90 else 0)
    p90 = worst.waits.elapsed.p90
    assert p90 is not None
    title = worst.waits.elapsed.cell.title
    return f"Срок не нарушен ни по одной теме; дольше всего ждут ответа по теме «{title}»: девять из десяти — до {duration(p90.seconds)}."


def _decide(of: Figures, trend: tuple[TrendPoint, ...]) -> str:
    needs = [*_overdue(of), *_growing(trend), *_wrong(of), *_loud(of.places)]
    return f"Нужно решение: {'; '.join(needs)}." if needs else "Решений не требуется."


def _overdue(of: Figures) -> list[str]:
    late, old = of.overdue.count, of.unanswered[-1].count if of.unanswered else 0
    found = [f"просрочено и ждёт ответа {counted(late, *CASES)}"] if late else []
    return [*found, f"из всех без ответа больше 30 дней ждут {old}"] if old else found


def _growing(trend: tuple[TrendPoint, ...]) -> list[str]:
    """Three periods in a row in which more was left open than before."""
    last = [one.flow.open for one in trend[-4:]]
    grows = len(last) == 4 and all(was < now for was, now in pairwise(last))
    return (
        [f"очередь растёт третий период подряд: было {last[0]}, стало {last[-1]}"]
        if grows and last[-1] >= FEW
        else []
    )


def _wrong(of: Figures) -> list[str]:
    wrong = of.automation.wrong.count
    return [f"автомат ошибся, решено за него заново: {counted(wrong, *CASES)}"] if wrong else []


def _loud(places: tuple[Cell, ...]) -> list[str]:
    loud = [one for one in places if one.count >= _LOUD]
    return [f"из дома {loud[0].title} жалоб: {loud[0].count}"] if loud else []
