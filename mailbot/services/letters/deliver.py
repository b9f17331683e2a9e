"""Hand our letters to the SMTP server, each exactly once, and keep copies in the Sent folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.model import LetterPurpose, Rulebook, SendOutcome, SendResult
from mailbot.model.outgoing.sending_pace import Pacing, provider_of
from mailbot.services.letters.attempt import Clock
from mailbot.services.letters.restored_database import departed_before
from mailbot.services.letters.smtp_outage import LAST_LOOK, SmtpOutage
from mailbot.store import ClaimedOutgoing, Store, StoreTransaction, StoreUnavailable
from mailbot.store.mail import outbox, restored_database, server_outage, uncertain_deliveries
from mailbot.store.mail.outbox import ClaimLost
from mailbot.transport import AuthenticationError, ImapMailbox, ProtocolError, SmtpClient
from mailbot.transport.departure_journal import Departure, DepartureJournal

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = outbox.LONGEST_PAUSE
LIFETIME = timedelta(days=3)
"""How long a letter is tried (RFC 5321 4.5.4.1 asks for days), then a person is told."""

MENDING_SECONDS = 10.0
"""Between two looks for letters that wait for what a wrong clock has written."""

AWAY = (SendOutcome.UNREACHED, SendOutcome.CUT_OFF)
"""The server is away: others need not try."""

UNDELIVERABLE = f"не удаётся отправить {LIFETIME.days} дня подряд"

COPIES = 50
"""Copies a round: letters that come meanwhile do not wait for all of them."""

REFUSALS = 3
"""Letters that the Sent folder refuses, after which it is left alone for a while."""

LAST_ATTEMPT = 25
"""Of a bill, which may wait long for its turn: some three days of attempts, by the pauses between them."""


def pacing(rulebook: Rulebook, now: datetime) -> Pacing:
    """The limits of bills, and whether it is night where the company is."""
    here = now.astimezone(ZoneInfo(rulebook.channels.time_zone))
    return Pacing(rulebook.bills, here.date(), rulebook.bills.quiet(here.time()))


@dataclass(frozen=True, slots=True)
class _Attempt:
    """What an attempt came to, and when; kept until the database has it."""

    claimed: ClaimedOutgoing
    delivery: SendResult
    at: datetime
    retry_at: datetime
    pace: Pacing | None


class Deliverer:
    """Sends what is due, one letter after another.

    The claim is committed before, the beginning of the text just before it leaves, the outcome after; in between nothing is
    held open. `lease` outlasts any SMTP dialogue: after it the sender is dead. What the server has answered is held in
    memory until the database has taken it; nothing else is claimed before. What `journal` knows to have left does not leave
    again: the database is a restored one.
    """

    def __init__(
        self,
        store: Store,
        smtp: SmtpClient,
        holder: str,
        lease: timedelta,
        clock: Clock,
        outage: SmtpOutage | None = None,
        journal: DepartureJournal | None = None,
    ) -> None:
        self._store, self._smtp, self._clock = store, smtp, clock
        self._holder, self._lease = holder, lease
        self._outage, self._journal = outage or SmtpOutage(), journal
        self._unrecorded: _Attempt | None = None
        self._predecessor: str | None = holder
        self._next_mending = 0.0

    def deliver_next(self, rulebook: Rulebook | None = None) -> bool:
        """Send the next letter that is due; False where there is none, or server or database are away.

        Bills leave only at the rulebook's pace. A refused login is no letter's fault: the claim is put back and the error
        goes on. StoreUnavailable where nothing could be claimed.
        """
        if not self.record_unrecorded() or self._outage.waits:
            return False
        begun = self._clock()
        pace = pacing(rulebook, begun) if rulebook is not None else None
        self._mend_times(begun)
        claimed = self._store.do(self._claim, begun, pace)
        self._predecessor = None
        if claimed is None:
            return False
        if self._journal is not None and (before := departed_before(claimed, self._journal)):
            self._store.do(restored_database.mark_left, claimed.id, before.message_id, before.at, begun)
            log.warning("%s: письмо ушло до восстановления базы, второй раз не отправлено", _what(claimed))
            return True
        return self._send(claimed, pace)

    def _mend_times(self, now: datetime) -> None:
        """Every few seconds, by a clock that nobody sets."""
        if time.monotonic() < self._next_mending:
            return
        if mended := self._store.do(outbox.mend_times, now):
            log.warning(
                "Писем, которые должны были ждать дольше, чем мы когда-либо ждём: %s. Чьи-то часы спешили; они уходят сейчас.",
                mended,
            )
        self._next_mending = time.monotonic() + MENDING_SECONDS

    def _claim(
        self, transaction: StoreTransaction, now: datetime, pace: Pacing | None
    ) -> ClaimedOutgoing | None:
        uncertain_deliveries.return_unbegun(transaction, self._predecessor, now)
        return outbox.claim_outgoing(transaction, self._holder, self._lease, now, pace)

    def _send(self, claimed: ClaimedOutgoing, pace: Pacing | None) -> bool:
        try:
            delivery = self._smtp.send(
                claimed.recipient, claimed.content, lambda: self._store.do(outbox.begin_text, claimed)
            )
        except AuthenticationError as error:
            self._note(claimed, SendResult(SendOutcome.UNREACHED, str(error)), pace)
            raise
        except ClaimLost as error:
            log.warning("%s: этот процесс слишком долго стоял, от него письмо не ушло", error)
            return True
        except StoreUnavailable as error:  # nothing has left: the letter is due again as it was
            now = self._clock()
            self._unrecorded = _Attempt(
                claimed, SendResult(SendOutcome.UNREACHED, str(error)), now, now, pace
            )
            log.warning("%s, письмо на %s не отправлено: %s", _what(claimed), claimed.recipient, error)
            return False
        return self._note(claimed, delivery, pace)

    def _note(self, claimed: ClaimedOutgoing, delivery: SendResult, pace: Pacing | None) -> bool:
        now = self._clock()
        if delivery.outcome is SendOutcome.SENT:
            self._keep_in_journal(claimed, now)
        retry_at = _retry_at(claimed.attempts, now)
        away = delivery.outcome in AWAY
        if away:
            retry_at = min(retry_at, now + LAST_LOOK)
            self._outage.begin_or_go_on()
        if _too_long(claimed, delivery, now):
            delivery = SendResult(SendOutcome.REFUSED, f"{UNDELIVERABLE}: {delivery.detail}")
        _tell(claimed, delivery)
        self._unrecorded = _Attempt(claimed, delivery, now, retry_at, pace)
        if not self.record_unrecorded(tell=True):
            return False
        self._follow_outage(delivery, now, away=away)
        return True

    def _keep_in_journal(self, claimed: ClaimedOutgoing, now: datetime) -> None:
        if self._journal is None:
            return
        try:
            self._journal.add(Departure(claimed.message_id, now))
        except OSError as error:  # the letter has left: the database must hear of it all the same
            log.error("Журнал отправленного не записан (%s): проверьте место и права в data_dir", error)

    def _follow_outage(self, delivery: SendResult, now: datetime, *, away: bool) -> None:
        if away:
            why = f"{UNDELIVERABLE}: {delivery.detail}"
            self._store.do(server_outage.give_up_older, now - LIFETIME, why, now)
        elif self._outage.end():
            waited = self._store.do(server_outage.release_cut_off, now)
            if waited:
                log.info("Сервер отправки снова отвечает; прерванных писем, которые идут снова: %s", waited)

    def record_unrecorded(self, *, tell: bool = False) -> bool:
        """Write down what the last attempt came to; False where the database is away still, which is told where `tell`."""
        known = self._unrecorded
        if known is None:
            return True
        try:
            self._store.do(
                outbox.record_delivery,
                known.claimed.id,
                known.delivery,
                known.at,
                known.retry_at,
                known.pace,
                known.claimed,
            )
        except StoreUnavailable as error:
            if tell:
                log.warning(
                    "%s, письмо на %s: исход «%s» ещё не записан, запишем, как только база ответит. %s",
                    _what(known.claimed),
                    known.claimed.recipient,
                    known.delivery.outcome.value,
                    error,
                )
            return False
        self._unrecorded = None
        return True


def _too_long(claimed: ClaimedOutgoing, delivery: SendResult, now: datetime) -> bool:
    """Has the letter been tried for so long that a person must know? A bill's time runs only while it is tried."""
    if claimed.provider is not None:
        return delivery.outcome is SendOutcome.NOT_SENT and claimed.attempts >= LAST_ATTEMPT
    waiting = delivery.outcome in (SendOutcome.NOT_SENT, SendOutcome.THROTTLED, *AWAY)
    return waiting and now - claimed.created_at > LIFETIME


def _tell(claimed: ClaimedOutgoing, delivery: SendResult) -> None:
    log.info("%s, письмо на %s: %s", _what(claimed), claimed.recipient, delivery.outcome.value)
    if delivery.outcome in AWAY:
        log.warning("Сервер отправки недоступен, письма ждут: %s", delivery.detail)
    if delivery.outcome is SendOutcome.THROTTLED:
        log.warning(
            "Почта %s принимает нас за рассылку (%s): квитанции на неё ждут, они не потеряны. "
            "Как идёт рассылка, показывает «mailbot bill status».",
            provider_of(claimed.recipient),
            delivery.detail,
        )


def _what(claimed: ClaimedOutgoing) -> str:
    """What left, as the log names it."""
    match claimed.purpose:
        case LetterPurpose.ACKNOWLEDGEMENT | LetterPurpose.ANSWER | LetterPurpose.REQUEST:
            return f"Обращение {claimed.case_number}"
        case LetterPurpose.BILL:
            return "Квитанция"
        case LetterPurpose.REMINDER:
            return "Напоминание"
        case LetterPurpose.REPORT:
            return "Отчёт"
        case LetterPurpose.WARNING:
            return "Сообщение сотруднику"
        case _:
            assert_never(claimed.purpose)


def _retry_at(attempts: int, now: datetime) -> datetime:
    """Doubling pauses between the bounds (RFC 5321 4.5.4.1)."""
    doublings = min(max(attempts - 1, 0), 16)
    return now + min(LAST_RETRY, FIRST_RETRY * int(2**doublings))


def settle_uncertain(
    store: Store, mailbox: ImapMailbox, clock: Clock, keep: Callable[[], object] = lambda: None
) -> int:
    """Look uncertain letters up in the Sent folder by Message-ID; what is not there, a person decides.

    The number settled. Never sends: an uncertain letter may already be with the client. `keep` is called after each.
    """
    uncertain = (
        *store.do(uncertain_deliveries.uncertain_after_crash, clock()),
        *store.ask(uncertain_deliveries.uncertain),
    )
    for outgoing in {item.id: item for item in uncertain}.values():
        if mailbox.find_in_sent(outgoing.message_id):
            store.do(uncertain_deliveries.mark_found_in_sent, outgoing.id, clock())
        else:
            store.do(uncertain_deliveries.give_to_person, outgoing.id, clock())
        keep()
    return len(uncertain)


def copy_to_sent(
    store: Store, mailbox: ImapMailbox, clock: Clock, keep: Callable[[], object] = lambda: None
) -> int:
    """Put a copy of each sent letter into the Sent folder, `COPIES` at most; the number copied. `keep` is called after each.

    A copy made just before a crash is found by its Message-ID and not made twice. ProtocolError where the server
    refuses one: the letters behind it are tried first, but a folder that takes none is not pressed further.
    """
    letters = store.ask(outbox.to_copy, COPIES)
    refused: list[ProtocolError] = []
    for letter in letters:
        try:
            if not mailbox.find_in_sent(letter.message_id):
                mailbox.append_sent(letter.content, letter.sent_at)
        except ProtocolError as error:
            refused.append(error)
            if len(refused) == REFUSALS:
                break
            continue
        store.do(outbox.mark_copied, letter.id, clock())
        keep()
    if refused:
        raise refused[0]
    return len(letters)
