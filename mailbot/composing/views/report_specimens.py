"""Specimens of the mails to managers: a busy week, an empty one, deadlines of each sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta, tzinfo

from mailbot.composing.views.report_view import ReportView, build_report_view
from mailbot.composing.views.warning_view import WarningView, build_warning_view
from mailbot.model import ContactChannels
from mailbot.model.case.due_case import DueCase
from mailbot.wording.report.charts import build_charts
from mailbot.wording.report.specimen.reports import empty_report, future_report, specimen_report

ADDRESS = "https://mail.example"

_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x90\x00\x00\x01\x40"
"""A picture as far as its size is told: 656 by 320 pixels."""


def report_specimens(channels: ContactChannels, _zone: tzinfo) -> tuple[ReportView, ...]:
    """Fictional reports, so that each branch of the template is run before a manager's report is."""
    full = specimen_report()
    pictures = [(chart.key, f"cid:{chart.key}.specimen@mail.example", _PNG) for chart in build_charts(full)]
    return (
        build_report_view(full, pictures, ADDRESS, channels),
        build_report_view(full, (), "", channels),
        build_report_view(empty_report(), (), ADDRESS, channels),
        build_report_view(future_report(), (), "", channels),
    )


def warning_specimens(channels: ContactChannels, zone: tzinfo) -> tuple[WarningView, ...]:
    """Late and near, with and without an address of the pages."""
    now = specimen_report().figures.as_of
    late = DueCase(
        "26-000123",
        "Нет отопления",
        now - timedelta(days=4),
        now - timedelta(hours=3),
        "Анна Зуева",
        passed=True,
    )
    near = replace(
        late, number="26-000131", topic="", respond_by=now + timedelta(hours=2), assignee="", passed=False
    )
    return (
        build_warning_view((late, near), ADDRESS, channels, zone, now),
        build_warning_view((late,), "", channels, zone, now),
        build_warning_view((near,), "", channels, zone, now),
    )
