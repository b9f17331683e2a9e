"""The Russian words of resources and their units: one dictionary for each form, with exactly the members of its set."""

from __future__ import annotations

from collections.abc import Iterable

from mailbot.model.resource import Resource, Unit

RESOURCES = {
    Resource.HEATING: "отопление",
    Resource.HOT_WATER: "горячая вода",
    Resource.COLD_WATER: "холодная вода",
}
"""What is measured: «горячая вода»."""

OF_RESOURCES = {
    Resource.HEATING: "отопления",
    Resource.HOT_WATER: "горячей воды",
    Resource.COLD_WATER: "холодной воды",
}
"""After «счётчик»: «горячей воды»."""

MEASURED_RESOURCES = {
    Resource.HEATING: "отопление",
    Resource.HOT_WATER: "горячую воду",
    Resource.COLD_WATER: "холодную воду",
}
"""After «измеряет»: «горячую воду»."""

RESOURCE_ABBREVIATIONS = {
    Resource.HEATING: "отопление",
    Resource.HOT_WATER: "гвс",
    Resource.COLD_WATER: "хвс",
}
"""How tables of the trade shorten them, in lower case."""

UNITS = {
    Unit.GCAL: "Гкал",
    Unit.GJ: "ГДж",
    Unit.MWH: "МВт·ч",
    Unit.KWH: "кВт·ч",
    Unit.M3: "м³",
}
"""As a reader sees them."""


def format_unit(unit: Unit | None) -> str:
    """«м³»; empty for none."""
    return "" if unit is None else UNITS[unit]


def with_raised_powers(text: str) -> str:
    """«6 м³» where the ledger and the model write «м3»."""
    return text.replace(Unit.M3, UNITS[Unit.M3])


def list_measured(resources: Iterable[Resource]) -> str:
    """«отопление или горячую воду», after «измеряет»."""
    *first, last = (MEASURED_RESOURCES[resource] for resource in resources)
    return f"{', '.join(first)} или {last}" if first else last


def capitalized(resource: Resource) -> str:
    """As a title or a row of a table begins: «Горячая вода»."""
    return RESOURCES[resource].capitalize()
