"""What the mail about deadlines shows: the cases that are late, then those that will be soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mailbot.composing.views.alarm_view import case_link, dialable_number
from mailbot.composing.views.report_view import add_break_points
from mailbot.model import ContactChannels
from mailbot.model.case.due_case import DueCase
from mailbot.wording.charge_reasons import single_line
from mailbot.wording.report import figures as words

MAX_EXCERPT_LENGTH = 160
"""Characters of a letter that a line shows."""


@dataclass(frozen=True, slots=True)
class DueLine:
    """`how_long`: «просрочено на 3 ч», «осталось 45 мин». `assignee` is «никому не поручено» where there is nobody.

    `place`, `who`, `phone`, `dial` and `words` are the client's, each empty where it is not known.
    """

    number: str
    topic: str
    received: str
    respond_by: str
    how_long: str
    assignee: str
    link: str
    place: str
    who: str
    phone: str
    dial: str
    words: str


@dataclass(frozen=True, slots=True)
class WarningView:
    """The variables of a warning; `summary` («срок прошёл у 2 обращений, близок у 1 обращения») stands in the subject."""

    summary: str
    passed: tuple[DueLine, ...]
    near: tuple[DueLine, ...]
    page: str
    channels: ContactChannels


def build_warning_view(
    cases: Sequence[DueCase], address: str, channels: ContactChannels, zone: tzinfo, now: datetime
) -> WarningView:
    """The variables for these cases, those first that are due first; ValueError where there is none."""
    if not cases:
        raise ValueError("a warning tells of no case")
    ordered = sorted(cases, key=lambda case: (case.respond_by, case.number))
    passed = [case for case in ordered if case.passed]
    near = [case for case in ordered if not case.passed]
    return WarningView(
        summary=_summary(len(passed), len(near)),
        passed=tuple(_line(case, address, zone, now) for case in passed),
        near=tuple(_line(case, address, zone, now) for case in near),
        page=f"{address.rstrip('/')}/board" if address else "",
        channels=channels,
    )


def _summary(passed: int, near: int) -> str:
    phrases = [
        f"срок {word} у {words.format_count(count, 'обращения', 'обращений', 'обращений')}"
        for count, word in ((passed, "прошёл"), (near, "близок"))
        if count
    ]
    return ", ".join(phrases).replace("\u00a0", " ")


def _line(one: DueCase, address: str, zone: tzinfo, now: datetime) -> DueLine:
    left = int((one.respond_by - now).total_seconds())
    number = single_line(one.number)
    return DueLine(
        number=add_break_points(number),
        topic=add_break_points(single_line(one.topic)) or "тема не определена",
        received=words.format_moment(one.received_at.astimezone(zone)),
        respond_by=words.format_moment(one.respond_by.astimezone(zone)),
        how_long=f"просрочено на {words.format_duration(-left)}"
        if left <= 0
        else f"осталось {words.format_duration(left)}",
        assignee=add_break_points(single_line(one.assignee)) or "никому не поручено",
        link=case_link(address, number),
        place=add_break_points(single_line(one.gist.address)),
        who=add_break_points(single_line(one.gist.name)),
        phone=single_line(one.gist.phone),
        dial=dialable_number(one.gist.phone),
        words=add_break_points(_first_words(single_line(one.gist.words))),
    )


def _first_words(text: str) -> str:
    """Enough to know the letter by: of fifty cases nobody reads whole letters in a mail."""
    return text if len(text) <= MAX_EXCERPT_LENGTH else text[: MAX_EXCERPT_LENGTH - 1].rsplit(" ", 1)[0] + "…"
