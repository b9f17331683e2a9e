"""How far staff may move what protects clients: beyond these bounds a threshold, a cap or a deadline would protect nobody.

Each bound says why it is one: whoever meets it at saving, or at the start, reads the reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from mailbot.model import ConfidenceThresholds, DayKind, DeadlineRule, GateLimits
from mailbot.toml import TableFields


@dataclass(frozen=True, slots=True)
class FieldBounds:
    """A field may be from `least` to `most`, both included; `low`, `high`: what would happen beyond (Russian)."""

    field: str
    least: float
    most: float
    low: str = ""
    high: str = ""


THRESHOLDS = (
    FieldBounds("kind", 0.3, 1, low="машина решала бы сама, не поняв, что это за письмо"),
    FieldBounds("also", 0.3, 0.95, low="второе виделось бы в каждом письме", high="второй вопрос или жалоба терялись бы"),
    FieldBounds("topic", 0.2, 0.95, low="ответ уходил бы не по теме", high="темы не узнавались бы вовсе"),
    FieldBounds("passes", 0.3, 1, low="любые числа в письме стали бы показаниями"),
    FieldBounds("argues", 0, 0.4, high="настоящие показания пропадали бы, и их никто не увидел бы"),
    FieldBounds("reading", 0.4, 1, low="в учёт попадали бы показания, прочитанные наугад"),
    FieldBounds("nameless", 0.5, 1, low="показания приписывались бы не тому прибору"),
    FieldBounds("answer", 0.4, 1, low="машина отвечала бы на вопрос, которого не поняла"),
    FieldBounds("repeat", 0.3, 1, low="новый вопрос оставался бы без ответа как повторный"),
    FieldBounds("talk", 0.85, 1, low="просьба рядом с показаниями сошла бы за разговор и осталась без ответа"),
    FieldBounds("grave_talk", 0.97, 1, low="поломка или переезд рядом с показаниями сошли бы за разговор, остались без ответа"),
    FieldBounds("seeming_talk", 0.7, 1, low="просьба из простых слов сошла бы за разговор и осталась без ответа"),
    FieldBounds("answered", 0.85, 1, low="на письмо, где просят ещё о чём-то, уходил бы готовый ответ не о том"),
)  # fmt: skip

_SILENT = "клиенты не получали бы даже подтверждения"
_LOOP = "две программы, отвечающие друг другу, не остановились бы"
_ECHO = "программа, что пишет с новых и новых адресов, не остановилась бы"
_SPAM = "почта сочла бы это рассылкой и закрыла ящик"
CAPS = (
    FieldBounds("per_hour", 1, 20, _SILENT, _LOOP),
    FieldBounds("per_day", 1, 50, _SILENT, _LOOP),
    FieldBounds("per_week", 1, 200, _SILENT, _LOOP),
    FieldBounds("all_per_hour", 10, 2000, _SILENT, _SPAM),
    FieldBounds("all_per_day", 50, 20_000, _SILENT, _SPAM),
    FieldBounds("strangers_per_hour", 5, 1000, _SILENT, _ECHO),
    FieldBounds("strangers_per_day", 20, 5000, _SILENT, _ECHO),
    FieldBounds("emergency_reserve", 5, 80, "в потоке писем не подтверждались бы аварии", _SILENT),
)

MAX_DEADLINE = {DayKind.HOURS: 240, DayKind.WORKING: 22, DayKind.CALENDAR: 31, DayKind.MONTHS: 1}
"""A month, in every unit: № 59-ФЗ, art. 12, and no row of the standard gives more."""

EMERGENCY, MAX_EMERGENCY_DEADLINE = "emergency", 24
"""The row of emergencies counts hours, and no more than these."""


def check_thresholds(row: TableFields, found: ConfidenceThresholds) -> None:
    """A fault for each threshold that would protect nobody."""
    _check(row, found, THRESHOLDS)
    if found.argues > found.passes:
        row.fault(
            "argues", "поле «argues» больше, чем «passes»: между ними решает сотрудник; уменьшите argues"
        )


def check_caps(row: TableFields, found: GateLimits) -> None:
    """A fault for each cap that would stop all letters.

    One too high is none: a trial beside servers of its own lifts them all. `lifted_caps` tells of it.
    """
    _check(row, found, tuple(replace(cap, most=math.inf) for cap in CAPS))
    for shorter, longer in (
        ("per_hour", "per_day"),
        ("per_day", "per_week"),
        ("all_per_hour", "all_per_day"),
        ("strangers_per_hour", "strangers_per_day"),
    ):
        if getattr(found, shorter) > getattr(found, longer):
            row.fault(shorter, f"поле «{shorter}» больше, чем «{longer}»; уменьшите его")


def lifted_caps(limits: GateLimits) -> list[str]:
    """Each cap so high that it would stop nothing, and what it no longer prevents (Russian)."""
    return [
        f"{cap.field} = {getattr(limits, cap.field)}, больше {cap.most:g}: {cap.high}"
        for cap in CAPS
        if getattr(limits, cap.field) > cap.most
    ]


def check_deadline(row: TableFields, found: DeadlineRule) -> None:
    """A fault where an answer would be owed so late that none is owed in time."""
    if found.amount > MAX_DEADLINE[found.unit]:
        row.fault(
            "amount",
            f"срок «{found.name}» длиннее месяца: просрочки никто не увидел бы; не больше {MAX_DEADLINE[found.unit]}",
        )
    if found.name == EMERGENCY and (found.unit is not DayKind.HOURS or found.amount > MAX_EMERGENCY_DEADLINE):
        row.fault(
            "amount",
            f"срок аварии — часы (unit = «hours»), не больше {MAX_EMERGENCY_DEADLINE}: авария не ждёт рабочего дня",
        )


def _check(
    row: TableFields, found: ConfidenceThresholds | GateLimits, bounds: tuple[FieldBounds, ...]
) -> None:
    for bound in bounds:
        value = getattr(found, bound.field)
        if not bound.least <= value <= bound.most:
            why = bound.low if value < bound.least else bound.high
            row.fault(
                bound.field,
                f"поле «{bound.field}»: можно от {bound.least:g} до {bound.most:g}, а {value:g} "
                f"отключает защиту: {why}",
            )
