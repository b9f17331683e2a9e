"""The table of letters that are not from clients; no other table counts them."""

from __future__ import annotations

from mailbot.model.report.report import Report
from mailbot.wording.report.table_layout import ReportColumn, ReportTable, count_cell, name_cell

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
