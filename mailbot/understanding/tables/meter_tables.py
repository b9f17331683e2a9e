"""Readings in tables: a heading row that names the columns, and a row a meter (letters and sheets).

A heat record (ведомость учёта теплопотребления of ТВ7, ВКТ-7, СПТ941) has a row a day and, below, the
integrators at the start and the end of the period: the value passed on is the integrator at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from mailbot.model import Resource, Unit
from mailbot.model.resource import may_be_charged
from mailbot.understanding.dial_values.describing_words import (
    COLD,
    DialCue,
    find_cues,
    names_cold_water,
    resource,
)
from mailbot.understanding.dial_values.meter_serials import find_meters
from mailbot.understanding.dial_values.numbers_with_units import (
    DOUBTFUL,
    NumberWithUnit,
    find_values,
    unit_of,
)
from mailbot.understanding.dial_values.passed_value import PassedValue
from mailbot.understanding.numbers.dates import find_days, without_days
from mailbot.understanding.tables.cells import TextTableCell, TextTableRow, rows
from mailbot.understanding.tables.column_headings import TextTableColumn, column, heading
from mailbot.understanding.tables.reading_or_consumption import (
    NumberMeaning,
    Told,
    ValueCandidate,
    choose_dials,
)

_SURE = 0.92
_BARE = 0.75  # neither resource nor unit told
_TOTAL = re.compile(r"\bитог|\bвсего\b|\bсредн", re.IGNORECASE)
_AT_START = re.compile(r"\bна(?:\s+)?начал|\bпредыд|\bначальн", re.IGNORECASE)
_AT_END = re.compile(r"интегр|\bна\s+конец|\bконечн|нараст|показан", re.IGNORECASE)
_INTEGRATORS = re.compile(
    r"интегратор|нарастающ|накоплен|тотальн|итогов\w+ (?:архив|показ)", re.IGNORECASE
)  # the title above a table
_NOT_HEAT = re.compile(
    r"^\s*(?:(?:V|M|G|T|P|t|М|Т|Р|т)\s?(?:\d|раб|нар|и|сум)?\w{0,3}(?:\s(?:тв)?\d{1,2})?\s*(?:[,(].*)?$"
    r"|(?:масса|объ[её]м|температ|давлен|нараб|врем|вн[рп]\b|бнр\b|часы|подпит|утечк|теплоносит)(?!.*(?:гвс|горяч)))",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"^\s*(?:вн[рп]\b|бнр\b|нараб|час|т\s?(?:раб|нар|р\b|и\b)|t\s?(?:раб|нар|и\b))", re.IGNORECASE
)
_MIN_SERIAL = 5
_DIAL_DIGITS = 5  # whole digits of a hot-water meter


def read_tables(
    text: str, received_at: datetime
) -> tuple[tuple[PassedValue, ...], tuple[tuple[int, int], ...]]:
    """Readings of every row under a heading that names a value column, and the stretches of all such rows.

    Where a cell of a value column cannot be read, nothing of its table is sure.
    """
    columns: tuple[TextTableColumn, ...] = ()
    all_candidates: list[ValueCandidate] = []
    taken: list[tuple[int, int]] = []
    whole, last, headed = True, -2, False
    title = ""
    for row in rows(text):
        title = text[max(0, last) : row.start] if row.start > last + 1 else title
        fresh = _heading(row, columns, follows=headed and row.start == last + 1, received_at=received_at)
        if fresh:
            columns, last, headed = fresh, row.end, not headed
        elif columns and _belongs(row, columns, follows=row.start <= last + 2):
            of_row, readable = _row(row, columns, received_at)
            if _INTEGRATORS.search(title):
                of_row = [
                    replace(candidate, shows=NumberMeaning.DIAL, integrator=True) for candidate in of_row
                ]
            all_candidates += of_row
            whole, last, headed = whole and readable, row.end, False
        else:
            continue
        taken.append((row.start, row.end))
    charged = [candidate for candidate in all_candidates if may_be_charged(candidate.one.resource)]
    passed = _clear(choose_dials(charged))
    if not whole:
        passed = tuple(replace(value, confidence=min(value.confidence, DOUBTFUL)) for value in passed)
    others = choose_dials(
        [candidate for candidate in all_candidates if not may_be_charged(candidate.one.resource)]
    )
    return (*_with_lone_meter(passed, text), *others), tuple(taken)


def _heading(
    row: TextTableRow, above: tuple[TextTableColumn, ...], *, follows: bool, received_at: datetime
) -> tuple[TextTableColumn, ...]:
    """The columns a row names; the second row of a heading («предыдущие | текущие») adds to the first."""
    if (
        follows
        and len(row.cells) == len(above)
        and not any(re.search(r"\d", cell.text) for cell in row.cells)
    ):
        joined = tuple(
            f"{text_column.text} {cell.text}" for text_column, cell in zip(above, row.cells, strict=True)
        )
        return tuple(column(text, received_at) for text in joined)
    return heading(row.cells, received_at)


def _belongs(row: TextTableRow, columns: tuple[TextTableColumn, ...], *, follows: bool) -> bool:
    """As many cells as columns, or right below with empty ones left out; prose after a table is not of it."""
    if len(row.cells) == len(columns):
        return True
    return follows and not any(cell.text.strip() for cell in row.cells[len(columns) :])


def _row(
    row: TextTableRow, columns: tuple[TextTableColumn, ...], received_at: datetime
) -> tuple[list[ValueCandidate], bool]:
    """The values of a row, and whether all its value cells could be read."""
    pairs = list(zip(columns, row.cells, strict=False))
    by_name = {text_column.name: cell for text_column, cell in reversed(pairs)}
    serials = [
        cell for text_column, cell in pairs if text_column.name == "meter" and re.search(r"\d{3}", cell.text)
    ]
    by_name |= {"meter": serials[0]} if serials else {}  # «Прибор | номер»: the second holds the serial
    label = " ".join(
        cell.text
        for text_column, cell in pairs
        if text_column.name not in {"value", "old", "account", "unit"}
    )
    words = " ".join(
        cell.text for text_column, cell in pairs if text_column.name in {"resource", "meter", "other", "date"}
    )
    first = row.cells[0].text
    if _TOTAL.search(label) or _AT_START.search(label) or _NOT_HEAT.match(first):
        return [], True
    cues = find_cues(words)
    named = next((resource(cue.name) for cue in cues if cue.name in {"hot", "heat"}), None)
    if named is None and any(cue.name == "cold" for cue in cues):
        if not _is_cold_water(cues, words):
            return [], True
        named = COLD
    if named is None and re.match(r"\s*Q", first):
        named = Resource.HEATING
    days = [
        day
        for text_column, cell in pairs
        if text_column.name in {"date", "other", "skip", "cold"}
        for day in find_days(cell.text, received_at)
    ]
    candidates: list[ValueCandidate] = []
    readable = True
    for at, text_column, cell in _newest(pairs):
        value = _number(cell)
        if value is None:
            readable = readable and (COLD in {text_column.resource, named} or not re.search(r"\d", cell.text))
            continue
        unit_cell = by_name.get("unit")
        unit = value.unit or (unit_of(unit_cell.text) if unit_cell else None) or text_column.unit
        place = _place(by_name, text_column, received_at)
        dated = days[-1].order if days else None
        passed = _passed(row, value, text_column.resource or named, unit, by_name, place, dated)
        shows = NumberMeaning.DIAL if text_column.told else NumberMeaning.EITHER
        earlier = _of_other_days(pairs, text_column)
        candidates.append(
            ValueCandidate(passed, shows, at, bool(_AT_END.search(label)), earlier, _hours(pairs))
        )
    return candidates, readable


def _is_cold_water(cues: Iterable[DialCue], words: str) -> bool:
    """Is all that a row names, and is not charged for, cold water?"""
    return all(names_cold_water(words[cue.start : cue.end]) for cue in cues if cue.name == "cold")


def _of_other_days(
    pairs: list[tuple[TextTableColumn, TextTableCell]], column: TextTableColumn
) -> tuple[Told, ...]:
    """All values of the row in columns of days of the same resource, with the days."""
    if column.day is None:
        return ()
    values_by_day = []
    for text_column, cell in pairs:
        value = (
            _number(cell) if text_column.day is not None and text_column.resource is column.resource else None
        )
        if value is not None and text_column.day is not None:
            values_by_day.append((text_column.day, value.number))
    return tuple(values_by_day)


def _hours(pairs: list[tuple[TextTableColumn, TextTableCell]]) -> Decimal | None:
    """The hours of work that a record tells beside the value."""
    value = next((_number(cell) for text_column, cell in pairs if _HOURS.match(text_column.text)), None)
    return value.number if value else None


def _newest(
    pairs: list[tuple[TextTableColumn, TextTableCell]],
) -> list[tuple[int, TextTableColumn, TextTableCell]]:
    """The value cells and their columns' numbers; of columns of several days only the newest that is filled."""
    kept: dict[tuple[Resource | None, int | None], tuple[int, TextTableColumn, TextTableCell]] = {}
    for position, (text_column, cell) in enumerate(pairs):
        if text_column.name not in {"value", "cold"} or not cell.text.strip(" \0-–—"):
            continue
        key = (text_column.resource, None if text_column.day is not None else position)
        earlier = kept.get(key)
        if earlier is None or (text_column.day or 0) >= (earlier[1].day or 0):
            kept[key] = (position, text_column, cell)
    return list(kept.values())


def _passed(
    row: TextTableRow,
    value: NumberWithUnit,
    measured: Resource | None,
    unit: Unit | None,
    by_name: dict[str, TextTableCell],
    place: str,
    day: int | None,
) -> PassedValue:
    sure = _SURE if measured or unit else _BARE
    if measured is not Resource.HEATING and unit in {None, Unit.M3} and value.number >= 10**_DIAL_DIGITS:
        sure = DOUBTFUL
    return PassedValue(
        start=value.start,
        end=value.stop,
        line=(row.start, row.end),
        value=value.number,
        unit=unit,
        resource=measured,
        meter=_digits(by_name.get("meter")) or _serial(by_name.get("order")),
        confidence=min(sure, value.trust),
        account=_digits(by_name.get("account")),
        listed=True,
        place=place,
        dated=day,
    )


def _place(by_name: dict[str, TextTableCell], column: TextTableColumn, received_at: datetime) -> str:
    """What tells two dials of one account apart where no serial does: the words beside and above them, no days."""
    cell = by_name.get("other") or by_name.get("resource") or by_name.get("meter")
    words = "" if cell is None else without_days(cell.text, find_days(cell.text, received_at))
    beside = "" if re.search(r"\d{2}", words) else re.sub(r"[\u2007.]", "", words).strip().lower()[:30]
    if beside and find_days(beside, received_at):
        beside = ""  # «ноябрь»
    above = column.text.strip().lower()[:30] if column.resource and column.day is None else ""
    return f"{beside} {above}".strip()


def _clear(passed: tuple[PassedValue, ...]) -> tuple[PassedValue, ...]:
    """Where some rows say what they measure, what the others measure is not known: perhaps a mass or hours."""
    if not any(item.resource for item in passed):
        return passed
    return tuple(
        item if item.resource or item.unit else replace(item, confidence=min(item.confidence, DOUBTFUL))
        for item in passed
    )


def _with_lone_meter(passed: tuple[PassedValue, ...], text: str) -> tuple[PassedValue, ...]:
    """A record of one device names it above the table."""
    dials = {(item.account, item.resource, item.place) for item in passed}
    if len(dials) != 1 or passed[0].meter is not None:
        return passed
    meters = find_meters(text)
    if len(meters) != 1:
        return passed
    return tuple(replace(item, meter=meters[0].value) for item in passed)


def _number(cell: TextTableCell) -> NumberWithUnit | None:
    """The one number of a cell: its blanks stand between thousands, since the cell bounds it."""
    text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", "", cell.text)
    values = find_values(text)
    if len(values) != 1:
        return None
    shift = len(cell.text) - len(text)
    value = values[0]
    return replace(
        value,
        start=cell.start + value.start,
        end=cell.start + value.end + shift,
        stop=cell.start + value.stop + shift,
    )


def _serial(cell: TextTableCell | None) -> str | None:
    """A serial in a column headed «№» alone; shorter numbers count the rows."""
    digits = _digits(cell)
    return digits if digits and len(digits) >= _MIN_SERIAL else None


def _digits(cell: TextTableCell | None) -> str | None:
    """An account or serial of a sheet: spreadsheets turn whole numbers into «5501.0»."""
    match = re.search(r"\d[\d-]*", cell.text) if cell else None
    return match.group() if match else None
