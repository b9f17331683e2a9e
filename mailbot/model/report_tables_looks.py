"""The table of second looks: how often the machine was wrong to leave a letter without an answer."""

from __future__ import annotations

from decimal import Decimal

from mailbot.model import report_words as words
from mailbot.model.figures import quantity
from mailbot.model.intervals import wilson
from mailbot.model.report import Report, SecondLook
from mailbot.model.report_layout import Column, ReportTable, TableCell, count, name, number, share

NOT_YET = "ещё не проверено"


def second_looks(report: Report) -> ReportTable:
    """By rule, then all together; nothing looked at is said in words, never as «0 %»."""
    looks = report.figures.second_looks
    columns = (
        Column("Почему без ответа", figures=False),
        Column("Проверено"),
        Column("Ответ был нужен"),
        Column("Доля ошибок"),
        Column("95 % интервал", figures=False),
        Column("Ждут проверки"),
    )
    note = (
        "Второй взгляд: за каждую неделю сотрудник заново смотрит до 20 писем, которые автомат оставил без ответа, "
        "и до 20, которые счёл не обращениями, от клиентов или нет; "
        "редкие причины взяты чаще, поэтому доля по всем строкам — не по всем письмам."
    )
    rows = tuple(_row(look) for look in looks)
    return ReportTable("second_looks", "Не молчим ли зря", note, columns, (*rows, *_together(looks)))


def _row(look: SecondLook) -> tuple[TableCell, ...]:
    checked, wrong = look.checked.count, look.wrong.count
    rate = share(wrong, checked, look.wrong.key) if checked else name(NOT_YET)
    return (
        name(look.title),
        count(look.checked),
        count(look.wrong),
        rate,
        name(_interval(wrong, checked)),
        count(look.waiting),
    )


def _together(looks: tuple[SecondLook, ...]) -> tuple[tuple[TableCell, ...], ...]:
    if len(looks) < 2:
        return ()
    checked = sum(look.checked.count for look in looks)
    wrong = sum(look.wrong.count for look in looks)
    waiting = sum(look.waiting.count for look in looks)
    rate = share(wrong, checked) if checked else name(NOT_YET)
    return (
        (
            name("Вместе"),
            number(checked),
            number(wrong),
            rate,
            name(_interval(wrong, checked)),
            number(waiting),
        ),
    )


def _interval(wrong: int, checked: int) -> str:
    if not checked:
        return words.NONE
    low, high = (quantity((100 * bound).quantize(Decimal("0.1"))) for bound in wilson(wrong, checked))
    return f"{low}…{high}\u00a0%"
