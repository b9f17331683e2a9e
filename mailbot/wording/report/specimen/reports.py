"""A fictional report that every form of it must show: a busy week of November, the one before, the last year's; and an
empty week.

Templates are tried with it at start-up, the tests compare the forms over it. Its figures fit one another.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache

from mailbot.model.case.log import CaseFlow
from mailbot.model.ledger.accounts_and_meters import ClientGroup
from mailbot.model.report.period import Period
from mailbot.model.report.report import (
    AutomationFigures,
    CaseCount,
    CorrespondentLine,
    OperatorLine,
    PeriodFigures,
    ReadingFigures,
    Report,
    SecondLookFigures,
    TrendPoint,
)
from mailbot.model.report.survey import SatisfactionFigures, SurveyForm, SurveyMetric, SurveyResult
from mailbot.wording.report.specimen.cases import WEEK, ZONE, SpecimenCase, cases, moment
from mailbot.wording.report.specimen.figures import (
    ages,
    cell,
    flows,
    promise,
    silenced_by,
    topic_lines,
    waited,
)

CLAUSES = (
    ("2.2.email.1", "нет контактных данных"),
    ("2.2.email.3", "текст не прочитать"),
    ("2.2.email.4", "повтор без новых доводов"),
)
HOUSES = (
    ("ул. Мира", "5"),
    ("ул. Мира", "7"),
    ("ул. Солнечная", "1/5"),
    ("ул. Верхняя", "12"),
    ("ул. Мира", "9А"),
)
OPERATORS = (("anna", "Анна Зуева"), ("boris", "Борис Лунин"), ("vera", "Вера Носова"))
REASONS = ("меньше прошлого показания", "счётчика нет в реестре", "слишком большой расход")
SENTENCES = (
    "За неделю пришло 240 обращений, на 23 больше, чем неделей раньше, год назад было 198; в срок отвечено 94 %, 202 из 215, "
    "неделей раньше — 95,3 %; половина ждёт ответа по существу до 20 ч 19 мин, неделей раньше — 21 ч 18 мин.",
    "Чаще всего срок нарушен по теме «Большая или непонятная сумма в квитанции»: 8 из 28, девять из десяти ждут до 3 дн 18 ч; "
    "из этих 8 до сих пор без ответа 3.",
    "Нужно решение: ответ просрочен и не дан: 10 обращений; без ответа больше 30 дней: 2 обращения; автомат ошибся, люди "
    "поправили: 5 обращений; дом «ул. Мира, 5» — 7 жалоб (и ещё домов с жалобами: 4).",
)


@lru_cache(maxsize=1)
def specimen_report() -> Report:
    """The week from 16 to 22 November 2026 with 240 cases, everything filled."""
    now = _figures(WEEK, cases(WEEK, 240))
    before = _figures(WEEK.previous, cases(WEEK.previous, 217))
    year_ago = _figures(WEEK.year_ago, cases(WEEK.year_ago, 198, slower=2))
    return Report(now, before, year_ago, _trend(now), SENTENCES, complete=True)


def empty_report() -> Report:
    """The same week in which nothing came, with nothing known before it."""
    bare = _figures(WEEK, ())
    nothing = replace(
        bare,
        unanswered=tuple(CaseCount(case_count.key, case_count.title, ()) for case_count in bare.unanswered),
        overdue=CaseCount("overdue", bare.overdue.title, ()),
        topics=(),
        by_topic=(),
        satisfaction=(),
        operators=(),
        places=(),
        silenced=(),
        readings=ReadingFigures(0, 0, CaseCount("readings", "Письма с показаниями", ()), ()),
        not_appeals=CaseCount("not_appeals", "Не обращения", ()),
        automation=replace(bare.automation, ignored=CaseCount("auto_ignored", "Не обращения", ())),
        clock_faults=CaseCount("clock_faults", "Сбой часов", ()),
        second_looks=(),
    )
    trend = tuple(TrendPoint(period, CaseFlow(0, 0, 0)) for period in WEEK.back(13))
    words = ("Обращений не было.", "Ждать ответа некому.", "Решать нечего.")
    return Report(nothing, None, None, trend, words, complete=True)


def future_report() -> Report:
    """A week that has not begun: nothing is known of it."""
    report = empty_report()
    words = ("Неделя ещё не началась.", "Цифр пока нет.", "Решать нечего.")
    before = replace(report.figures, as_of=WEEK.begins(ZONE) - timedelta(days=3))
    return replace(report, figures=before, complete=False, sentences=words)


def _correspondents() -> tuple[CorrespondentLine, ...]:
    """Two groups that write and are no clients, and both together."""
    inquiry, supplier = tuple(range(60_000, 60_006)), tuple(range(60_100, 60_103))
    groups = (("authority", "Официальный запрос", inquiry), ("supplier", "Контрагент", supplier))
    return tuple(
        CorrespondentLine(
            group,
            CaseCount(f"correspondents:{group}", title, came),
            CaseCount(f"correspondents_answered:{group}", title, came[1:]),
            CaseCount(f"correspondents_kept:{group}", title, came[2:]),
            CaseCount(f"correspondents_open:{group}", title, came[:1]),
            CaseCount(f"correspondents_overdue:{group}", title, ()),
        )
        for group, title, came in (*groups, ("", "Всего", inquiry + supplier))
    )


def _figures(period: Period, came: tuple[SpecimenCase, ...]) -> PeriodFigures:
    owed = tuple(case for case in came if not case.clause)
    older = tuple(70_000 + at for at in range(7))
    late = tuple(case.id for case in owed if case.open and case.late)
    return PeriodFigures(
        period=period,
        as_of=moment(period),
        received=cell("received", "Пришло обращений", came),
        not_appeals=CaseCount("not_appeals", "Не обращения", tuple(range(80_000, 80_031))),
        **flows(came),
        correspondents=_correspondents() if came else (),
        first_response=waited("first_response", "Первый ответ", owed, lambda case: case.response),
        answer=waited("answer", "Ответ по существу", owed, lambda case: case.answer),
        topics=topic_lines(owed),
        promise=promise(owed),
        unanswered=ages(owed, period, older),
        overdue=CaseCount("overdue", "Просрочено", late + older[:5]),
        asked=cell("asked", "Ждём ответа клиента", [case for case in owed if case.open and case.id % 4 == 1]),
        repeats=cell("repeats", "Повторные", [case for case in came if case.id % 14 == 3]),
        reopened=cell(
            "reopened", "Ответ отозван", [case for case in owed if case.id % 60 == 21 and not case.open]
        ),
        silenced=tuple(silenced_by(clause, title, came) for clause, title in CLAUSES),
        automation=_automation(came),
        readings=_readings(came),
        places=_places(came),
        operators=tuple(_operator(at, owed) for at in range(len(OPERATORS))),
        satisfaction=_satisfaction(came),
        clock_faults=cell("clock_faults", "Сбой часов", came[:1]),
        second_looks=_second_looks(came),
    )


def _second_looks(came: tuple[SpecimenCase, ...]) -> tuple[SecondLookFigures, ...]:
    """Two rules: one looked at with an error found, one of which nobody has looked at anything yet."""
    silenced = [case for case in came if case.clause]
    title = "не указаны контактные данные Клиента"
    seen, rest = silenced[:14], silenced[14:20]
    return (
        SecondLookFigures(
            "no_contacts",
            title,
            cell("second_look:no_contacts", title, seen),
            cell("second_look_wrong:no_contacts", title, seen[:1]),
            cell("second_look_waiting:no_contacts", title, []),
        ),
        SecondLookFigures(
            "automatic",
            "не обращение: письмо программы",
            cell("second_look:automatic", "письмо программы", []),
            cell("second_look_wrong:automatic", "письмо программы", []),
            cell("second_look_waiting:automatic", "письмо программы", rest),
        ),
    )


def _automation(came: tuple[SpecimenCase, ...]) -> AutomationFigures:
    answered = [case for case in came if not case.open and not case.clause]
    silenced = [case for case in came if case.clause]
    return AutomationFigures(
        by_machine=cell("by_machine", "Ответил автомат", [case for case in answered if case.by_machine]),
        by_people=cell("by_people", "Ответили люди", [case for case in answered if not case.by_machine]),
        silenced=cell("auto_silenced", "Оставлено без ответа", silenced),
        ignored=CaseCount("auto_ignored", "Не обращения", tuple(range(80_000, 80_031))),
        alone=cell(
            "alone", "Автомат закончил сам", [case for case in came if case.by_machine or case.clause]
        ),
        corrected=cell("corrected", "Люди поправили", [case for case in silenced if case.id % 48 == 7]),
        wrong=cell("wrong", "Автомат ошибся", [case for case in came if case.id % 48 == 7]),
    )


def _readings(came: tuple[SpecimenCase, ...]) -> ReadingFigures:
    letters = [case for case in came if case.topic.kind == "reading"]
    reasons = tuple(
        (4 - at, cell(f"refused:{at}", reason, letters[at * 5 : at * 5 + 4 - at]))
        for at, reason in enumerate(REASONS)
    )
    refused = sum(count for count, _ in reasons) if letters else 0
    return ReadingFigures(
        2 * len(letters) - refused,
        refused,
        cell("readings", "Письма с показаниями", letters),
        reasons if letters else (),
    )


def _places(came: tuple[SpecimenCase, ...]) -> tuple[CaseCount, ...]:
    """Complaints by house, the most first."""
    complaints = [case for case in came if case.topic.kind == "complaint"]
    case_counts = [
        cell(f"place:{street}|{house}", f"{street}, {house}", complaints[at::13][: 7 - at])
        for at, (street, house) in enumerate(HOUSES)
    ]
    return tuple(case_count for case_count in case_counts if case_count.cases)


def _operator(at: int, owed: tuple[SpecimenCase, ...]) -> OperatorLine:
    login, name = OPERATORS[at]
    own = [case for case in owed if not case.open and not case.by_machine and case.id % 3 == at]
    back = cell(f"operator_reopened:{login}", name, [case for case in own if case.id % 20 == 1])
    return OperatorLine(login, waited(f"operator:{login}", name, own, lambda case: case.answer), back)


def _satisfaction(came: tuple[SpecimenCase, ...]) -> tuple[SatisfactionFigures, ...]:
    rated = tuple(case.id for case in came[::6])
    return (
        SatisfactionFigures(
            group=ClientGroup.INDIVIDUAL,
            title="Граждане",
            forms=((SurveyForm.WRITTEN, 3), (SurveyForm.ORAL, 2), (SurveyForm.REMOTE, 36)),
            asked=118,
            rates=(
                SurveyResult(
                    measure=SurveyMetric.CSAT,
                    value=Decimal("78.0"),
                    n=41,
                    low=Decimal("63.3"),
                    high=Decimal("88.0"),
                    formula="доля оценок 4 и 5",
                ),
                SurveyResult(
                    measure=SurveyMetric.NPS,
                    value=Decimal("12.2"),
                    n=41,
                    low=Decimal("-11.8"),
                    high=Decimal("36.2"),
                    formula="доля 9 и 10 минус доля 0–6",
                ),
            ),
            words=("Ответили быстро, спасибо.",),
            cases=rated,
            poor=rated[:5],
        ),
        SatisfactionFigures(
            group=ClientGroup.PROVIDER,
            title="Исполнители коммунальных услуг",
            forms=((SurveyForm.REMOTE, 3),),
            asked=9,
            rates=(
                SurveyResult(
                    measure=SurveyMetric.CSI,
                    value=Decimal("71.5"),
                    n=3,
                    low=None,
                    high=None,
                    formula="взвешенная доля лучшей оценки",
                ),
            ),
            words=(),
            cases=(),
            poor=(),
        ),
    )


def _trend(figures: PeriodFigures) -> tuple[TrendPoint, ...]:
    """Thirteen weeks of a heating season that begins; the last as the figures have it."""
    came = (96, 104, 131, 187, 243, 262, 231, 224, 209, 215, 203, 207)
    points, open_ = [], 14
    for at, period in enumerate(WEEK.back(13)[:-1]):
        closed = came[at] - (2, -1, 5, 11, 9, 4, -8, -6, -9, 3, -2, 4)[at]
        open_ += came[at] - closed
        points.append(TrendPoint(period, CaseFlow(came[at], closed, open_)))
    last = figures.received.count - sum(silenced.cell.count for silenced in figures.silenced)
    points.append(TrendPoint(WEEK, CaseFlow(last, open_ + last - figures.open, figures.open)))
    return tuple(points)
