"""Message-IDs of our own: stable for a letter and a purpose; `model.own_message_id` reads them back (RFC 5322 3.6.4)."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from mailbot.model import LetterPurpose
from mailbot.model.case.due_case import DueCase
from mailbot.model.case.emergency import Emergency
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.outgoing.reminder import Reminder
from mailbot.model.report.period import Period


def message_id(number: str, purpose: LetterPurpose, raw_digest: str, domain: str) -> str:
    """The id of the machine's letter, in angle brackets.

    Made of nothing but the letter answered and the purpose, so that a copy in the Sent folder proves
    a delivery that was in doubt, however often the letter is composed anew.
    """
    return _written(number, purpose, raw_digest + purpose.value, domain)


def person_message_id(number: str, raw_digest: str, revision: int, domain: str) -> str:
    """The id of a person's answer.

    It differs from the machine's answer to the same letter: a person may answer a case that they
    took back, and then the machine's copy in the Sent folder must not pass for theirs.
    """
    return _written(
        number, LetterPurpose.ANSWER, f"{raw_digest}{LetterPurpose.ANSWER.value}.person.{revision}", domain
    )


def bill_message_id(account: str, month: Month, again: int, domain: str) -> str:
    """The id of a bill: made of its account and month, so that a sending that is begun anew makes no second one.

    It names no case, and `message_id_token` reads none out of it. The account itself stands in no header.
    """
    digest = sha256(f"{account}\0{month}\0{again}".encode()).hexdigest()[:16]
    return f"<mailbot.bill.{month}.{digest}@{domain}>"


def reminder_message_id(one: Reminder, domain: str) -> str:
    """The id of a reminder: the same whenever it is composed; it names no case and no account."""
    digest = sha256(f"{one.account}\0{one.kind}\0{one.month}\0{one.nth}".encode()).hexdigest()[:16]
    return f"<mailbot.reminder.{one.month}.{digest}@{domain}>"


def report_message_id(period: Period, recipient: str, again: int, domain: str) -> str:
    """The id of a period's report to one reader: the same whenever it is composed, so that none leaves twice."""
    digest = sha256(f"{period}\0{recipient}\0{again}".encode()).hexdigest()[:16]
    return f"<mailbot.report.{str(period).lower()}.{digest}@{domain}>"


def warning_message_id(cases: Sequence[DueCase], recipient: str, domain: str) -> str:
    """The id of a warning: made of the cases it tells of and of what it says of them."""
    warned = "\0".join(f"{case.number} {case.respond_by.isoformat()} {case.passed}" for case in cases)
    digest = sha256(f"{warned}\0{recipient}".encode()).hexdigest()[:16]
    return f"<mailbot.warning.{digest}@{domain}>"


def alarm_message_id(emergency: Emergency, recipient: str, domain: str) -> str:
    """The id of an alarm: the same for an emergency and a turn, whoever composes it."""
    turn = f"{emergency.number}\0{emergency.alarms}\0{recipient}"
    return f"<mailbot.alarm.{sha256(turn.encode()).hexdigest()[:16]}@{domain}>"


def _written(number: str, purpose: LetterPurpose, matter: str, domain: str) -> str:
    digest = sha256(matter.encode()).hexdigest()[:16]
    return f"<mailbot.{number}.{purpose.value}.{digest}@{domain}>"
