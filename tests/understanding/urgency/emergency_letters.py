"""The letters of `emergencies.txt`: true emergencies in unusual words, and letters that only sound like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from mailbot.model import RawLetter

FILE = Path(__file__).with_name("emergencies.txt")
RECEIVED = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Example:
    """`outcome`: emergency, doubt or none, as the head of the file says."""

    outcome: str
    subject: str
    body: str

    def __str__(self) -> str:
        return f"{self.subject} {self.body}"[:40]

    @property
    def raw(self) -> RawLetter:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "client@mail.ru", "8666@bk.ru", self.subject
        message["Message-ID"], message["Date"] = "<emergency@mail.ru>", "Mon, 23 Nov 2026 12:00:00 +0500"
        message.set_content(self.body + "\n")
        return RawLetter(message.as_bytes(), RECEIVED)


def examples(*outcomes: str) -> list[Example]:
    """The letters with one of the outcomes, in the order of the file."""
    found = []
    for block in re.split(r"^=== ", FILE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        head, body = block.split("\n", 1)
        outcome, subject = (field.strip() for field in head.split("|", 1))
        if outcome in outcomes:
            found.append(Example(outcome, subject, body.strip()))
    return found
