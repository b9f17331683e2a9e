"""`rules/notices.toml`: what bills announce (раздел «Уведомление»), from which day, till when, and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from mailbot.model import RulebookError, SourceFile
from mailbot.model.bill.bill import BillNotice
from mailbot.toml import TableFields, TableLocation, parse_toml

FILE = "rules/notices.toml"


def load_notices(source: SourceFile, areas: Collection[str]) -> tuple[BillNotice, ...]:
    """The notices of the file, in its order; RulebookError holds a line a fault. `areas` are those of the tariffs (none:
    not known, not looked at).

    No notice at all is no fault. That an outage is told ten working days ahead is the company's matter: how many
    days lie between `since` and the outage stands in the words alone.
    """
    faults: list[str] = []
    values = parse_toml(source, faults)
    if values is None:
        raise RulebookError(tuple(faults))
    faults += [
        f"{source.name}:1: лишнее «{name}»; есть только [[notice]]" for name in values if name != "notice"
    ]
    rows = values.get("notice", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise RulebookError((*faults, f"{source.name}:1: объявления пишут под [[notice]], двумя скобками"))
    notices = tuple(
        _notice(TableFields(source, TableLocation("notice", nth), row, faults), areas)
        for nth, row in enumerate(rows, start=1)
    )
    if faults:
        raise RulebookError(tuple(faults))
    return notices


def _notice(fields: TableFields, areas: Collection[str]) -> BillNotice:
    notice = BillNotice(
        text=" ".join(fields.text("text").split()),
        since=fields.day("since"),
        until=fields.optional_day("until"),
        areas=fields.texts("areas") if fields.has("areas") else (),
    )
    for area in notice.areas:
        if areas and area not in areas:
            fields.unknown("areas", area, sorted(areas))
    if notice.until is not None and notice.until < notice.since:
        fields.fault("until", "срок объявления кончается раньше, чем начинается; исправьте since или until")
    fields.close()
    return notice


def notices_for_day(notices: Iterable[BillNotice], area: str, day: date) -> tuple[str, ...]:
    """What a bill of that service area says, issued on that day."""
    return tuple(
        notice.text
        for notice in notices
        if notice.since <= day
        and (notice.until is None or day <= notice.until)
        and (not notice.areas or area in notice.areas)
    )
