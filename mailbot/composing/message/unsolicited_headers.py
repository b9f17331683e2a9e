"""Headers of letters that nobody has asked for today: bills, reminders, reports, warnings."""

from __future__ import annotations

from mailbot.composing.message.message_bytes import Header

UNSOLICITED_HEADERS: tuple[Header, ...] = (
    ("Auto-Submitted", "auto-generated"),  # RFC 3834 5: no robot answers this letter
    ("X-Auto-Response-Suppress", "OOF, AutoReply"),  # a report of non-delivery must still reach us
)
