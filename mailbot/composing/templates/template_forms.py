"""What each mail template is held against at start-up: the variables it may use, specimens of them, what it must name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

from mailbot.composing.templates.loaded_templates import (
    ALARM,
    BILL,
    PERSON_ANSWER,
    REMINDERS,
    REPORT,
    WARNING,
    MailTemplates,
    View,
)
from mailbot.composing.views.alarm_view import AlarmView, alarm_specimens
from mailbot.composing.views.answer_specimens import rated_specimens, specimens
from mailbot.composing.views.answer_view import MailView
from mailbot.composing.views.bill_specimens import bill_specimens
from mailbot.composing.views.bill_view import BillView
from mailbot.composing.views.reminder_view import ReminderView, reminder_specimens
from mailbot.composing.views.report_specimens import report_specimens, warning_specimens
from mailbot.composing.views.report_view import ReportView
from mailbot.composing.views.warning_view import WarningView
from mailbot.model import ContactChannels
from mailbot.model.outgoing.reminder import ReminderKind


@dataclass(frozen=True, slots=True)
class TemplateSpec:
    """`must` is the variable whose value each file of the template shows; `missing` (Russian) is told where it does not."""

    variables: frozenset[str]
    must: str
    missing: str
    specimens: Callable[[ContactChannels, tzinfo], tuple[View, ...]]


_ANSWER = TemplateSpec(
    frozenset(MailView.__dataclass_fields__),
    "number",
    "нет номера обращения; добавьте {{ number }}",
    specimens,
)
_REMINDER = TemplateSpec(
    frozenset(ReminderView.__dataclass_fields__),
    "month",
    "не сказано, о каком месяце речь; добавьте {{ month }}",
    reminder_specimens,
)
_OTHERS = {
    PERSON_ANSWER: replace(_ANSWER, specimens=rated_specimens),
    **dict.fromkeys(REMINDERS.values(), _REMINDER),
    BILL: TemplateSpec(
        frozenset(BillView.__dataclass_fields__),
        "month",
        "не сказано, за какой месяц квитанция; добавьте {{ month }}",
        bill_specimens,
    ),
    REPORT: TemplateSpec(
        frozenset(ReportView.__dataclass_fields__),
        "period",
        "не сказано, за какой период отчёт; добавьте {{ period }}",
        report_specimens,
    ),
    WARNING: TemplateSpec(
        frozenset(WarningView.__dataclass_fields__),
        "summary",
        "не сказано, о скольких обращениях речь; добавьте {{ summary }}",
        warning_specimens,
    ),
    ALARM: TemplateSpec(
        frozenset(AlarmView.__dataclass_fields__),
        "number",
        "не сказано, какое это обращение; добавьте {{ number }}",
        alarm_specimens,
    ),
}

PIECES = _ANSWER.variables.union(*(form.variables for form in _OTHERS.values()))
"""What a piece such as `_layout.html` may use: it stands in letters of every form."""


def form_of(template: str) -> TemplateSpec:
    """The form of the template of that name; most are answers to a case."""
    return _OTHERS.get(template, _ANSWER)


def specimens_of(template: str, templates: MailTemplates) -> tuple[View, ...]:
    """Specimens of data that the template renders with."""
    return form_of(template).specimens(templates.channels, templates.zone)


NEEDED = {
    BILL: "письмо с квитанцией",
    REMINDERS[ReminderKind.READINGS]: "напоминание о показаниях",
    REMINDERS[ReminderKind.DEBT]: "напоминание об оплате",
    REPORT: "отчёт руководителю",
    WARNING: "предупреждение о сроках",
    ALARM: "сообщение об аварии",
}
"""Templates that must be there, though no row of the rules names them, and what for."""
