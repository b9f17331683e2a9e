"""The tables of the work done: deadlines, waits, the unanswered, silence, automation, readings, people, satisfaction."""

from __future__ import annotations

from mailbot.model.report.report import CaseCount, Report, SilencedFigures, WaitSummary
from mailbot.model.report.survey import SatisfactionFigures, SurveyResult
from mailbot.wording.amounts import format_quantity
from mailbot.wording.report import figures as words
from mailbot.wording.report.table_layout import (
    CellUnit,
    ReportColumn,
    ReportTable,
    ReportTableCell,
    count_cell,
    name_cell,
    number_cell,
    share_cell,
    wait_cell,
)
from mailbot.wording.survey_titles import SURVEY_FORMS, SURVEY_METRICS

Row = tuple[ReportTableCell, ...]

_SPREAD = (
    ReportColumn("Обращений"),
    ReportColumn("Медиана"),
    ReportColumn("9 из 10 не дольше"),
    ReportColumn("Дольше всех"),
)


def promise_table(report: Report) -> ReportTable:
    """The shares are of all that are owed an answer, so that they add up to a hundred."""
    of = report.figures.promise
    cells = (of.kept, of.broken, of.running, of.unknown)
    whole = sum(cell.count for cell in cells)
    return _parts("promise", "Отвечаем ли в срок", "Обращения, пришедшие за период.", "Срок", cells, whole)


def unanswered_table(report: Report) -> ReportTable:
    of = report.figures
    table = _parts(
        "unanswered",
        "Без ответа, по возрасту",
        f"Все, кто ждёт на {words.format_moment(of.as_of)}, когда бы ни написали.",
        "Ждут",
        of.unanswered,
        of.open,
    )
    more = tuple(
        (name_cell(title), count_cell(cell), share_cell(cell.count, of.open))
        for title, cell in (("из них просрочено", of.overdue), ("из них ждём ответа клиента", of.asked))
    )
    return ReportTable(table.key, table.title, table.note, table.columns, (*table.rows, *more))


def _parts(key: str, title: str, note: str, of: str, cells: tuple[CaseCount, ...], whole: int) -> ReportTable:
    rows = tuple((name_cell(cell.title), count_cell(cell), share_cell(cell.count, whole)) for cell in cells)
    columns = (ReportColumn(of, figures=False), ReportColumn("Обращений"), ReportColumn("Доля"))
    return ReportTable(key, title, note, columns, rows)


def waits_table(report: Report) -> ReportTable:
    of = report.figures
    rows = (
        _spread("Первый ответ", of.first_response.elapsed),
        _spread("Первый ответ, рабочее время", of.first_response.working, working=True),
        _spread("Ответ по существу", of.answer.elapsed),
        _spread("Ответ по существу, рабочее время", of.answer.working, working=True),
    )
    note = "Без ожидания, пока отвечает клиент. «≥» — обращение ещё без ответа и ждёт дальше."
    return ReportTable(
        "waits", "Сколько ждут ответа", note, (ReportColumn("Что", figures=False), *_SPREAD), rows
    )


def _spread(title: str, of: WaitSummary, *, working: bool = False) -> Row:
    key = of.cell.key if of.cell.cases else ""
    times = tuple(wait_cell(wait, key, working=working) for wait in (of.median, of.p90))
    return (
        name_cell(title),
        count_cell(of.cell),
        *times,
        wait_cell(of.longest, key, of.worst, working=working),
    )


def topic_waits_table(report: Report) -> ReportTable:
    rows = tuple(
        (
            *_spread(topic.waits.elapsed.cell.title, topic.waits.elapsed),
            wait_cell(topic.waits.working.median, topic.waits.elapsed.cell.key, working=True),
            count_cell(topic.late),
        )
        for topic in report.figures.topics
    )
    more = (ReportColumn("Медиана, рабочее время"), ReportColumn("Не в срок"))
    columns = (ReportColumn("Тема", figures=False), *_SPREAD, *more)
    note = "Ответ по существу. «≥» — обращение ещё без ответа и ждёт дальше."
    return ReportTable("topic_waits", "Где отвечаем медленно", note, columns, rows)


def operators_table(report: Report) -> ReportTable:
    rows = tuple(
        (
            *_spread(operator.answered.elapsed.cell.title, operator.answered.elapsed),
            count_cell(operator.reopened),
        )
        for operator in report.figures.operators
    )
    columns = (ReportColumn("Сотрудник", figures=False), *_SPREAD, ReportColumn("Ответ отозван"))
    note = "Ответы по существу, данные за период. Сроки — с письма клиента, а не с начала работы сотрудника."
    return ReportTable("operators", "По сотрудникам", note, columns, rows)


def silenced_table(report: Report) -> ReportTable:
    columns = (
        ReportColumn("Пункт стандарта", figures=False),
        ReportColumn("Без ответа"),
        ReportColumn("Вернули в работу"),
    )
    rows = tuple(
        (name_cell(_clause(figures)), count_cell(figures.cell), count_cell(figures.taken_back))
        for figures in report.figures.silenced
    )
    note = "Письма клиентов, пришедшие за период; оставил автомат или сотрудник. «Вернули» — решили, что ответить нужно."
    return ReportTable("silenced", "Кому не ответили по стандарту", note, columns, rows)


def _clause(one: SilencedFigures) -> str:
    title = one.cell.title
    return title if one.clause in title else f"{title} (пункт {one.clause})"


def automation_table(report: Report) -> ReportTable:
    of = report.figures.automation
    answered = of.by_machine.count + of.by_people.count
    rows: tuple[Row, ...] = (
        (
            name_cell("Ответил по существу автомат"),
            count_cell(of.by_machine),
            share_cell(of.by_machine.count, answered),
        ),
        (
            name_cell("Ответили по существу люди"),
            count_cell(of.by_people),
            share_cell(of.by_people.count, answered),
        ),
        (
            name_cell("Автомат оставил без ответа по стандарту"),
            count_cell(of.silenced),
            name_cell(words.NO_VALUE),
        ),
        (name_cell("Автомат отложил как не обращение"), count_cell(of.ignored), name_cell(words.NO_VALUE)),
        (name_cell("Автомат закончил сам, без людей"), count_cell(of.alone), name_cell(words.NO_VALUE)),
        (
            name_cell("из них люди поправили"),
            count_cell(of.corrected),
            share_cell(of.corrected.count, of.alone.count),
        ),
        (name_cell("Ошибок автомата найдено за период"), count_cell(of.wrong), name_cell(words.NO_VALUE)),
    )
    columns = (ReportColumn("Что", figures=False), ReportColumn("Обращений"), ReportColumn("Доля"))
    note = "Клиенты. Ответы и найденные ошибки — за период, когда бы письмо ни пришло; остальное — письма, пришедшие за период."
    return ReportTable("automation", "Что сделал автомат", note, columns, rows)


def readings_table(report: Report) -> ReportTable:
    of = report.figures.readings
    whole = of.accepted + of.refused
    rows: tuple[Row, ...] = (
        (name_cell("Принято"), number_cell(of.accepted), share_cell(of.accepted, whole)),
        (name_cell("Не принято"), number_cell(of.refused), share_cell(of.refused, whole)),
        *(
            (name_cell(f"из них: {cell.title}"), number_cell(times, cell.key), share_cell(times, whole))
            for times, cell in of.reasons
        ),
    )
    columns = (ReportColumn("Показания", figures=False), ReportColumn("Показаний"), ReportColumn("Доля"))
    letters = words.format_count(of.letters.count, "письме", "письмах", "письмах")
    return ReportTable(
        "readings",
        "Показания",
        f"Пришли за период в {letters} клиентов; по первому решению автомата.",
        columns,
        rows if whole else (),
    )


def satisfaction_table(report: Report) -> ReportTable:
    columns = (
        ReportColumn("Кого спросили", figures=False),
        ReportColumn("Показатель", figures=False),
        ReportColumn("Значение"),
        ReportColumn("Ответов"),
        ReportColumn("95 % интервал"),
        ReportColumn("Как посчитано", figures=False),
    )
    rows = tuple(_rate(group, rate) for group in report.figures.satisfaction for rate in group.rates)
    asked = "; ".join(_asked(figures) for figures in report.figures.satisfaction)
    return ReportTable("satisfaction", "Довольны ли клиенты", asked, columns, rows)


def _rate(group: SatisfactionFigures, one: SurveyResult) -> Row:
    mark = "\u00a0%" if one.measure.is_share else ""
    interval = words.NO_VALUE
    if one.low is not None and one.high is not None:
        interval = f"{format_quantity(one.low)}…{format_quantity(one.high)}{mark}"
    unit = CellUnit.PERCENT if one.measure.is_share else CellUnit.POINTS
    value = ReportTableCell(f"{format_quantity(one.value)}{mark}", unit, one.value)
    cells = (
        name_cell(group.title),
        name_cell(SURVEY_METRICS[one.measure]),
        value,
        number_cell(one.n),
        name_cell(interval),
    )
    return *cells, name_cell(one.formula)


def _asked(one: SatisfactionFigures) -> str:
    """«Граждане: спросили 118, ответили 41 (письменно 3, заочно 38)»."""
    answered = sum(times for _, times in one.forms)
    forms = ", ".join(f"{SURVEY_FORMS[form]} {times}" for form, times in one.forms if times)
    return f"{one.title}: спросили {one.asked}, ответили {answered}" + (f" ({forms})" if forms else "")


def side_notes(report: Report) -> ReportTable:
    """What stands beside the report, so that nothing is dropped in silence."""
    of = report.figures
    rows: tuple[Row, ...] = (
        (name_cell("Письма, которые не обращения (рассылки, автоответы, чужие)"), count_cell(of.not_appeals)),
        (name_cell("Письма, в журнале которых сбились часы"), count_cell(of.clock_faults)),
    )
    return ReportTable(
        "aside",
        "Что осталось в стороне",
        "Все письма, пришедшие за период, не только от клиентов.",
        (ReportColumn("Что", figures=False), ReportColumn("Сколько")),
        rows,
    )
