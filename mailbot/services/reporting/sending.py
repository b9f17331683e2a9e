"""The report sent to its readers: each gets one of a period, and what was missed is made up for.

report reckoned ▸ charts, PDF, table ▸ letter ─► outbox + who has it, one commit ─► deliverer
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from mailbot.composing import NoRecipient, compose_report
from mailbot.documents import render_report, report_charts
from mailbot.model import OutgoingLetter
from mailbot.model.report.period import Period, PeriodKind
from mailbot.model.report.report import Report
from mailbot.reporting import due_at
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reporting.case_rows import case_rows
from mailbot.services.reporting.reports import report_of
from mailbot.services.reporting.workbook import workbook
from mailbot.store import Store
from mailbot.store.reports import sent_reports
from mailbot.store.reports.period_log import first_letter
from mailbot.store.reports.sent_reports import ReportAlreadySent

log = logging.getLogger(__name__)

MAKE_UP = 5
"""Weeks looked back for reports that an outage kept back."""


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """A report and its finished forms: charts by name as PNG, the paper as PDF, the table as XLSX."""

    report: Report
    charts: tuple[tuple[str, bytes], ...]
    pdf: bytes
    xlsx: bytes


def report_files(store: Store, rules: ActiveRules, period: Period, now: datetime) -> ReportFiles:
    """The report of the period with all its forms."""
    report = report_of(store, rules, period, now)
    rows = case_rows(store, rules, period, report.figures.as_of)
    book = rules.rulebook
    return ReportFiles(
        report,
        report_charts(report, rules.documents),
        render_report(report, rules.documents, book.deadlines, company=book.channels.company),
        workbook(report, rows, book.deadlines),
    )


def report_letter(
    rules: ActiveRules, files: ReportFiles, reader: str, address: str, now: datetime, again: int = 0
) -> OutgoingLetter:
    """The finished letter for a reader; `again` counts those that they were sent before."""
    return compose_report(
        files.report,
        rules.templates,
        to=reader,
        charts=files.charts,
        pdf=files.pdf,
        xlsx=files.xlsx,
        address=address,
        now=now,
        again=again,
    )


def send_report(
    store: Store, rules: ActiveRules, period: Period, address: str, now: datetime, *, again: bool = False
) -> tuple[str, ...]:
    """Send the report to those readers who do not have it; whom. With `again` also to those who do.

    Whoever runs it twice, or on two machines, sends nothing twice: the key in the database decides.
    """
    readers = rules.rulebook.reports.readers
    owed = [reader for reader in readers if again or not store.ask(sent_reports.has_report, period, reader)]
    return _send_to(owed, store, rules, period, address, now, again=again)


def _send_to(
    owed: Sequence[str],
    store: Store,
    rules: ActiveRules,
    period: Period,
    address: str,
    now: datetime,
    *,
    again: bool = False,
) -> tuple[str, ...]:
    if not owed:
        return ()
    files = report_files(store, rules, period, now)
    return tuple(report for report in owed if _send(store, rules, files, report, address, now, again=again))


def _send(
    store: Store,
    rules: ActiveRules,
    files: ReportFiles,
    reader: str,
    address: str,
    now: datetime,
    *,
    again: bool,
) -> bool:
    report, figures = files.report, files.report.figures
    before = store.ask(sent_reports.count_reports, reader) if again else 0
    try:
        outgoing = report_letter(rules, files, reader, address, now, before)
        with store.write() as transaction:
            if again:
                sent_reports.forget(transaction, report.period, reader)
            digest = sha256(repr(figures).encode()).hexdigest()
            sent_reports.keep(transaction, report.period, outgoing, figures.as_of, digest, now)
    except ReportAlreadySent:
        return False
    except NoRecipient as error:
        log.error("Отчёт %s не отправлен: %s", report.period, error)
        return False
    return True


def send_due(store: Store, rules: ActiveRules, address: str, now: datetime) -> tuple[Period, ...]:
    """Send the weekly reports that are due and not sent yet, the oldest first; which.

    The newest week is always owed. A week before it is owed to a reader who was sent an earlier one: an outage kept it
    back. Before the first letter ever there is nothing to report.
    """
    reports = rules.rulebook.reports
    begun = store.ask(first_letter)
    if not reports.readers or begun is None:
        return ()
    zone = ZoneInfo(rules.rulebook.channels.time_zone)
    today = now.astimezone(zone).date()
    weeks = Period.of(PeriodKind.WEEK, today - timedelta(days=7)).back(MAKE_UP)
    due = [week for week in weeks if due_at(week, reports, zone) <= now and week.ends(zone) > begun]
    sent = []
    for week in due:
        owed = [reader for reader in reports.readers if _owed(store, week, reader, newest=week is due[-1])]
        if _send_to(owed, store, rules, week, address, now):
            sent.append(week)
    return tuple(sent)


def _owed(store: Store, week: Period, reader: str, *, newest: bool) -> bool:
    if store.ask(sent_reports.has_report, week, reader):
        return False
    return newest or store.ask(sent_reports.begun_before, week, reader)
