"""The cases behind a figure of a report, as the list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailbot.services.desk.settings import House
from mailbot.store import Store, desk
from mailbot.store.desk import QueueLine


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case of the list."""

    line: QueueLine


def opened(store: Store, house: House, ids: tuple[int, ...], as_of: datetime) -> tuple[OpenedCase, ...]:
    """The cases of these ids, the newest first; at most a page of them."""
    return tuple(OpenedCase(one) for one in store.ask(desk.lines_of, ids))
