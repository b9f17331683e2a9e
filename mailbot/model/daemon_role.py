"""What a process of the daemon may be."""

from __future__ import annotations

from enum import StrEnum


class DaemonRole(StrEnum):
    COLLECTOR = "collector"  # mailbox → raw letters; copies of what was sent → Sent
    WORKER = "worker"  # raw letters → decisions and outgoing letters
    DELIVERER = "deliverer"  # outgoing letters → SMTP
    CALENDAR = "calendar"  # reminders, reports, deadlines, when their time comes
    PAGES = "pages"  # the pages of the staff
