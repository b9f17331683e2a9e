"""One attempt at the next letter: claimed, counted and committed before it begins."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.handle import handle
from mailbot.store import Store
from mailbot.store.mail import incoming_claims

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""After the third failure a letter goes before a person, with its raw bytes and the error."""

Handle = Callable[[Store, ActiveRules, int, datetime], None]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """What a worker works with: its name, the rules in force, and its limits."""

    name: str
    rules: ActiveRules
    time_limit: timedelta
    retry_after: timedelta
    handle: Handle = handle

    @property
    def lease(self) -> timedelta:
        """How long a letter is this worker's: nobody else takes it before the supervisor has ended the worker."""
        return self.time_limit * 2


def attempt_next(
    store: Store, bench: WorkerContext, clock: Clock, began: Callable[[int], None] = lambda _: None
) -> bool:
    """Handle the next letter that is due; False where there is none.

    `began` is told the letter's id once the attempt is committed, so that a supervisor can end a
    worker that hangs. The lease outlasts the time limit: nobody else takes the letter before.
    """
    claimed = store.do(incoming_claims.claim, bench.name, bench.lease, clock(), ATTEMPTS, bench.retry_after)
    if claimed is None:
        return False
    if claimed.waited_for is not None:
        log.warning(
            "Письмо %s должно было ждать до %s, так долго ничто не ждёт: чьи-то часы спешили. Разбираем сейчас.",
            claimed.letter_id,
            f"{claimed.waited_for:%d.%m.%Y %H:%M} UTC",
        )
    began(claimed.letter_id)
    try:
        bench.handle(store, bench.rules, claimed.letter_id, clock())
    except Exception as error:  # one letter's failure never stops the next (design: nothing lost, 3)
        log.exception("Письмо %s: попытка %s не удалась", claimed.letter_id, claimed.attempt)
        record_failure(
            store, claimed.letter_id, f"{type(error).__name__}: {error}", bench.retry_after, clock()
        )
    return True


def record_failure(store: Store, letter_id: int, error: str, retry_after: timedelta, now: datetime) -> None:
    """Record a failed attempt; the third one puts the letter before a person."""
    store.do(incoming_claims.fail, letter_id, error, now, now + retry_after, ATTEMPTS)


def give_to_person(store: Store, letter_id: int, why: str, now: datetime) -> None:
    """A letter that would fare no better at another attempt: a person sees it now, as it came."""
    store.do(incoming_claims.fail, letter_id, why, now, now, 1)
