"""Cases in a terminal, and as JSON lines; faults of the configuration one a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from rich.console import Console, Group
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from mailbot.model import Action, CaseEvent, CaseState, Channel, Priority
from mailbot.store import CaseSummary, OutgoingSummary
from mailbot.wording.case_titles import ACTIONS, CASE_STATES, CHANNELS, DELIVERY_STATES, LETTER_KINDS


def case_json(case: CaseSummary) -> dict[str, object]:
    """One case as the keys of `mailbot cases --json`."""
    return {
        "number": case.number,
        "id": case.id,
        "state": str(case.state),
        "received_at": case.received_at.isoformat(),
        "channel": str(case.channel),
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


def case_table(cases: Iterable[CaseSummary], counts: Mapping[str, int], zone: tzinfo) -> Group:
    """The newest cases, and how many stand in each state; moments by the clock of `zone`.

    Three columns, for a terminal of 80: only the last one breaks, between words.
    """
    table = Table(expand=True, show_lines=True)
    table.add_column("Обращение", no_wrap=True)
    table.add_column("Состояние", width=18)
    table.add_column("Письмо", ratio=1, overflow="fold")
    for case in cases:
        table.add_row(
            f"{case.number or f'({case.id})'}\n{case.received_at.astimezone(zone):%d.%m %H:%M}",
            Text("\n".join(_standing(case, zone))),
            Text("\n".join(filter(None, (case.sender, case.subject, case.error or case.because)))),
            style="bold red" if case.priority == Priority.EMERGENCY else "",
        )
    totals = ", ".join(f"{CASE_STATES[state]}: {counts[state]}" for state in CaseState if counts.get(state))
    return Group(table, Text(totals or "обращений нет"))


def _standing(case: CaseSummary, zone: tzinfo) -> Iterator[str]:
    """State, delivery, decision and deadline, each on a line of its own."""
    yield CASE_STATES[case.state]
    if case.delivery:
        yield f"письмо {DELIVERY_STATES[case.delivery]}"
    if case.action in (Action.ANSWER, Action.READING_ACCEPTED):
        yield ACTIONS[case.action]
    if case.clause:
        yield case.clause
    if case.respond_by:
        yield f"срок {case.respond_by.astimezone(zone):%d.%m %H:%M}"


def show_case(
    console: Console,
    case: CaseSummary,
    events: Iterable[CaseEvent],
    letters: Iterable[OutgoingSummary],
    zone: tzinfo,
) -> None:
    """One case: what was decided and why, its log, and our letters in it; moments by the clock of `zone`."""
    console.print(Line(f"Обращение {case.number} — {CASE_STATES[case.state]}"))
    rows = (
        (
            "Получено",
            f"{case.received_at.astimezone(zone):%d.%m.%Y %H:%M} от {case.sender or '(нет адреса)'}",
        ),
        ("Откуда", "" if case.channel is Channel.MAIL else CHANNELS[case.channel]),
        ("Тема", case.subject),
        ("Виды", ", ".join(LETTER_KINDS[kind] for kind in case.kinds)),
        ("Решение", " ".join(filter(None, (ACTIONS[case.action] if case.action else "", case.clause)))),
        ("Почему", case.because or ""),
        ("Ответить до", f"{case.respond_by.astimezone(zone):%d.%m.%Y %H:%M}" if case.respond_by else ""),
        ("Показания", "; ".join(f"{account}: {value}" for account, value in case.readings)),
        ("Ошибка", case.error or ""),
    )
    table = Table(box=None, show_header=False, padding=(0, 1))
    for what, words in rows:
        if words:
            table.add_row(Text(what, style="dim"), Text(words))
    console.print(table)
    for event in events:
        was = CASE_STATES[event.was] if event.was else "—"
        line = f"{event.at.astimezone(zone):%d.%m %H:%M:%S}  {was} → {CASE_STATES[event.became]}  {event.by}: {event.why}"
        console.print(Text(line), soft_wrap=True)
    for letter in letters:
        detail = f" ({letter.detail})" if letter.detail else ""
        title = (
            f"Наше письмо на {letter.recipient}: {letter.subject} — {DELIVERY_STATES[letter.state]}{detail}"
        )
        console.print(Line(title, style="green"))
        console.print(Text(letter.text))
