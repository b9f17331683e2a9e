"""How values look on a page: moments in the company's time, words for codes, the undo bar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request, session
from flask_login import current_user

from mailbot.model import Channel
from mailbot.model.mailbox_duty import MailboxFault
from mailbot.services.desk.case_acts.undoable_acts import newest_act, undoable_acts
from mailbot.services.desk.case_lists import QueueLine
from mailbot.web.request_context import active_rules, member, now, store
from mailbot.wording.case_titles import (
    ACTIONS,
    CASE_STATES,
    CERTAINTIES,
    CHANNELS,
    CLIENT_PROOFS,
    DELIVERY_STATES,
    LETTER_KINDS,
    NOT_APPEALS,
    PRIORITIES,
    READING_STATES,
)
from mailbot.wording.mailbox_titles import describe_duty_fault
from mailbot.wording.report.figures import format_duration
from mailbot.wording.resources import RESOURCES
from mailbot.wording.staff_titles import AUDITED_ACTS, CASE_ACTS_DONE, STAFF_ROLES

SINCE, TOGETHER, MAX_TOGETHER = "acts_after", "acts_together", 10
SOURCES = {
    "RFC 3834": "правило почты: программам не отвечают",
    "RFC 5322": "правило почты: у каждого письма свой номер",
}
"""What a rule leans on that is no clause of the standard."""
REASONS = {
    "no_contacts": "нет контактных данных",
    "abuse": "оскорбления и нет сути",
    "unreadable": "не читается",
    "repeat": "уже отвечено, нового нет",
}

THEMES = ("light", "dark")
"""What the switch of the pages keeps in its cookie; any other follows the machine."""

MARKS_BY_RANK = {priority.rank: words for priority, words in PRIORITIES.items()}


def zone() -> ZoneInfo:
    return ZoneInfo(active_rules().rulebook.channels.time_zone)


def mailbox_fault(fault: MailboxFault) -> str:
    """What of the mailbox stands still, and what to do."""
    return describe_duty_fault(fault.duty, fault.folder, fault.why)


def moment(at: datetime | None) -> str:
    """«23.11 14:05», with the year where it is not this one."""
    if at is None:
        return ""
    local = at.astimezone(zone())
    this_year = local.year == now().astimezone(zone()).year
    return local.strftime("%d.%m %H:%M" if this_year else "%d.%m.%Y %H:%M")


def clock(at: datetime) -> str:
    """«14:05:30», by the company's clock."""
    return f"{at.astimezone(zone()):%H:%M:%S}"


def besides_mail(channel: Channel) -> str:
    """How an appeal came; empty for a letter, as nearly all are."""
    return "" if channel is Channel.MAIL else CHANNELS[channel]


def left(until: datetime | None) -> str:
    """How long there is: «просрочено на 2 дн.», «осталось 3 ч», «до 26.11»."""
    if until is None:
        return "без срока"
    rest = until - now()
    span = abs(rest)
    words = (
        f"{span.days} дн."
        if span >= timedelta(days=1)
        else f"{span.seconds // 3600} ч"
        if span >= timedelta(hours=1)
        else f"{max(1, span.seconds // 60)} мин"
    )
    return f"просрочено на {words}" if rest < timedelta() else f"ещё {words}"


def urgency(until: datetime | None) -> str:
    """A class of the line: over, today, later, none."""
    if until is None:
        return "none"
    rest = until - now()
    return "over" if rest < timedelta() else "today" if rest < timedelta(days=1) else "later"


def ahead(at: datetime | None) -> bool:
    """Is that moment still to come?"""
    return at is not None and at > now()


def snippet(line: QueueLine) -> str:
    """The beginning of the writer's words; they are kept below the subject, which stands beside them already."""
    return line.snippet.removeprefix(line.subject).strip()


def sure(confidence: float) -> str:
    """Confidence in words."""
    if confidence >= 0.9:
        return "уверенно"
    return "скорее всего" if confidence >= 0.7 else "сомнительно" if confidence >= 0.5 else "почти наугад"


def topic_title(name: str) -> str:
    topic = active_rules().rulebook.topic(name)
    return topic.title if topic else {"spam": "реклама"}.get(name, name)


def clause(id: str) -> str:
    """«п. 2.2.email.1»; what is no clause of the standard is named by what it says, not by the number of an RFC."""
    known = next((words for source, words in SOURCES.items() if id.startswith(source)), "")
    return known or (f"п. {id}" if id else "")


def writer(group: str) -> str:
    """Who writes that is no client: «Официальный запрос»."""
    known = active_rules().rulebook.correspondent(group)
    return known.title if known else group


def begin_acts() -> None:
    """From here on what the member does can be undone in this session."""
    session[SINCE] = newest_act(store())


@contextmanager
def acts_together() -> Iterator[None]:
    """What the member does meanwhile is taken back at once."""
    first = newest_act(store())
    yield
    done = [first, newest_act(store())]
    session[TOGETHER] = [*session.get(TOGETHER, ()), done][-MAX_TOGETHER:]


def undoable() -> dict[str, Any] | None:
    """What of this session can be undone next, how many acts after it, and the seconds that its letter still waits."""
    if SINCE not in session:  # one that was opened by an earlier version
        begin_acts()
    acts = undoable_acts(store(), member().login, session[SINCE], session.get(TOGETHER, ()))
    if not acts:
        return None
    act = acts[0]
    seconds = int((act.until - now()).total_seconds()) if act.what.writes_letter else 0
    words = CASE_ACTS_DONE[act.what]
    return {
        "words": words,
        "of": act.numbers,
        "at": act.at,
        "seconds": max(0, seconds),
        "more": len(acts) - 1,
    }


def teach(app: Flask) -> None:
    """Give all templates these words."""
    app.jinja_env.filters.update(
        moment=moment,
        mailbox_fault=mailbox_fault,
        clock=clock,
        left=left,
        urgency=urgency,
        ahead=ahead,
        snippet=snippet,
        besides_mail=besides_mail,
        sure=sure,
        topic=topic_title,
        clause=clause,
        writer=writer,
        duration=format_duration,
    )
    app.jinja_env.globals.update(
        KINDS=LETTER_KINDS, ACTIONS=ACTIONS, STATES=CASE_STATES, DELIVERIES=DELIVERY_STATES, RESOURCES=RESOURCES,
        CHANNELS=CHANNELS, ROLES=STAFF_ROLES, PRIORITIES=MARKS_BY_RANK, REASONS=REASONS, NOT_APPEALS=NOT_APPEALS,
        READING_STATES=READING_STATES, AUDITED_ACTS=AUDITED_ACTS, CLIENT_PROOFS=CLIENT_PROOFS,
        CERTAINTIES=CERTAINTIES,
    )  # fmt: skip

    @app.context_processor
    def around() -> dict[str, Any]:
        inside, theme = current_user.is_authenticated, request.cookies.get("theme", "")
        return {
            "me": current_user.member if inside else None,
            "undoable": undoable,
            "here": request.full_path.rstrip("?"),
            "theme": theme if theme in THEMES else "",
        }
