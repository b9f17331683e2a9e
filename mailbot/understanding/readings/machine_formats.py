"""Readings in the fixed forms that neighbouring utilities taught people (domain, «Readings»)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from mailbot.model import Resource
from mailbot.understanding.dial_values.describing_words import COLD, HEAT, HOT, names_cold_water
from mailbot.understanding.dial_values.passed_value import PassedValue, lone_unit

_VALUE = r"\d{1,9}(?:[.,]\d{1,4})?"
_PLAIN = tuple(
    re.compile(rf"(?m)^[ \t]*{form}[ \t]*$")
    for form in (
        rf"(?P<account>\d{{5,12}})\s?\*\s?(?P<value>{_VALUE})",
        rf"(?P<account>\d{{5,12}})#(?P<meter>\d{{3,12}})#(?P<value>{_VALUE})",
        r"(?P<account>\d{8,12}) (?P<meter>\d{3,8}) (?P<value>\d{1,6}(?:[.,]\d{1,4})?)",
    )
)
# «л/с 1Г<value> 1Х<value>» and «ЖКХ 1# account Х <value> Г <value>»: Х is cold water, Г hot
_LETTERED = re.compile(
    rf"(?m)^[ \t]*(?:(?i:жкх)\s*\d*\s*#\s*|(?i:л\s?/?\s?с)[\s№:]*)?(?P<account>\d{{5,12}})"
    rf"(?P<values>(?:[ \t]+\d?[ГХгх]\s?{_VALUE})+)[ \t]*$"
)
# «120033*гвс*123»: the same with the resource named
_NAMED = re.compile(
    rf"(?mi)^[ \t]*(?P<account>\d{{5,12}})\s?[*#;/]\s?(?P<name>гвс|гв|хвс|хв|тепло|отопление)\s?[*#;/:=]\s?(?P<value>{_VALUE})[ \t]*$"
)
_DIAL = re.compile(rf"(?P<ordinal>\d?)(?P<letter>[ГгХх])\s?(?P<value>{_VALUE})")


def read_machine_lines(text: str) -> tuple[PassedValue, ...]:
    """The readings of all lines that keep to one of the forms; empty where no line does."""
    values = [
        _passed(match, match.span("value"), match["value"], None, match.groupdict().get("meter"))
        for form in _PLAIN
        for match in form.finditer(text)
    ]
    for match in _LETTERED.finditer(text):
        offset = match.start("values")
        for dial in _DIAL.finditer(match["values"]):
            span = (offset + dial.start("value"), offset + dial.end("value"))
            passed = _passed(match, span, dial["value"], _measured(dial["letter"]), None)
            values.append(replace(passed, place=dial["ordinal"]))
    for match in _NAMED.finditer(text):
        values.append(
            _passed(match, match.span("value"), match["value"], _measured(match["name"].lower()), None)
        )
    return tuple(sorted(values, key=lambda value: value.start))


def _measured(word: str) -> Resource:
    if names_cold_water(word):
        return COLD
    return HOT if word.lower().startswith("г") else HEAT


def _passed(
    match: re.Match[str], span: tuple[int, int], written: str, resource: Resource | None, meter: str | None
) -> PassedValue:
    return PassedValue(
        start=span[0],
        end=span[1],
        line=match.span(),
        value=Decimal(written.replace(",", ".")),
        unit=lone_unit(resource),
        resource=resource,
        meter=meter,
        confidence=0.9 if resource else 0.75,
        account=match["account"],
        listed=True,
    )
