"""Specimens of data that every template must render with: one with everything, one with next to nothing."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

from mailbot.composing import wording
from mailbot.composing.view import MailView, ReadingLine
from mailbot.model import Channels

RECEIVED = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def specimens(channels: Channels, zone: tzinfo) -> tuple[MailView, ...]:
    """Fictional letters, so that each branch of a template is run before a client's letter does."""
    hot = ReadingLine("7023188", "08123456", "горячая вода", "148,50", "м³", consumption="4,50")
    heat = ReadingLine("7023188", "", "", "1,117", "", counted="в декабре 2026 года")
    low = ReadingLine("", "", "отопление", "12", "Гкал", reason="показание меньше прошлого")
    full = MailView(
        number="26-000123",
        date=wording.date(RECEIVED, zone),
        respond_by=wording.deadline(DEADLINE, RECEIVED, zone),
        greeting=wording.greeting("Зырянова Светлана Юрьевна"),
        accepted=(hot, heat),
        refused=(low,),
        answer=(("Счёт пересчитан.", "Новый счёт придёт в декабре."), ("Спасибо за письмо.",)),
        channels=channels,
    )
    bare = MailView(
        number="26-000124",
        date="",
        respond_by=wording.deadline(None, RECEIVED, zone),
        greeting=wording.greeting(""),
        accepted=(),
        refused=(),
        answer=(),
        channels=channels,
    )
    return full, bare
