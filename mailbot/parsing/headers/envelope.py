"""What `collect` needs of a letter before anything is understood: sender, Message-ID, subject."""

from __future__ import annotations

from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32

from mailbot.model import Envelope
from mailbot.parsing.headers.header_values import message_id, raw_values, text_of
from mailbot.parsing.headers.mailbox_addresses import parse_addresses
from mailbot.parsing.limits.letter_limits import short_header, split_header

MAX_SENDER_LENGTH, MAX_SUBJECT_LENGTH = 320, 500
LOOKED_AT = 1_000_000
"""Bytes in which a header must end; an ordinary one has 5,000."""


def read_envelope(content: bytes) -> Envelope:
    """Sender (lower case), Message-ID and subject, each '' where there is none, from the header bytes alone."""
    try:
        header, _ = short_header(split_header(content[:LOOKED_AT])[0])
        message: Message = BytesHeaderParser(policy=compat32).parsebytes(header)
        senders = parse_addresses(message, "From") or parse_addresses(message, "Sender")
        email = senders[0].email if senders else ""
        known = message_id(raw_values(message, "Message-ID"))
        subject = text_of(message, "Subject")
    except Exception:  # the letter is kept whatever its header is; handling it will tell
        return Envelope("", "")
    return Envelope(_plain(email)[:MAX_SENDER_LENGTH], _plain(known), _plain(subject)[:MAX_SUBJECT_LENGTH])


def _plain(text: str) -> str:
    """Fit for any database: no NUL, no half characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
