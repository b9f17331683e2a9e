"""What the mail about deadlines shows: the cases that are late, then those that will be soon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mailbot.composing.alarm_view import case_link, dialled
from mailbot.composing.report_view import breakable
from mailbot.model import Channels
from mailbot.model import report_words as words
from mailbot.model.due_case import DueCase
from mailbot.model.reasons import one_line

WORDS = 160
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
    channels: Channels


def warning_view(
    cases: Sequence[DueCase], address: str, channels: Channels, zone: tzinfo, now: datetime
) -> WarningView:
    """The variables for these cases, those first that are due first; ValueError where there is none."""
    if not cases:
        raise ValueError("a warning tells of no case")
    ordered = sorted(cases, key=lambda one: (one.respond_by, one.number))
    passed = [one for one in ordered if one.passed]
    near = [one for one in ordered if not one.passed]
    return WarningView(
        summary=_summary(len(passed), len(near)),
        passed=tuple(_line(one, address, zone, now) for one in passed),
        near=tuple(_line(one, address, zone, now) for one in near),
        page=f"{address.rstrip('/')}/board" if address else "",
        channels=channels,
    )


def _summary(passed: int, near: int) -> str:
    told = [
        f"срок {word} у {words.counted(count, 'обращения', 'обращений', 'обращений')}"
        for count, word in ((passed, "прошёл"), (near, "близок"))
        if count
    ]
    return ", ".join(told).replace("\u00a0", " ")


def _line(one: DueCase, address: str, zone: tzinfo, now: datetime) -> DueLine:
    left = int((one.respond_by - now).total_seconds())
    number = one_line(one.number)
    return DueLine(
        number=breakable(number),
        topic=breakable(one_line(one.topic)) or "тема не определена",
        received=words.moment(one.received_at.astimezone(zone)),
        respond_by=words.moment(one.respond_by.astimezone(zone)),
        how_long=f"просрочено на {words.duration(-left)}"
        if left <= 0
        else f"осталось {words.duration(left)}",
        assignee=breakable(one_line(one.assignee)) or "никому не поручено",
        link=case_link(address, number),
        place=breakable(one_line(one.gist.address)),
        who=breakable(one_line(one.gist.name)),
        phone=one_line(one.gist.phone),
        dial=dialled(one.gist.phone),
        words=breakable(_first_words(one_line(one.gist.words))),
    )


def _first_words(text: str) -> str:
    """Enough to know the letter by: of fifty cases nobody reads whole letters in a mail."""
    return text if len(text) <= WORDS else text[: WORDS - 1].rsplit(" ", 1)[0] + "…"
