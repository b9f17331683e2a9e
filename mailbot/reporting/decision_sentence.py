"""The third sentence of a report: what somebody must decide; one reason beside the other, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mailbot.model.report.period import PeriodKind
from mailbot.model.report.report import CaseCount, PeriodFigures, TrendPoint
from mailbot.reporting.change_sentence import CASES, MIN_COUNT
from mailbot.wording.report import figures as words

NONE = "Решений не требуется."
LOUD = 3
"""Complaints of one house in a period that somebody must look into."""

LETTERS = ("письмо", "письма", "писем")
COMPLAINTS = ("жалоба", "жалобы", "жалоб")
_THIRD = {
    PeriodKind.WEEK: "третью неделю подряд",
    PeriodKind.MONTH: "третий месяц подряд",
    PeriodKind.QUARTER: "третий квартал подряд",
}


def summarize_decisions(of: PeriodFigures, trend: Sequence[TrendPoint]) -> str:
    """«Нужно решение: просрочены и ждут ответа 7 обращений; …», or that none is needed."""
    needs = [
        *_overdue(of),
        *_to_correspondents(of),
        *_growing(of, trend),
        *_wrong(of),
        *_silent(of),
        *_loud(of.places),
    ]
    return f"Нужно решение: {'; '.join(needs)}." if needs else NONE


def _overdue(of: PeriodFigures) -> list[str]:
    late, old = of.overdue.count, of.unanswered[-1].count
    phrases = [f"ответ просрочен и не дан: {words.format_count(late, *CASES)}"] if late else []
    return [*phrases, f"без ответа больше 30 дней: {words.format_count(old, *CASES)}"] if old else phrases


def _to_correspondents(of: PeriodFigures) -> list[str]:
    """Authorities fine for what clients forgive; the last line is that of them all."""
    late = of.correspondents[-1].overdue.count if of.correspondents else 0
    return (
        [f"просрочен ответ ведомствам и контрагентам: {words.format_count(late, *LETTERS)}"] if late else []
    )


def _growing(of: PeriodFigures, trend: Sequence[TrendPoint]) -> list[str]:
    """Three periods in a row at whose end more was open than at the end of the one before."""
    last = [point.flow.open for point in trend[-4:]]
    grows = len(last) == 4 and all(was < now for was, now in pairwise(last)) and last[-1] >= MIN_COUNT
    if not grows:
        return []
    return [f"очередь растёт {_THIRD[of.period.kind]}, было {last[0]}, стало {last[-1]}"]


def _wrong(of: PeriodFigures) -> list[str]:
    wrong = of.automation.wrong.count
    return [f"автомат ошибся, люди поправили: {words.format_count(wrong, *CASES)}"] if wrong else []


def _silent(of: PeriodFigures) -> list[str]:
    """What second looks found: the worst fault there is, however few."""
    wrong = sum(look.wrong.count for look in of.second_looks)
    checked = sum(look.checked.count for look in of.second_looks)
    return (
        [f"второй взгляд: зря оставлено без ответа {wrong} из {checked} проверенных писем"] if wrong else []
    )


def _loud(places: Sequence[CaseCount]) -> list[str]:
    """The loudest house; a street (its key ends without a house) is told by its houses."""
    houses = [place for place in places if not place.key.endswith("|") and place.count >= LOUD]
    more = f" (и ещё домов с жалобами: {len(houses) - 1})" if len(houses) > 1 else ""
    return (
        [f"дом «{houses[0].title}» — {words.format_count(houses[0].count, *COMPLAINTS)}{more}"]
        if houses
        else []
    )
