"""`mailbot cases` in a terminal of 80 columns, by the company's own clock."""

from __future__ import annotations

from datetime import UTC, datetime
from io import StringIO
from zoneinfo import ZoneInfo

from rich.console import Console

from mailbot.console.cases import case_table, show_case
from mailbot.model import CaseEvent, CaseState, Channel, DeliveryState
from mailbot.store import CaseSummary

HERE = ZoneInfo("Asia/Yekaterinburg")
RECEIVED = datetime(2026, 11, 18, 16, 5, tzinfo=UTC)
DUE = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
WHY = "решает сотрудник: уверенность в теме недостаточна, письмо говорит о температуре теплоносителя"
CASE = CaseSummary(
    id=123,
    number="26-000123",
    letter_id=123,
    digest="0" * 64,
    message_id="<1@mail.example>",
    state=CaseState.AWAITING_REVIEW,
    received_at=RECEIVED,
    channel=Channel.MAIL,
    sender="konstantin.konstantinopolskiy@mail.ru",
    subject="Жалоба на температуру теплоносителя в квартире",
    kinds=("complaint",),
    action="review",
    rule=None,
    clause=None,
    because=WHY,
    priority="normal",
    respond_by=DUE,
    template="complaint_received",
    delivery=DeliveryState.SENT,
    error=None,
    follows=None,
    readings=(),
    proposed=None,
    doubts=(),
)


def console() -> Console:
    return Console(file=StringIO(), width=80, no_color=True)


def shown(at: Console) -> str:
    assert isinstance(at.file, StringIO)
    return at.file.getvalue()


def test_moments_are_told_by_the_companys_clock() -> None:
    table, one = console(), console()
    table.print(case_table([CASE], {"awaiting_review": 1}, HERE))
    event = CaseEvent(RECEIVED, None, CaseState.COLLECTED, "mailbot", "принято")
    show_case(one, CASE, [event], [], HERE)
    assert "18.11 21:05" in shown(table)
    assert "срок 19.11 17:00" in shown(table)
    assert "18.11.2026 21:05" in shown(one)
    assert "19.11.2026 17:00" in shown(one)
    assert "18.11 21:05:00" in shown(one)
    assert "16:05" not in shown(table) + shown(one)


def test_no_word_is_broken_at_80_columns() -> None:
    at = console()
    at.print(case_table([CASE], {"awaiting_review": 1}, HERE))
    lines = shown(at).splitlines()
    assert max(map(len, lines)) <= 80
    words = set(shown(at).replace("│", " ").split())
    for word in (CASE.number or "", CASE.sender, *CASE.subject.split(), *WHY.split(), "отправлено"):
        assert word in words, word
