"""Notice that the database is older than what left: it was restored from a backup, and the journal knows better.

What left is recognised when it is about to leave again (`departed_before`); numbers go on above those that clients hold.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from itertools import islice, takewhile

from mailbot.model.letter.own_message_id import case_token_of
from mailbot.store import ClaimedOutgoing, Store
from mailbot.store.mail import restored_database
from mailbot.transport.departure_journal import Departure, DepartureJournal

log = logging.getLogger(__name__)

MOST_COUNTED = 1000
"""Letters that are looked up to say how many are unknown: enough to say that it is many."""


def find_restore(store: Store, left: Sequence[Departure]) -> str:
    """What to tell staff (Russian); empty where the database knows the newest letter that left. Changes nothing."""
    newest_first = (departure.message_id for departure in reversed(left))
    unknown = takewhile(lambda id: not store.ask(restored_database.knows_departure, id), newest_first)
    count = sum(1 for _ in islice(unknown, MOST_COUNTED))
    if not count:
        return ""
    return (
        f"база восстановлена из копии: она не знает об отправленных письмах ({count}). "
        "Второй раз они не уйдут, новые номера обращений будут выше уже выданных. "
        "Проверьте, что сделано после копии: решений сотрудников за это время в базе нет"
    )


def go_on_after_restore(store: Store, left: Sequence[Departure]) -> None:
    """At a start, before anything is numbered or sent."""
    if told := find_restore(store, left):
        log.warning("Внимание: %s.", told)
        for year, last in _highest_numbers(left).items():
            store.do(restored_database.use_numbers_above, year, last)


def _highest_numbers(left: Sequence[Departure]) -> dict[int, int]:
    highest: dict[int, int] = {}
    for departure in left:
        if number := case_token_of(departure.message_id):
            year, serial = 2000 + int(number[:2]), int(number[3:])
            highest[year] = max(highest.get(year, 0), serial)
    return highest


def departed_before(claimed: ClaimedOutgoing, journal: DepartureJournal) -> Departure | None:
    """This very letter as it left before; None where it did not.

    What a person wrote after the restore is another text, whatever it is called: it leaves.
    """
    departure = journal.find(claimed.message_id)
    if departure is None or claimed.automatic:
        return departure
    same = departure.message_id == claimed.message_id and claimed.created_at <= departure.at
    return departure if same else None
