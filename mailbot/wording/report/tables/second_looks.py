"""The table of second looks: how often the machine was wrong to leave a letter without an answer."""

from __future__ import annotations

from decimal import Decimal

from mailbot.model.report.confidence_intervals import wilson_interval
from mailbot.model.report.report import Report, SecondLookFigures
from mailbot.wording.amounts import format_quantity
from mailbot.wording.report import figures as words
from mailbot.wording.report.table_layout import (
    ReportColumn,
    ReportTable,
    ReportTableCell,
    count_cell,
    name_cell,
    number_cell,
    share_cell,
)

NOT_CHECKED = "ещё не проверено"


def second_looks_table(report: Report) -> ReportTable:
    """By rule, then all together; nothing looked at is said in words, never as «0 %»."""
    looks = report.figures.second_looks
    columns = (
        ReportColumn("Почему без ответа", figures=False),
        ReportColumn("Проверено"),
        ReportColumn("Ответ был нужен"),
        ReportColumn("Доля ошибок"),
        ReportColumn("95 % интервал", figures=False),
        ReportColumn("Ждут проверки"),
    )
    note = (
        "Второй взгляд: за каждую неделю сотрудник заново смотрит до 20 писем, которые автомат оставил без ответа, "
        "и до 20, которые счёл не обращениями, от клиентов или нет; "
        "редкие причины взяты чаще, поэтому доля по всем строкам — не по всем письмам."
    )
    rows = tuple(_row(look) for look in looks)
    return ReportTable("second_looks", "Не молчим ли зря", note, columns, (*rows, *_together(looks)))


def _row(look: SecondLookFigures) -> tuple[ReportTableCell, ...]:
    checked, wrong = look.checked.count, look.wrong.count
    rate = share_cell(wrong, checked, look.wrong.key) if checked else name_cell(NOT_CHECKED)
    return (
        name_cell(look.title),
        count_cell(look.checked),
        count_cell(look.wrong),
        rate,
        name_cell(_interval(wrong, checked)),
        count_cell(look.waiting),
    )


def _together(looks: tuple[SecondLookFigures, ...]) -> tuple[tuple[ReportTableCell, ...], ...]:
    if len(looks) < 2:
        return ()
    checked = sum(look.checked.count for look in looks)
    wrong = sum(look.wrong.count for look in looks)
    waiting = sum(look.waiting.count for look in looks)
    rate = share_cell(wrong, checked) if checked else name_cell(NOT_CHECKED)
    return (
        (
            name_cell("Вместе"),
            number_cell(checked),
            number_cell(wrong),
            rate,
            name_cell(_interval(wrong, checked)),
            number_cell(waiting),
        ),
    )


def _interval(wrong: int, checked: int) -> str:
    if not checked:
        return words.NO_VALUE
    low, high = (
        format_quantity((100 * bound).quantize(Decimal("0.1"))) for bound in wilson_interval(wrong, checked)
    )
    return f"{low}…{high}\u00a0%"
