"""The report's page, the letters behind each of its figures, and its two files; for managers."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from flask import Blueprint, Response, abort, render_template, request

from mailbot.model import RequestRefused, StaffRole
from mailbot.model.report.period import Period, PeriodKind
from mailbot.services.desk import case_lists
from mailbot.services.reporting.opened_cases import opened
from mailbot.services.reporting.reports import report_pdf, report_xlsx
from mailbot.web.access import needs
from mailbot.web.hostile_content import PDF_POLICY
from mailbot.web.management.report_chart import build_drawings
from mailbot.web.request_context import active_rules, now, shelf, store
from mailbot.web.value_display import zone
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.figures import PERIOD_KINDS
from mailbot.wording.report.figures import format_period as period_words
from mailbot.wording.report.legend import build_legend
from mailbot.wording.report.table_layout import ReportTable
from mailbot.wording.report.tables.all_tables import build_headline, build_tables, format_as_of, title

pages = Blueprint("report", __name__)

YEARS = range(2000, 2101)
"""Years that are reported on: others can only be slips of the hand."""

PER_PAGE = 50
MAX_KEY_LENGTH = 400
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Page = str | tuple[str, int]


class NoSuchPeriod(RequestRefused):
    """The address names no week, month or quarter; the message (Russian) says how one is written."""


@pages.errorhandler(NoSuchPeriod)
def no_period(error: NoSuchPeriod) -> tuple[str, int]:
    return render_template("fault.html", code=400, words=str(error)), 400


@pages.get("/report")
@needs(StaffRole.MANAGER)
def show() -> str:
    """The report of the period asked for; of the last whole week where none is."""
    period = _period()
    report = shelf().report(store(), active_rules(), period, now())
    made = build_tables(report)
    return render_template(
        "report.html",
        report=report,
        period=period,
        title=title(report),
        standing=format_as_of(report),
        heads=build_headline(report),
        charts=[(chart, build_drawings(chart)) for chart in build_charts(report)],
        tables=made,
        references=case_lists.references(store(), _named(made)),
        legend=build_legend(active_rules().rulebook.deadlines),
        kinds=_kinds(period),
        others=(period.previous, period.following),
    )  # fmt: skip


@pages.get("/report/cases")
@needs(StaffRole.MANAGER)
def cases() -> Page:
    """The cases behind a figure, the newest first."""
    period, key = _period(), request.args.get("key", "")[:MAX_KEY_LENGTH]
    figures = shelf().figures(store(), active_rules(), period, now())
    cell = shelf().cell(store(), active_rules(), period, key, now())
    if cell is None:
        words = "Такой цифры в отчёте нет. Откройте отчёт и выберите цифру в нём."
        return render_template("fault.html", code=404, words=words), 404
    number = request.args.get("page", "1")
    last = max(1, -(-cell.count // PER_PAGE))
    at = min(last, max(1, int(number))) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    newest = sorted(set(cell.cases), reverse=True)[(at - 1) * PER_PAGE : at * PER_PAGE]
    return render_template(
        "report_cases.html",
        cell=cell,
        lines=opened(store(), active_rules(), tuple(newest), figures.as_of),
        period=period,
        period_title=period_words(period),
        as_of=figures.as_of,
        page=at,
        last=last,
    )


@pages.get("/report/file.<kind>")
@needs(StaffRole.MANAGER)
def file(kind: str) -> Response:
    """The report as PDF or XLSX, under a name that tells the period."""
    if kind not in ("pdf", "xlsx"):
        abort(404)
    period = _period()
    report = shelf().report(store(), active_rules(), period, now())
    content = (
        report_pdf(report, active_rules()) if kind == "pdf" else report_xlsx(store(), report, active_rules())
    )
    way = "inline" if kind == "pdf" else "attachment"
    headers = {"Content-Disposition": f"{way}; filename*=UTF-8''{quote(f'Отчёт {period}.{kind}')}"}
    if kind == "pdf":
        headers["Content-Security-Policy"] = PDF_POLICY
    return Response(content, mimetype="application/pdf" if kind == "pdf" else XLSX, headers=headers)


def _period() -> Period:
    asked = request.args.get("period", "").strip()
    if not asked:
        return Period.of(PeriodKind.WEEK, now().astimezone(zone()).date()).previous
    try:
        period = Period.read(asked[:20])
    except ValueError as error:
        raise NoSuchPeriod(str(error)) from None
    if period.first.year not in YEARS:
        raise NoSuchPeriod(f"Отчёты есть за годы {YEARS[0]}–{YEARS[-1]}. Напишите, например, 2026-W47.")
    return period


def _named(made: tuple[ReportTable, ...]) -> tuple[int, ...]:
    """The cases that the tables name: those that waited longest."""
    case_ids = {cell.case for table in made for row in table.rows for cell in row if cell.case is not None}
    return tuple(sorted(case_ids))


def _kinds(period: Period) -> tuple[tuple[str, Period], ...]:
    """The same days as a week, a month and a quarter: of a month, its last week."""
    day = period.first if period.kind is PeriodKind.WEEK else period.last
    middle = day + timedelta(days=3) if period.kind is PeriodKind.WEEK else day
    return tuple((PERIOD_KINDS[kind].capitalize(), Period.of(kind, middle)) for kind in PeriodKind)
