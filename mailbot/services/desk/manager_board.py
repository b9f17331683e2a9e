"""The manager's board: what waits and runs out now, who has what in hand, how the day goes, how the machine is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import Priority
from mailbot.store import Store, StoreTransaction
from mailbot.store.case_log.events import MACHINE
from mailbot.store.cases import review_queue
from mailbot.store.cases.queue_filters import DueBucket
from mailbot.store.cases.review_queue import QueueFilter, QueueLine
from mailbot.store.mail import pipeline_health, sending_pace
from mailbot.store.mail.pipeline_health import Pulse
from mailbot.store.mail.sending_pace import ProviderPace
from mailbot.store.reports import board as counts
from mailbot.store.reports.board import CasesInHand, GivenAnswer, QueueFigures
from mailbot.store.staff import members_and_sessions

EMERGENCIES, CLOCKS = 10, 15
"""Cases that the board names: emergencies, and the deadlines that pass next."""

SLOW = timedelta(minutes=15)
"""A letter that is not decided, or not sent, for longer than this deserves a look."""


HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StaffWorkload:
    """A member of staff today: cases in hand, the oldest of them (None: none), and answers on substance given.

    `login` is empty for the machine.
    """

    login: str
    name: str
    cases: int
    since: datetime | None
    oldest: str
    answered: int


@dataclass(frozen=True, slots=True)
class HourlyCount:
    """An hour of the day, 0 to 23 by the company's clock."""

    hour: int
    came: int
    answered: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Now at a glance. `emergencies` wait, the most pressing first; `clocks` pass next and have not passed.

    `hours` are those of today up to now. `paused`: providers that take no letters of ours for a while.
    """

    now: datetime
    waiting: QueueFigures
    emergencies: tuple[QueueLine, ...]
    clocks: tuple[QueueLine, ...]
    loads: tuple[StaffWorkload, ...]
    hours: tuple[HourlyCount, ...]
    pulse: Pulse
    paused: tuple[ProviderPace, ...]

    @property
    def came(self) -> int:
        return sum(hour.came for hour in self.hours)

    @property
    def answered(self) -> int:
        return sum(hour.answered for hour in self.hours)

    @property
    def pollers_alive(self) -> int:
        return sum(poller.until > self.now for poller in self.pulse.pollers)

    @property
    def undecided_slow(self) -> bool:
        oldest = self.pulse.undecided.oldest
        return oldest is not None and self.now - oldest > SLOW

    @property
    def outgoing_slow(self) -> bool:
        oldest = self.pulse.outgoing.oldest
        return oldest is not None and self.now - oldest > SLOW


def board(store: Store, zone: ZoneInfo, now: datetime) -> Dashboard:
    """The board at that moment, read in one transaction: its figures fit one another."""
    return store.ask(_board, zone, now)


def _board(transaction: StoreTransaction, zone: ZoneInfo, now: datetime) -> Dashboard:
    today = now.astimezone(zone).date()
    morning = datetime.combine(today, time(), zone)
    day_end = datetime.combine(today + timedelta(days=1), time(), zone)
    wanted = QueueFilter(now=now, day_end=day_end)
    given = counts.given(transaction, morning)
    return Dashboard(
        now,
        counts.waiting(transaction, now, day_end),
        _lines(transaction, wanted, rank=Priority.EMERGENCY.rank, limit=EMERGENCIES),
        _clocks(transaction, wanted),
        _loads(transaction, counts.in_hand(transaction, now), given),
        _hours(transaction, morning, day_end, given, now),
        pipeline_health.load_pulse(transaction, now),
        tuple(
            pace for pace in sending_pace.paces(transaction) if pace.paused_until and pace.paused_until > now
        ),
    )


def _lines(
    transaction: StoreTransaction, wanted: QueueFilter, rank: int, limit: int, due: DueBucket | None = None
) -> tuple[QueueLine, ...]:
    asked = QueueFilter(now=wanted.now, day_end=wanted.day_end, rank=rank, due=due)
    return review_queue.lines(transaction, asked, limit)


def _clocks(transaction: StoreTransaction, wanted: QueueFilter) -> tuple[QueueLine, ...]:
    """Rank by rank, for so the queue's index has them in order."""
    lines = [
        line
        for priority in Priority
        for line in _lines(transaction, wanted, rank=priority.rank, limit=CLOCKS, due=DueBucket.AHEAD)
    ]
    ahead = [(line.respond_by, line.id, line) for line in lines if line.respond_by is not None]
    return tuple(line for _, _, line in sorted(ahead, key=lambda entry: entry[:2])[:CLOCKS])


def _loads(
    transaction: StoreTransaction, hands: tuple[CasesInHand, ...], given: tuple[GivenAnswer, ...]
) -> tuple[StaffWorkload, ...]:
    """Everybody who works or has worked today, the busiest first; the machine last."""
    members = members_and_sessions.members(transaction)
    names = {member.login: member.name for member in members}
    in_hand = {hand.login: hand for hand in hands}
    answered: dict[str, int] = {}
    for answer in given:
        answered[answer.by] = answered.get(answer.by, 0) + 1
    people = {member.login for member in members if not member.disabled} | in_hand.keys() | answered.keys()
    loads = [
        _load(person, names, in_hand.get(person), answered.get(person, 0)) for person in people - {MACHINE}
    ]
    loads.sort(key=lambda load: (-load.cases, -load.answered, load.name))
    return (*loads, StaffWorkload("", "автомат", 0, None, "", answered.get(MACHINE, 0)))


def _load(login: str, names: dict[str, str], hand: CasesInHand | None, answered: int) -> StaffWorkload:
    if hand is None:
        return StaffWorkload(login, names.get(login, login), 0, None, "", answered)
    return StaffWorkload(login, names.get(login, login), hand.cases, hand.since, hand.oldest, answered)


def _hours(
    transaction: StoreTransaction,
    morning: datetime,
    day_end: datetime,
    given: tuple[GivenAnswer, ...],
    now: datetime,
) -> tuple[HourlyCount, ...]:
    """From midnight to the hour that runs."""
    bounds = [morning.astimezone(UTC)]
    while bounds[-1] < min(now, day_end):
        bounds.append(bounds[-1] + HOUR)
    came = counts.came(transaction, tuple(bounds))
    return tuple(
        HourlyCount(
            since.astimezone(morning.tzinfo).hour,
            came[at],
            sum(since <= answer.at < since + HOUR for answer in given),
        )
        for at, since in enumerate(bounds[:-1])
    )
