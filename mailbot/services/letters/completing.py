"""Letters that a server gave in part at first are asked for again, and completed where they come whole."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from mailbot.model import MailboxLocation, RawLetter
from mailbot.parsing import read_envelope
from mailbot.store import Store, StoreTransaction
from mailbot.store.mail import letter_parts
from mailbot.transport import ImapMailbox, ProtocolError

log = logging.getLogger(__name__)

PORTION = 20
"""Letters asked for at once: new ones wait meanwhile."""

TRIES = 12
"""So often a process asks for one letter; each may cost a broken connection."""


class LetterCompletion:
    """Remembers what was asked for: a letter that breaks the connection keeps no other from its turn."""

    def __init__(self, store: Store, mailbox: ImapMailbox, clock: Callable[[], datetime]) -> None:
        self._store, self._mailbox, self._clock = store, mailbox, clock
        self._tries: Counter[MailboxLocation] = Counter()

    def run(self) -> int:
        """Ask for what is incomplete, the least tried first; how many came whole."""
        places = self._store.ask(letter_parts.incomplete, self._mailbox.name, self._mailbox.size_limit)
        completed = 0
        for place in sorted(places, key=self._tries.__getitem__)[:PORTION]:
            if self._tries[place] == TRIES:
                break
            self._tries[place] += 1
            try:
                raw = self._mailbox.fetch_whole(place)
            except ProtocolError as error:  # of a folder that cannot be read its collecting tells
                log.debug("Папка %s, письмо %s: %s", place.folder, place.uid, error)
                continue
            if raw is not None:
                completed += self._store.do(_complete, place, raw, self._clock())
        if completed:
            log.info("Получены целиком письма, от которых была только часть: %s", completed)
        return completed


def _complete(transaction: StoreTransaction, place: MailboxLocation, raw: RawLetter, now: datetime) -> bool:
    letter_id = letter_parts.letter_at(transaction, place)
    if letter_id is None:
        return False
    return letter_parts.complete_letter(transaction, letter_id, raw, read_envelope(raw.content), now)
