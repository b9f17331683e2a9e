"""What a reminder's template may show, and specimens of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo

from mailbot.composing import wording
from mailbot.model import ContactChannels


@dataclass(frozen=True, slots=True)
class ReminderView:
    """The variables of a reminder. `until` is the last day for readings, or the day the bill was due; `overdue` what is
    late, empty in a reminder of readings. `again`: it is not the first of its bill. `stop_url` may be empty: then a
    letter with `stop_words` stops them."""

    greeting: str
    account: str
    address: str
    month: str
    until: str
    overdue: str
    meters: tuple[str, ...]
    again: bool
    stop_url: str
    stop_words: str
    channels: ContactChannels


def reminder_specimens(channels: ContactChannels, _zone: tzinfo) -> tuple[ReminderView, ...]:
    """Fictional reminders, so that each branch of a template is run before a client's reminder does."""
    full = ReminderView(
        greeting=wording.format_greeting("Зырянова Светлана Юрьевна"),
        account="7023188",
        address="п. Прикамский, ул. Мира, 5-12",
        month="октябрь 2026",
        until="25.10.2026",
        overdue="2 506,16 ₽",
        meters=("горячая вода, счётчик № 08123456", "отопление, счётчик № 5501"),
        again=True,
        stop_url="https://mail.example/stop/specimen",
        stop_words="Не присылайте напоминания",
        channels=channels,
    )
    return full, replace(full, overdue="", meters=(), again=False, stop_url="")
