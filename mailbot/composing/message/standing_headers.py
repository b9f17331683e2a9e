"""The headers that stand on every letter of ours, asked for or not."""

from __future__ import annotations

from datetime import datetime, tzinfo
from email.utils import format_datetime

from mailbot.composing.message.header_fields import display_name, encode_header
from mailbot.composing.message.message_bytes import Header
from mailbot.model import ContactChannels


def own_headers(
    channels: ContactChannels, zone: tzinfo, *, to: str, subject: str, id: str, at: datetime
) -> tuple[Header, ...]:
    """From, To, Subject, Date, Message-ID. To holds the bare address: a display name is a stranger's text in our letter."""
    return (
        ("From", f"{display_name(channels.company)} <{channels.mail}>"),
        ("To", to),
        ("Subject", encode_header(subject)),
        ("Date", format_datetime(at.astimezone(zone))),
        ("Message-ID", id),
    )
