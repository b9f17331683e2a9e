"""Each duty of the mailbox is tried apart: what one folder or one command meets holds nothing else up."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from mailbot.model.mailbox_duty import MailboxDuty
from mailbot.services.letters.collect import MailboxTaken
from mailbot.store import StoreUnavailable
from mailbot.transport import AuthenticationError, Backoff, ProtocolError, ServerUnavailable
from mailbot.wording.mailbox_titles import describe_duty_fault

log = logging.getLogger(__name__)

BREAKS = 3
"""So often running a duty may end with a broken connection before it is set aside as its own fault."""

TELL_AGAIN = 3600.0
"""Seconds after which a fault that lasts is told once more."""

NUMBERS = re.compile(r"\[[^\]]*\d[^\]]*\]|\([^()]*\d[^()]*\)|\d+")
"""Servers put moments, durations, numbers of sessions into their words: a fault that differs in these is the same."""

Result = TypeVar("Result")
DutyKey = tuple[MailboxDuty, str]
"""A duty, and its folder where it has one."""


@dataclass(slots=True)
class _Trouble:
    """What a duty has met since it last went well. Moments are of the monotonic clock, in seconds."""

    backoff: Backoff = field(default_factory=lambda: Backoff(first=2.0, last=300.0))
    due_at: float = 0.0
    breaks: int = 0
    told: str = ""
    told_at: float = 0.0


class MailboxDuties:
    """Remembers beyond the connection which duties failed, and lets each wait its own growing pause.

    `show` is given a duty, its folder, and why it fails; nothing where it goes well again.
    """

    def __init__(
        self,
        show: Callable[[MailboxDuty, str, str], object] = lambda *_: None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._show, self._monotonic = show, monotonic
        self._troubles: dict[DutyKey, _Trouble] = {}

    def attempt(self, duty: MailboxDuty, do: Callable[[], Result], folder: str = "") -> Result | None:
        """What `do` gives; None where it fails, or where the duty still waits after a failure.

        Raises ServerUnavailable where the connection broke (nothing else can go on over it), and what
        concerns every duty: StoreUnavailable, AuthenticationError, MailboxTaken.
        """
        key = (duty, folder)
        trouble = self._troubles.get(key)
        if trouble is not None and self._monotonic() < trouble.due_at:
            return None
        try:
            result = do()
        except (StoreUnavailable, AuthenticationError, MailboxTaken):
            raise
        except ServerUnavailable as error:
            trouble = self._troubles.setdefault(key, _Trouble())
            trouble.breaks += 1
            if trouble.breaks >= BREAKS:
                self._set_aside(key, trouble, str(error))
            raise
        except ProtocolError as error:
            self._set_aside(key, self._troubles.setdefault(key, _Trouble()), str(error))
            return None
        except Exception as error:  # a fault of our own in one duty must not keep the others from going on
            log.exception("Не удалось: %s %s", duty.value, folder)
            words = f"{type(error).__name__}: {error}"
            self._set_aside(key, self._troubles.setdefault(key, _Trouble()), words)
            return None
        self._went_well(key)
        return result

    def _set_aside(self, key: DutyKey, trouble: _Trouble, why: str) -> None:
        """Wait, and tell: once, again when the fault changes, and again when it has lasted."""
        now = self._monotonic()
        trouble.due_at = now + trouble.backoff.next()
        words = describe_duty_fault(*key, why)
        changed = NUMBERS.sub("", words) != NUMBERS.sub("", trouble.told)
        if changed or now - trouble.told_at >= TELL_AGAIN:
            log.error("%s", words)
            self._show(*key, why)
            trouble.told, trouble.told_at = words, now

    def _went_well(self, key: DutyKey) -> None:
        trouble = self._troubles.pop(key, None)
        if trouble is not None and trouble.told:
            self._show(*key, "")
            log.info("Снова в порядке. Было: %s", trouble.told)
