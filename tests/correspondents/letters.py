"""Letters of correspondents and of clients, as text with a few lines of headers; each becomes a real message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

from mailbot.model import RawLetter

HERE = Path(__file__).parent
ZONE = ZoneInfo("Asia/Yekaterinburg")
RECEIVED = "2026-11-17 10:00"  # a Tuesday


@dataclass(frozen=True, slots=True)
class Case:
    """`group` is empty for a client's letter; `due` is local time, None where it is not asked."""

    title: str
    raw: RawLetter
    group: str
    due: datetime | None
    number: str


def cases(name: str) -> tuple[Case, ...]:
    """The letters of `NAME.txt`, each under a line `=== title`."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(_case(block) for block in text.split("=== ")[1:])


def _case(block: str) -> Case:
    title, _, rest = block.partition("\n")
    head, _, body = rest.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line)
    received = _moment(fields.get("received", RECEIVED))
    raw = RawLetter(_message(fields, body), received)
    due = _moment(fields["due"]) if "due" in fields else None
    return Case(title, raw, fields.get("group", ""), due, fields.get("number", ""))


def _moment(words: str) -> datetime:
    return datetime.strptime(words, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def _message(fields: dict[str, str], body: str) -> bytes:
    message = EmailMessage()
    message["From"] = fields["from"]
    message["To"] = "8666@bk.ru"
    message["Subject"] = fields.get("subject", "")
    message["Message-ID"] = f"<{abs(hash(body)) % 10**9}@sender.example>"
    for name in ("Auto-Submitted", "List-Unsubscribe"):
        if name in fields:
            message[name] = fields[name]
    message.set_content(body)
    for name in fields.get("files", "").split(", "):
        if name:
            message.add_attachment(
                b"\x89PNG scan", maintype="application", subtype="octet-stream", filename=name
            )
    return message.as_bytes()
