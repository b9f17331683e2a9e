"""A letter of ours, finished to the byte before anything is committed or sent."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LetterPurpose(StrEnum):
    """Why we write. A case has at most one outgoing letter of each purpose; those below the request answer no case."""

    ACKNOWLEDGEMENT = "acknowledgement"  # number and deadline; no answer yet
    ANSWER = "answer"  # an answer on substance, by the machine or a person
    REQUEST = "request"  # asks for what is missing
    BILL = "bill"  # the month's bill of an account
    REMINDER = "reminder"  # of readings that are due, or of a debt
    REPORT = "report"  # the manager's report of a period
    WARNING = "warning"  # deadlines that are near, or have passed


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """`content` is the complete RFC 5322 message (CRLF, 7-bit), `message_id` as in its header.

    The id is the same whenever the same letter is answered for the same purpose, so a copy in the
    Sent folder proves a delivery that was in doubt.
    """

    purpose: LetterPurpose
    template: str
    recipient: str
    subject: str
    message_id: str
    text: str
    content: bytes
