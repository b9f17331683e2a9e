"""Cases in a terminal, and as JSON lines; faults of the configuration one a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console, Group
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from mailbot.console.words import ACTIONS, DELIVERIES, KINDS, STATES
from mailbot.model import CaseEvent
from mailbot.store import CaseSummary, OutgoingSummary


def case_json(case: CaseSummary) -> dict[str, object]:
    """One case as the keys of `mailbot cases --json`."""
    return {
        "number": case.number,
        "id": case.id,
        "state": str(case.state),
        "received_at": case.received_at.isoformat(),
        "sender": case.sender,
        "subject": case.subject,
        "kinds": list(case.kinds),
        "action": case.action,
        "rule": case.rule,
        "clause": case.clause,
        "because": case.because,
        "priority": case.priority,
        "respond_by": case.respond_by.isoformat() if case.respond_by else None,
        "template": case.template,
        "delivery": case.delivery,
        "error": case.error,
    }


def case_table(cases: Iterable[CaseSummary], counts: Mapping[str, int]) -> Group:
    """The newest cases, and how many stand in each state."""
    table = Table(expand=True)
    for heading in ("Номер", "Получено", "От кого", "Тема", "Состояние", "Решение", "Почему", "Срок"):
        table.add_column(heading, overflow="fold")
    for case in cases:
        urgent = "bold red" if case.priority == "emergency" else ""
        table.add_row(
            case.number or f"({case.id})",
            f"{case.received_at:%d.%m %H:%M}",
            case.sender,
            case.subject,
            STATES[case.state] + (f" ({DELIVERIES[case.delivery]})" if case.delivery else ""),
            ACTIONS.get(case.action or "", "") + (f" {case.clause}" if case.clause else ""),
            case.error or case.because or "",
            f"{case.respond_by:%d.%m %H:%M}" if case.respond_by else "",
            style=urgent,
        )
    totals = ", ".join(f"{STATES[state]}: {counts[state]}" for state in STATES if counts.get(state))
    return Group(table, Text(totals or "обращений нет"))


def show_case(
    console: Console, case: CaseSummary, events: Iterable[CaseEvent], letters: Iterable[OutgoingSummary]
) -> None:
    """One case: what was decided and why, its log, and our letters in it."""
    console.print(Line(f"Обращение {case.number} — {STATES[case.state]}"))
    rows = (
        ("Получено", f"{case.received_at:%d.%m.%Y %H:%M} UTC от {case.sender or '(нет адреса)'}"),
        ("Тема", case.subject),
        ("Виды", ", ".join(KINDS[kind] for kind in case.kinds)),
        ("Решение", " ".join(filter(None, (ACTIONS.get(case.action or "", ""), case.clause)))),
        ("Почему", case.because or ""),
        ("Ответить до", f"{case.respond_by:%d.%m.%Y %H:%M} UTC" if case.respond_by else ""),
        ("Показания", "; ".join(f"{account}: {value}" for account, value in case.readings)),
        ("Ошибка", case.error or ""),
    )
    table = Table(box=None, show_header=False, padding=(0, 1))
    for what, words in rows:
        if words:
            table.add_row(Text(what, style="dim"), Text(words))
    console.print(table)
    for event in events:
        was = STATES[event.was] if event.was else "—"
        line = f"{event.at:%d.%m %H:%M:%S}  {was} → {STATES[event.became]}  {event.by}: {event.why}"
        console.print(Text(line), soft_wrap=True)
    for letter in letters:
        detail = f" ({letter.detail})" if letter.detail else ""
        title = f"Наше письмо на {letter.recipient}: {letter.subject} — {DELIVERIES[letter.state]}{detail}"
        console.print(Line(title, style="green"))
        console.print(Text(letter.text))
