"""A report in the terminal: the sentences, the figures on top, the tables."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from mailbot.model.report.report import Report
from mailbot.wording.report.table_layout import ReportTable
from mailbot.wording.report.tables.all_tables import build_headline, build_tables, format_as_of, title


def show_report(out: Console, report: Report) -> None:
    """Everything that the mail shows, a table after the other."""
    out.print(f"[bold]{title(report)}[/bold]")
    out.print(format_as_of(report), markup=False)
    out.print()
    for sentence in report.sentences:
        out.print(sentence, markup=False)
    out.print()
    for figure in build_headline(report):
        out.print(f"{figure.title}: [bold]{figure.figure.text}[/bold] {figure.note}".rstrip())
    for table in build_tables(report):
        out.print()
        out.print(_table(table))


def _table(table: ReportTable) -> Table:
    shown = Table(
        title=table.title, title_justify="left", box=None, caption=table.note or None, caption_justify="left"
    )
    for column in table.columns:
        shown.add_column(column.title, justify="right" if column.figures else "left")
    for row in table.rows:
        shown.add_row(*(cell.text for cell in row))
    return shown
