"""The filter of a list, as it stands in the list's address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Literal
from urllib.parse import parse_qsl, urlencode

from mailbot.model import Channel, LetterKind, Priority
from mailbot.services.desk.case_lists import AGES, DueBucket, QueueFilter
from mailbot.web.cases.case_list import list_named, shown_list
from mailbot.web.value_display import zone

FIELDS = (
    "list",
    "kind",
    "topic",
    "channel",
    "assignee",
    "correspondent",
    "rule",
    "due",
    "age",
    "rank",
    "came",
    "put_off",
    "q",
)
_AGES = tuple(str(age) for age in range(len(AGES)))
_RANKS = tuple(str(priority.rank) for priority in Priority)


def read_filter(asked: Mapping[str, str], now: datetime) -> QueueFilter:
    """The filter that an address asks for; what it names wrongly is left out."""
    listed = shown_list(list_named(asked.get("list", "")))
    put_off: Literal["hidden", "only", "shown"] = (
        "only" if asked.get("put_off") == "only" else "hidden" if listed.deadlines else "shown"
    )
    today = now.astimezone(zone()).date()
    return QueueFilter(
        now=now,
        states=listed.states,
        kind=asked["kind"] if asked.get("kind") in tuple(LetterKind) else "",
        topic=asked.get("topic", "")[:64],
        channel=asked["channel"] if asked.get("channel") in tuple(Channel) else "",
        assignee=asked.get("assignee", "")[:64],
        correspondent=asked.get("correspondent", "")[:64],
        rule=asked.get("rule", "")[:64],
        words=asked.get("q", "")[:200],
        due=DueBucket(asked["due"]) if asked.get("due") in tuple(DueBucket) else None,
        age=int(asked["age"]) if asked.get("age") in _AGES else None,
        rank=int(asked["rank"]) if asked.get("rank") in _RANKS else None,
        put_off=put_off,
        day_end=datetime.combine(today + timedelta(days=1), time(), zone()),
        since=datetime.combine(today, time(), zone()) if asked.get("came") == "today" else None,
    )


def query_of(asked: Mapping[str, str]) -> str:
    """What of an address is the filter, in one order: two equal filters are equal words."""
    return urlencode([(name, asked[name]) for name in FIELDS if asked.get(name)])


def asked_in(query: str) -> dict[str, str]:
    """The filter's fields in a kept query."""
    return {name: value for name, value in parse_qsl(query) if name in FIELDS}
