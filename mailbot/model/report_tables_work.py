"""The tables of the work done: deadlines, waits, the unanswered, silence, automation, readings, people, satisfaction."""

from __future__ import annotations

from mailbot.model import report_words as words
from mailbot.model.figures import quantity
from mailbot.model.report import Cell, Report, Silenced, Spread
from mailbot.model.report_layout import (
    Column,
    ReportTable,
    TableCell,
    Unit,
    count,
    name,
    number,
    share,
    wait,
)
from mailbot.model.survey import Measure, Rate, Satisfaction, SurveyForm

Row = tuple[TableCell, ...]

_FORMS = {SurveyForm.WRITTEN: "письменно", SurveyForm.ORAL: "устно", SurveyForm.REMOTE: "заочно"}
_MEASURES = {Measure.CSAT: "CSAT", Measure.NPS: "NPS", Measure.CSI: "CSI"}
_SPREAD = (Column("Обращений"), Column("Медиана"), Column("9 из 10 не дольше"), Column("Дольше всех"))


def promise(report: Report) -> ReportTable:
    """The shares are of all that are owed an answer, so that they add up to a hundred."""
    of = report.figures.promise
    cells = (of.kept, of.broken, of.running, of.unknown)
    whole = sum(one.count for one in cells)
    return _parts("promise", "Отвечаем ли в срок", "Обращения, пришедшие за период.", "Срок", cells, whole)


def unanswered(report: Report) -> ReportTable:
    of = report.figures
    found = _parts(
        "unanswered",
        "Без ответа, по возрасту",
        f"Все, кто ждёт на {words.moment(of.as_of)}, когда бы ни написали.",
        "Ждут",
        of.unanswered,
        of.open,
    )
    more = tuple(
        (name(title), count(cell), share(cell.count, of.open))
        for title, cell in (("из них просрочено", of.overdue), ("из них ждём ответа клиента", of.asked))
    )
    return ReportTable(found.key, found.title, found.note, found.columns, (*found.rows, *more))


def _parts(key: str, title: str, note: str, of: str, cells: tuple[Cell, ...], whole: int) -> ReportTable:
    rows = tuple((name(one.title), count(one), share(one.count, whole)) for one in cells)
    columns = (Column(of, figures=False), Column("Обращений"), Column("Доля"))
    return ReportTable(key, title, note, columns, rows)


def waits(report: Report) -> ReportTable:
    of = report.figures
    rows = (
        _spread("Первый ответ", of.first_response.elapsed),
        _spread("Первый ответ, рабочее время", of.first_response.working, working=True),
        _spread("Ответ по существу", of.answer.elapsed),
        _spread("Ответ по существу, рабочее время", of.answer.working, working=True),
    )
    note = "Без ожидания, пока отвечает клиент. «≥» — обращение ещё без ответа и ждёт дальше."
    return ReportTable("waits", "Сколько ждут ответа", note, (Column("Что", figures=False), *_SPREAD), rows)


def _spread(title: str, of: Spread, *, working: bool = False) -> Row:
    key = of.cell.key if of.cell.cases else ""
    times = tuple(wait(one, key, working=working) for one in (of.median, of.p90))
    return name(title), count(of.cell), *times, wait(of.longest, key, of.worst, working=working)


def topic_waits(report: Report) -> ReportTable:
    rows = tuple(
        (
            *_spread(one.waits.elapsed.cell.title, one.waits.elapsed),
            wait(one.waits.working.median, one.waits.elapsed.cell.key, working=True),
            count(one.late),
        )
        for one in report.figures.topics
    )
    more = (Column("Медиана, рабочее время"), Column("Не в срок"))
    columns = (Column("Тема", figures=False), *_SPREAD, *more)
    note = "Ответ по существу. «≥» — обращение ещё без ответа и ждёт дальше."
    return ReportTable("topic_waits", "Где отвечаем медленно", note, columns, rows)


def operators(report: Report) -> ReportTable:
    rows = tuple(
        (*_spread(one.answered.elapsed.cell.title, one.answered.elapsed), count(one.reopened))
        for one in report.figures.operators
    )
    columns = (Column("Сотрудник", figures=False), *_SPREAD, Column("Ответ отозван"))
    note = "Ответы по существу, данные за период. Сроки — с письма клиента, а не с начала работы сотрудника."
    return ReportTable("operators", "По сотрудникам", note, columns, rows)


def silenced(report: Report) -> ReportTable:
    columns = (Column("Пункт стандарта", figures=False), Column("Без ответа"), Column("Вернули в работу"))
    rows = tuple(
        (name(_clause(one)), count(one.cell), count(one.taken_back)) for one in report.figures.silenced
    )
    note = "Письма клиентов, пришедшие за период; оставил автомат или сотрудник. «Вернули» — решили, что ответить нужно."
    return ReportTable("silenced", "Кому не ответили по стандарту", note, columns, rows)


def _clause(one: Silenced) -> str:
    title = one.cell.title
    return title if one.clause in title else f"{title} (пункт {one.clause})"


def automation(report: Report) -> ReportTable:
    of = report.figures.automation
    answered = of.by_machine.count + of.by_people.count
    rows: tuple[Row, ...] = (
        (name("Ответил по существу автомат"), count(of.by_machine), share(of.by_machine.count, answered)),
        (name("Ответили по существу люди"), count(of.by_people), share(of.by_people.count, answered)),
        (name("Автомат оставил без ответа по стандарту"), count(of.silenced), name(words.NONE)),
        (name("Автомат отложил как не обращение"), count(of.ignored), name(words.NONE)),
        (name("Автомат закончил сам, без людей"), count(of.alone), name(words.NONE)),
        (name("из них люди поправили"), count(of.corrected), share(of.corrected.count, of.alone.count)),
        (name("Ошибок автомата найдено за период"), count(of.wrong), name(words.NONE)),
    )
    columns = (Column("Что", figures=False), Column("Обращений"), Column("Доля"))
    note = "Клиенты. Ответы и найденные ошибки — за период, когда бы письмо ни пришло; остальное — письма, пришедшие за период."
    return ReportTable("automation", "Что сделал автомат", note, columns, rows)


def readings(report: Report) -> ReportTable:
    of = report.figures.readings
    whole = of.accepted + of.refused
    rows: tuple[Row, ...] = (
        (name("Принято"), number(of.accepted), share(of.accepted, whole)),
        (name("Не принято"), number(of.refused), share(of.refused, whole)),
        *(
            (name(f"из них: {cell.title}"), number(times, cell.key), share(times, whole))
            for times, cell in of.reasons
        ),
    )
    columns = (Column("Показания", figures=False), Column("Показаний"), Column("Доля"))
    letters = words.counted(of.letters.count, "письме", "письмах", "письмах")
    return ReportTable(
        "readings",
        "Показания",
        f"Пришли за период в {letters} клиентов; по первому решению автомата.",
        columns,
        rows if whole else (),
    )


def satisfaction(report: Report) -> ReportTable:
    columns = (
        Column("Кого спросили", figures=False),
        Column("Показатель", figures=False),
        Column("Значение"),
        Column("Ответов"),
        Column("95 % интервал"),
        Column("Как посчитано", figures=False),
    )
    rows = tuple(_rate(group, one) for group in report.figures.satisfaction for one in group.rates)
    asked = "; ".join(_asked(one) for one in report.figures.satisfaction)
    return ReportTable("satisfaction", "Довольны ли клиенты", asked, columns, rows)


def _rate(group: Satisfaction, one: Rate) -> Row:
    mark = "" if one.measure is Measure.NPS else "\u00a0%"
    interval = words.NONE
    if one.low is not None and one.high is not None:
        interval = f"{quantity(one.low)}…{quantity(one.high)}{mark}"
    unit = Unit.POINTS if one.measure is Measure.NPS else Unit.PERCENT
    value = TableCell(f"{quantity(one.value)}{mark}", unit, one.value)
    told = (name(group.title), name(_MEASURES[one.measure]), value, number(one.n), name(interval))
    return *told, name(one.formula)


def _asked(one: Satisfaction) -> str:
    """«Граждане: спросили 118, ответили 41 (письменно 3, заочно 38)»."""
    answered = sum(times for _, times in one.forms)
    forms = ", ".join(f"{_FORMS[form]} {times}" for form, times in one.forms if times)
    return f"{one.title}: спросили {one.asked}, ответили {answered}" + (f" ({forms})" if forms else "")


def aside(report: Report) -> ReportTable:
    """What stands beside the report, so that nothing is dropped in silence."""
    of = report.figures
    rows: tuple[Row, ...] = (
        (name("Письма, которые не обращения (рассылки, автоответы, чужие)"), count(of.not_appeals)),
        (name("Письма, в журнале которых сбились часы"), count(of.clock_faults)),
    )
    return ReportTable(
        "aside",
        "Что осталось в стороне",
        "Все письма, пришедшие за период, не только от клиентов.",
        (Column("Что", figures=False), Column("Сколько")),
        rows,
    )
