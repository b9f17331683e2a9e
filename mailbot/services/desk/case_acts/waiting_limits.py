"""Until when a case may wait: never past its deadline; what is urgent or late waits in everybody's sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import ContactChannels, Priority, RequestRefused
from mailbot.store import CaseSummary

USUAL = 2
"""Days after which people look again where they choose nothing else."""

MAX_WAIT = timedelta(days=5)
"""How long a case may wait of which nobody has decided yet what its deadline is."""


@dataclass(frozen=True, slots=True)
class SendTimeChoice:
    """A moment that the page offers, in words. `minutes` from the sending on; 0: at that very moment."""

    words: str
    at: datetime
    minutes: int = 0


def waiting_choices(
    priority: Priority, respond_by: datetime | None, now: datetime, channels: ContactChannels
) -> tuple[SendTimeChoice, ...]:
    """The moments up to the deadline, the sooner first; empty where it has passed: the case stays where it is."""
    last = respond_by if respond_by is not None else now + MAX_WAIT
    offered = (
        *((_in(30, "через полчаса", now),) if priority is Priority.EMERGENCY else ()),
        _in(60, "через час", now),
        _in(180, "через 3 часа", now),
        SendTimeChoice("сегодня к началу дня", _morning(0, now, channels)),
        SendTimeChoice("завтра утром", _morning(1, now, channels)),
        SendTimeChoice("послезавтра утром", _morning(USUAL, now, channels)),
        SendTimeChoice("через 5 дней", _morning(MAX_WAIT.days, now, channels)),
    )
    fitting = tuple(limit for limit in offered if now < limit.at < last)
    if respond_by is not None and respond_by > now:
        fitting = (*fitting, SendTimeChoice("к сроку ответа", respond_by))
    return fitting


def _in(minutes: int, words: str, now: datetime) -> SendTimeChoice:
    return SendTimeChoice(words, now + timedelta(minutes=minutes), minutes)


def default_choice(respond_by: datetime | None, now: datetime, channels: ContactChannels) -> datetime | None:
    """The earlier of the deadline and two days; None where the deadline has passed."""
    if respond_by is not None and respond_by <= now:
        return None
    morning = _morning(USUAL, now, channels)
    return morning if respond_by is None else min(morning, respond_by)


def check_waiting_limit(
    respond_by: datetime | None, until: datetime, now: datetime, channels: ContactChannels
) -> None:
    """RequestRefused where that moment is past, or later than the case may wait."""
    if until <= now:
        raise RequestRefused("Отложить можно только на будущее время.")
    if respond_by is not None and respond_by <= now:
        raise RequestRefused(
            f"Срок ответа уже прошёл ({_told(respond_by, channels)}): отложить обращение нельзя. "
            "Письмо отправьте без времени: обращение останется на виду."
        )
    if respond_by is not None and until > respond_by:
        raise RequestRefused(
            f"Срок ответа — {_told(respond_by, channels)}: позже отложить нельзя. Выберите время не позже срока."
        )
    if respond_by is None and until > now + MAX_WAIT:
        raise RequestRefused(
            f"Срок ответа ещё не определён: отложить можно не дольше чем на {MAX_WAIT.days} дней. "
            "Сначала укажите вид и тему."
        )


def check_not_urgent(case: CaseSummary) -> None:
    """RequestRefused where the case may not leave people's sight: it is answered, handed over, or told how it stands."""
    if case.priority != Priority.NORMAL:
        raise RequestRefused(
            "Аварию и срочное обращение отложить нельзя: ответьте, передайте сотруднику "
            "или отправьте клиенту промежуточное письмо."
        )


def _morning(days: int, now: datetime, channels: ContactChannels) -> datetime:
    """When the company opens, so many days from today."""
    zone = ZoneInfo(channels.time_zone)
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, channels.opens, zone)


def _told(at: datetime, channels: ContactChannels) -> str:
    return f"{at.astimezone(ZoneInfo(channels.time_zone)):%d.%m.%Y %H:%M}"
