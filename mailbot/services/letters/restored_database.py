"""Notice that the database is older than what left: it was restored from a backup; the journal or Sent knows better.

What left is recognised when it is about to leave again (`departed_before`); numbers go on above those that clients hold.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from mailbot.model.letter.own_message_id import case_token_of, is_own_message_id
from mailbot.store import ClaimedOutgoing, Store
from mailbot.store.mail import restored_database
from mailbot.transport import ImapMailbox
from mailbot.transport.departure_journal import Departure, DepartureJournal

log = logging.getLogger(__name__)

ENOUGH_KNOWN = 100
"""Letters of Sent in a row that the database knows: those before them it knows too."""

SENT_MARGIN = timedelta(days=1)
"""Copies come into Sent after the letter has left, and the server's clock is not ours."""

MOST_COUNTED = 1000
"""Letters that are looked up to say how many are unknown: enough to say that it is many."""


def distrusts_journal(store: Store, journal: DepartureJournal) -> bool:
    """Must Sent be asked before anything leaves? Where this machine's journal is gone, or proves a restore already.

    A journal that knows less than the database alone proves nothing: other machines have journals of their own.
    """
    left = journal.departures()
    newest = store.ask(restored_database.newest_departure)
    return bool(find_restore(store, left)) or (newest is not None and not left)


def learn_from_sent(store: Store, mailbox: ImapMailbox, journal: DepartureJournal, now: datetime) -> int:
    """Write into the journal what lies in Sent, is ours, and is known to neither: it left after the backup, from another
    machine or before the journal was lost. How many letters. `mailbox` is open. TransportError where it does not answer,
    OSError where the journal cannot be written.

    Read newest first until the database knows a hundred in a row: what left after a backup is newer than what it holds.
    """
    newest = store.ask(restored_database.newest_departure)
    # of a database that knows of no letter: numbers begin anew each year
    since = newest.sent_at - SENT_MARGIN if newest else datetime(now.year, 1, 1, tzinfo=now.tzinfo)
    known_in_a_row, learned = 0, []
    for copy in mailbox.sent_since(since.date()):
        if not is_own_message_id(copy.message_id):
            continue
        if store.ask(restored_database.knows_departure, copy.message_id):
            known_in_a_row += 1
            if known_in_a_row == ENOUGH_KNOWN:
                break
            continue
        known_in_a_row = 0
        if journal.find(copy.message_id) is None:
            # INTERNALDATE has whole seconds: what was written in that second was written before
            learned.append(Departure(copy.message_id, copy.at.astimezone(UTC) + timedelta(seconds=1)))
    for departure in reversed(learned):
        journal.add(departure)
    return len(learned)


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
