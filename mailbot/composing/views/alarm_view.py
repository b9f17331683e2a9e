"""What the mail about an emergency shows: where, who, what, and a link to act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

from mailbot.model import ContactChannels
from mailbot.model.case.emergency import Emergency, EmergencySummary
from mailbot.wording.charge_reasons import single_line
from mailbot.wording.report import figures as words

MISSING = "в письме нет"


@dataclass(frozen=True, slots=True)
class AlarmView:
    """The variables of the alarm. `place`, `who`, `phone` are «в письме нет» where the letter does not say; `dial` is
    what a telephone dials, empty where there is nothing to dial; `nth` counts the alarms, this one included.
    """

    number: str
    what: str
    place: str
    place_known: bool
    who: str
    phone: str
    dial: str
    account: str
    words: str
    received: str
    respond_by: str
    nth: int
    link: str
    channels: ContactChannels


def build_alarm_view(
    emergency: Emergency, topic: str, address: str, channels: ContactChannels, zone: tzinfo
) -> AlarmView:
    """The variables for this emergency. `topic` is its title, `address` where the pages are reached, empty for no link."""
    gist = emergency.gist
    return AlarmView(
        number=single_line(emergency.number),
        what=single_line(topic) or "срочное обращение",
        place=single_line(gist.address) or MISSING,
        place_known=bool(single_line(gist.address)),
        who=single_line(gist.name) or MISSING,
        phone=single_line(gist.phone) or MISSING,
        dial=dialable_number(gist.phone),
        account=single_line(gist.account),
        words=single_line(gist.words) or single_line(emergency.subject) or "(письмо без слов)",
        received=words.format_moment(emergency.received_at.astimezone(zone)),
        respond_by=words.format_moment(emergency.respond_by.astimezone(zone)) if emergency.respond_by else "",
        nth=max(emergency.alarms, 1),
        link=case_link(address, emergency.number),
        channels=channels,
    )


def case_link(address: str, number: str) -> str:
    """Where the case's page is reached; empty where the pages have no address."""
    return f"{address.rstrip('/')}/case/{quote(number, safe='')}" if address else ""


def dialable_number(phone: str) -> str:
    """The number as a telephone dials it; empty where there are too few digits to dial."""
    digits = "".join(character for character in phone if character.isdigit() or character == "+")
    return digits if len(digits) >= 5 else ""


def alarm_specimens(channels: ContactChannels, zone: tzinfo) -> tuple[AlarmView, ...]:
    """Fictional emergencies: one with everything, one of which next to nothing is known."""
    full = Emergency(
        1,
        "26-000123",
        "burst",
        "Прорыв",
        datetime(2026, 11, 21, 7, 30, tzinfo=UTC),
        datetime(2026, 11, 21, 9, 30, tzinfo=UTC),
        EmergencySummary(
            "Зуева Анна",
            "Мира, 5-12",
            "+79024450101",
            "7023188",
            "В подвале лопнула труба, пар до первого этажа.",
        ),
        alarms=2,
    )
    bare = Emergency(2, "26-000124", None, "", full.received_at, None, EmergencySummary())
    return (
        build_alarm_view(full, "прорыв трубы", "https://mail.example", channels, zone),
        build_alarm_view(bare, "", "", channels, zone),
    )
