"""The tables of what came in: the main figures, kinds, topics, channels, days, hours, houses, and the trend."""

from __future__ import annotations

from collections.abc import Callable

from mailbot.model.report.report import CaseCount, PeriodFigures, Report
from mailbot.wording.report import figures as words
from mailbot.wording.report.table_layout import (
    ComparedPeriods,
    ReportColumn,
    ReportTable,
    ReportTableCell,
    count_cell,
    name_cell,
    number_cell,
    share_cell,
    share_of_cell,
    wait_cell,
)

_NOTE = "Ведомства, поставщики, банки и другие, кто пишет не как клиент. В остальных таблицах этих писем нет."


def correspondents(report: Report) -> ReportTable:
    """What came in the period and became of it; and all that is open, whenever it came."""
    titles = ("Пришло", "Отвечено", "из них в срок", "Ждут ответа", "Просрочено")
    rows = tuple(
        (
            name_cell(correspondent.came.title),
            *(
                count_cell(of)
                for of in (
                    correspondent.came,
                    correspondent.answered,
                    correspondent.kept,
                    correspondent.open,
                    correspondent.overdue,
                )
            ),
        )
        for correspondent in report.figures.correspondents
    )
    columns = (ReportColumn("Кто пишет", figures=False), *(ReportColumn(title) for title in titles))
    return ReportTable("correspondents", "Письма не от клиентов", _NOTE, columns, rows)


Cells = Callable[[PeriodFigures], tuple[CaseCount, ...]]
Made = Callable[[PeriodFigures], ReportTableCell]

_MAIN: tuple[tuple[str, Made], ...] = (
    ("Пришло обращений", lambda of: count_cell(of.received)),
    ("Отвечено в срок", lambda of: share_of_cell(of.promise.kept.count, of.promise.judged, of.promise.kept.key)),
    ("Без ответа", lambda of: number_cell(of.open)),
    ("из них просрочено", lambda of: count_cell(of.overdue)),
    ("из них ждём ответа клиента", lambda of: count_cell(of.asked)),
    ("Первый ответ, медиана", lambda of: wait_cell(of.first_response.elapsed.median, of.first_response.elapsed.cell.key)),
    ("Ответ по существу, медиана", lambda of: wait_cell(of.answer.elapsed.median, of.answer.elapsed.cell.key)),
    ("Ответ по существу, 9 из 10 не дольше", lambda of: wait_cell(of.answer.elapsed.p90, of.answer.elapsed.cell.key)),
    ("Ответил автомат", lambda of: automated(of)),
    ("Автомат ошибся", lambda of: count_cell(of.automation.wrong)),
    ("Повторные обращения", lambda of: count_cell(of.repeats)),
    ("Ответ отозван", lambda of: count_cell(of.reopened)),
)  # fmt: skip


CLIENTS_ONLY_NOTE = (
    "Обращения клиентов: «без ответа» — открытые на день отчёта; «ответил автомат», «ошибся», «отозван» — сделанное за "
    "период; остальное — пришедшие за период."
)
"""Which cases each figure of the first table counts."""


def automated(of: PeriodFigures) -> ReportTableCell:
    """Of the cases answered on substance in the period, the share that no person touched."""
    machine, people = of.automation.by_machine, of.automation.by_people
    return share_of_cell(machine.count, machine.count + people.count, machine.key)


def main(report: Report) -> ReportTable:
    """The figures that a manager reads first, beside those of the period before and of the last year."""
    beside = ComparedPeriods(report)
    rows = tuple((name_cell(title), made(report.figures), *beside.cells(made)) for title, made in _MAIN)
    columns = (
        ReportColumn("Показатель", figures=False),
        ReportColumn(words.format_this_period(report.period.kind)),
        *beside.columns,
    )
    return ReportTable("main", "Главное", _compared_with(report), columns, rows)


def _compared_with(report: Report) -> str:
    """«Неделей раньше — 9–15 ноября 2026; год назад — 17–23 ноября 2025.»"""
    titled = (
        (report.before, words.format_previous_period(report.period.kind)),
        (report.year_ago, "год назад"),
    )
    phrases = [
        f"{title} — {words.format_days(of.period.first, of.period.last)}"
        for of, title in titled
        if of is not None
    ]
    compared = (
        "; ".join(phrases).capitalize() + "." if phrases else "Сравнить не с чем: раньше писем не было."
    )
    return f"{compared} {CLIENTS_ONLY_NOTE}"


def kinds(report: Report) -> ReportTable:
    return _counted(report, "kinds", "Что пришло", "Вид обращения", lambda of: of.by_kind)


def topics(report: Report) -> ReportTable:
    return _counted(report, "topics", "О чём пишут", "Тема", lambda of: of.by_topic)


def channels(report: Report) -> ReportTable:
    return _counted(report, "channels", "Как обращаются", "Канал", lambda of: of.by_channel)


def weekdays(report: Report) -> ReportTable:
    return _counted(report, "weekdays", "По дням недели", "День", lambda of: of.by_weekday)


def hours(report: Report) -> ReportTable:
    """The hours in which anything came; the others are told in the note."""
    came = [case_count for case_count in report.figures.by_hour if case_count.cases]
    whole = report.figures.received.count
    rows = tuple(
        (name_cell(case_count.title), count_cell(case_count), share_cell(case_count.count, whole))
        for case_count in came
    )
    note = "В остальные часы не приходило ничего." if 0 < len(came) < 24 else ""
    columns = (ReportColumn("Час", figures=False), ReportColumn("Пришло"), ReportColumn("Доля"))
    return ReportTable("hours", "По часам", note, columns, rows)


def _counted(report: Report, key: str, title: str, of: str, pick: Cells) -> ReportTable:
    """A row for each cell of this period, and for those that only the others have; nothing is left out but all zeros."""
    beside, now = ComparedPeriods(report), {case_count.key: case_count for case_count in pick(report.figures)}
    then = [{case_count.key: case_count for case_count in pick(figures)} for figures in beside.others]
    titles = {key: cell.title for held in (now, *then) for key, cell in held.items()}
    whole = report.figures.received.count
    rows = []
    for at, text in titles.items():
        counts = [len(held[at].cases) if at in held else 0 for held in (now, *then)]
        if any(counts):
            mine = count_cell(now.get(at))
            rows.append(
                (
                    name_cell(text),
                    mine,
                    share_cell(counts[0], whole),
                    *(number_cell(count) for count in counts[1:]),
                )
            )
    columns = (ReportColumn(of, figures=False), ReportColumn("Пришло"), ReportColumn("Доля"), *beside.columns)
    return ReportTable(key, title, "", columns, tuple(rows))


def places(report: Report) -> ReportTable:
    """The echo of outages: where complaints gather."""
    columns = (ReportColumn("Дом", figures=False), ReportColumn("Жалоб"))
    rows = tuple((name_cell(place.title), count_cell(place)) for place in report.figures.places)
    return ReportTable(
        "places", "Откуда жалуются", "Жалобы по домам: где их много, там, вероятно, авария.", columns, rows
    )


def trend(report: Report) -> ReportTable:
    columns = (
        ReportColumn("Период", figures=False),
        ReportColumn("Пришло"),
        ReportColumn("Закрыто"),
        ReportColumn("Ждут на конец"),
    )
    rows = tuple(
        (
            ReportTableCell(words.brief_period(point.period)),
            number_cell(point.flow.came),
            number_cell(point.flow.closed),
            number_cell(point.flow.open),
        )
        for point in report.trend
    )
    note = "Обращения, по которым нужен ответ. «Ждут на конец» — сколько оставалось без ответа, когда период кончился."
    return ReportTable("trend", "Как меняется очередь", note, columns, rows, long_cells=True)
