"""What the columns of a table hold, by the words of its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from mailbot.model import Resource, Unit
from mailbot.understanding.dial_values.describing_words import COLD, find_cues, names_cold_water, resource
from mailbot.understanding.dial_values.numbers_with_units import unit_of
from mailbot.understanding.numbers.dates import find_days
from mailbot.understanding.tables.cells import TextTableCell

_KINDS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("date", r"^\s*дат[аы]\b"),
        ("skip", r"^\s*(?:V|M|G|T|P|М|Т|Р|dt|Δt|n)\s?\d?\s*(?:[,(]|$)|раб\b|нараб|\bвремя|темпер|давлен|теплоносит"
                 r"|^\s*(?:вн[рп]|бнр|нс)\b|^\s*[TТ]\s?(?:под|обр|нар|раб|[иирr]\b)|^\s*час|^\s*масса|^\s*Δ|^\s*dt\b"),
        ("skip", r"\bрасход|\bразниц|\bразност|\bпотребл|\bп/п\b|\bповерк|\bсумм|\bтариф|\bфио\b|\bтелеф|\bтел\b|начислен|\bнорм"
                 r"|\bплощад|\bпломб|\bдоговор|\bинн\b|\bоплат|\bподпис|\bпримеч"),
        ("old", r"\bпред|\bбыл[оаи]?\b|\bдо\s*$|\bнач(?!исл)|\bпрошл|\bстар"),
        ("value", r"показан|\bстал[оаи]?\b|\bпосле\s*$|\bновы[ей]\b|\bсейчас\b|\bсегодня\b|\bнастоящ"
                  r"|\bтекущ|\bтек\b|\bкон(?:ечн|\.|ец\b)|\bзначени|\bнов(?:ое|ые)\b|интегр|нараст"),
        ("account", r"\bлиц|\bл\s?/\s?с\b|\bлс\b|\bсч[её]т\b|\bабон.*(?:№|номер|код)|код\w* абон"),
        ("skip", r"\bпериод|\bабонент|\bадрес|\bулиц|\bдом\b|^\s*кв"),
        ("order", r"^\s*(?:№|N|#)\s*$"),
        ("unit", r"^\s*ед(?:\.|\b|иниц)|\bизм"),
        ("meter", r"\bзав|\bсерийн|сч[её]тчик|прибор|\bпу\b|\bипу\b|\bномер\b|^\s*№ ?пу|вычислител"),
        ("resource", r"ресурс|услуг|\bвид\b|\bтип\b|энерг(?!ия,)|параметр"),
    )
)  # fmt: skip
_QUANTITY = re.compile(r"^\s*(?:Q|E\d?\b|энергия)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextTableColumn:
    """`name`: value, cold (a value of cold water), old, account, meter, order, unit, resource, date, skip or other.

    `order`: a column headed «№»: serials, or the numbers of the rows.

    `told`: the heading says that the numbers are what a dial shows; a bare «Q, Гкал» or «ноябрь» may be
    the use of a month. `day` orders columns of several days.
    """

    name: str
    text: str
    resource: Resource | None = None
    unit: Unit | None = None
    told: bool = True
    day: int | None = None


def heading(cells: tuple[TextTableCell, ...], received_at: datetime) -> tuple[TextTableColumn, ...]:
    """The columns where the row is a heading that names values; empty where it is none."""
    columns = tuple(column(cell.text, received_at) for cell in cells)
    if any(
        text_column.day is None and re.fullmatch(r"[\d\s.,]*\d[\d\s.,]*", text_column.text)
        for text_column in columns
    ):
        return ()
    if any(text_column.day is None and re.search(r"\d{3,}", text_column.text) for text_column in columns):
        return ()
    if any(
        text_column.day is not None and re.search(r"[-–=:]\s*\d+\s*$", text_column.text)
        for text_column in columns
    ):
        return ()
    named = [text_column.name for text_column in columns if text_column.name != "other"]
    return columns if "value" in named and len(named) > 1 else ()


def column(text: str, received_at: datetime) -> TextTableColumn:
    """What a column holds by its heading `text`."""
    days = find_days(text, received_at)
    day = days[-1].order if days else None
    words = text
    for mention in days:
        words = words[: mention.start] + " " * (mention.end - mention.start) + words[mention.end :]
    cues = [cue for cue in find_cues(words) if cue.name in {"hot", "heat", "cold"}]
    named = cues[-1].name if cues else ""
    measured = resource(named)
    of_value = "value"
    if named == "cold":
        of_value = "cold" if names_cold_water(words[cues[-1].start : cues[-1].end]) else "skip"
        measured = COLD if of_value == "cold" else None
    unit = next(
        (unit_of_word for word in re.findall(r"[^\s,()]+", words) if (unit_of_word := unit_of(word))), None
    )
    name = next((name for name, pattern in _KINDS if pattern.search(words)), "")
    if name:
        return TextTableColumn(of_value if name == "value" else name, text, measured, unit, True, day)
    if _QUANTITY.match(words):
        return TextTableColumn("value", text, Resource.HEATING, unit, False, day)
    if named:
        return TextTableColumn(of_value, text, measured, unit, True, day)
    if day is not None:
        return TextTableColumn("value", text, None, unit, False, day)
    return TextTableColumn("other", text)
