"""Hand our letters to the SMTP server, each exactly once, and keep copies in the Sent folder."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from mailbot.model import LetterPurpose, Rulebook, SendOutcome, SendResult
from mailbot.model.outgoing.sending_pace import Pacing, provider_of
from mailbot.services.letters.attempt import Clock
from mailbot.store import ClaimedOutgoing, Store
from mailbot.store.mail import outbox, uncertain_deliveries
from mailbot.transport import AuthenticationError, ImapMailbox, ProtocolError, SmtpClient

log = logging.getLogger(__name__)

FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=4)
LIFETIME = timedelta(days=3)
"""How long a letter is tried (RFC 5321 4.5.4.1 asks for days), then a person is told."""


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


def deliver_next(
    store: Store,
    smtp: SmtpClient,
    holder: str,
    lease: timedelta,
    clock: Clock,
    rulebook: Rulebook | None = None,
) -> bool:
    """Send the next letter that is due; False where there is none. Bills leave only at the rulebook's pace.

    The claim is committed before, the outcome after; in between nothing is held open. `lease` outlasts
    any SMTP dialogue: after it the sender is dead and the letter's fate uncertain. A refused login is
    no letter's fault: the claim is put back and the error goes on.
    """
    begun = clock()
    pace = pacing(rulebook, begun) if rulebook is not None else None
    claimed = store.do(outbox.claim_outgoing, holder, lease, begun, pace)
    if claimed is None:
        return False
    try:
        delivery = smtp.send(claimed.recipient, claimed.content)
    except AuthenticationError as error:
        store.do(
            outbox.record_delivery,
            claimed.id,
            SendResult(SendOutcome.NOT_SENT, str(error)),
            clock(),
            clock() + FIRST_RETRY,
        )
        raise
    now = clock()
    if _too_long(claimed, delivery, now):
        delivery = SendResult(
            SendOutcome.REFUSED, f"не удаётся отправить {LIFETIME.days} дня подряд: {delivery.detail}"
        )
    store.do(outbox.record_delivery, claimed.id, delivery, now, _retry_at(claimed.attempts, now), pace)
    _tell(claimed, delivery)
    return True


def _too_long(claimed: ClaimedOutgoing, delivery: SendResult, now: datetime) -> bool:
    """Has the letter been tried for so long that a person must know? A bill's time runs only while it is tried."""
    if claimed.provider is not None:
        return delivery.outcome is SendOutcome.NOT_SENT and claimed.attempts >= LAST_ATTEMPT
    waiting = delivery.outcome in (SendOutcome.NOT_SENT, SendOutcome.THROTTLED)
    return waiting and now - claimed.created_at > LIFETIME


def _tell(claimed: ClaimedOutgoing, delivery: SendResult) -> None:
    log.info("%s, письмо на %s: %s", _what(claimed), claimed.recipient, delivery.outcome.value)
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
