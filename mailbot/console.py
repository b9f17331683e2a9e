"""How letters, cases and decisions look in a terminal, and as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console, Group
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from mailbot.model import CaseEvent, Certainty, Facts, Letter, Reading, Span
from mailbot.services.explain import Explanation
from mailbot.store import CaseSummary, OutgoingSummary

KINDS = {"reading": "показания", "complaint": "жалоба", "question": "вопрос", "other": "иное"}
ACTIONS = {
    "answer": "ответ",
    "reading_accepted": "показания приняты",
    "review": "сотруднику",
    "no_reply": "без ответа",
    "ignore": "не обращение",
}
STATES = {
    "collected": "принято",
    "answered": "отвечено",
    "awaiting_review": "ждёт сотрудника",
    "silenced": "без ответа",
    "ignored": "не обращение",
}
DELIVERIES = {
    "ready": "в очереди",
    "sending": "отправляется",
    "sent": "отправлено",
    "held": "задержано",
    "refused": "не принято сервером",
    "uncertain": "неизвестно, дошло ли",
}
RESOURCES = {"heating": "отопление", "hot_water": "горячая вода"}
_OUTCOMES = {
    Certainty.YES: ("да", "bold green"),
    Certainty.NO: ("нет", "dim"),
    Certainty.DOUBT: ("сомнение", "yellow"),
}
_STYLES = {
    "показание": "black on green",
    "лицевой счёт": "black on cyan",
    "имя": "black on cyan",
    "телефон": "black on cyan",
    "адрес": "black on cyan",
    "брань": "white on red",
    "срочно": "white on dark_orange",
    "вид": "underline",
    "тема": "underline",
}


def evidence(facts: Facts) -> list[tuple[str, str, tuple[Span, ...]]]:
    """(what, value, spans) of every statement found in the letter; `what` in Russian."""
    contacts = facts.contacts
    return [
        *(("вид", KINDS[found.value], found.spans) for found in facts.kinds),
        *(("тема", found.value, found.spans) for found in facts.topics),
        *(("лицевой счёт", found.value, found.spans) for found in contacts.accounts),
        *(("имя", found.value, found.spans) for found in contacts.names),
        *(("телефон", found.value, found.spans) for found in contacts.phones),
        *(("адрес", found.value, found.spans) for found in contacts.addresses),
        *(("показание", reading_words(reading), reading.spans) for reading in facts.readings),
        *(("брань", found.value, found.spans) for found in facts.abuse),
        *(("срочно", found.value, found.spans) for found in facts.urgent),
    ]


def reading_words(reading: Reading) -> str:
    """One reading in words: «горячая вода 148 м3, л/с 440215, прибор 5501»."""
    words = [RESOURCES.get(str(reading.resource or ""), "ресурс не назван"), str(reading.value)]
    words += [str(reading.unit)] if reading.unit else []
    account = f", л/с {reading.account}" if reading.account else ""
    meter = f", прибор {reading.meter}" if reading.meter else ""
    return " ".join(words) + account + meter


def as_json(name: str, result: Explanation) -> dict[str, object]:
    """One letter as the keys that `mailbot explain --json` promises in the README."""
    letter, facts, decision = result.letter, result.facts, result.decision
    contacts = facts.contacts
    return {
        "file": name,
        "primary": str(facts.primary),
        "kinds": [str(found.value) for found in facts.kinds],
        "action": str(decision.action),
        "rule": decision.rule if decision.action == "no_reply" else None,
        "readings": [
            {
                "account": reading.account,
                "meter": reading.meter,
                "resource": str(reading.resource) if reading.resource else None,
                "value": str(reading.value),
                "unit": str(reading.unit) if reading.unit else None,
            }
            for reading in facts.readings
        ],
        "contacts": {
            "name": contacts.names[0].value if contacts.names else None,
            "account": contacts.accounts[0].value if contacts.accounts else None,
            "phone": contacts.phones[0].value if contacts.phones else None,
            "address": contacts.addresses[0].value if contacts.addresses else None,
        },
        "clause": decision.clause,
        "because": decision.because,
        "doubts": list(decision.doubts),
        "template": decision.template,
        "confidence": round(decision.confidence, 3),
        "text": letter.body,
        "evidence": [
            {
                "what": what,
                "value": value,
                "part": span.part,
                "start": span.start,
                "end": span.end,
                "text": letter.quote(span),
            }
            for what, value, spans in evidence(facts)
            for span in spans
        ],
    }


def show(console: Console, name: str, result: Explanation) -> None:
    """The whole way of a letter: text with its evidence in colour, facts, rules, decision, reply."""
    letter, decision = result.letter, result.decision
    console.print(Line(name))
    console.print(Text.assemble("Тема: ", highlighted(letter, "subject", result.facts)))
    for part in letter.parts:
        if part.name != "subject" and part.text.strip():
            label = part.name + (f" (исправлено: {part.repair})" if part.repair else "")
            console.print(Text(f"── {label}", style="dim"))
            console.print(highlighted(letter, part.name, result.facts))
    console.print(_found(result.facts))
    console.print(_trials(result))
    priority = "" if decision.priority == "normal" else f", срочность: {decision.priority}"
    console.print(
        Text.assemble(
            ("Решение: ", "bold"),
            (ACTIONS[decision.action], "bold green"),
            f" — {decision.because} (уверенность {decision.confidence:.2f}{priority})",
        )
    )
    for doubt in decision.doubts:
        console.print(Text(f"  ? {doubt}", style="yellow"))
    if decision.respond_by:
        console.print(f"Срок ответа: {decision.respond_by:%d.%m.%Y %H:%M} ({decision.deadline_source})")
    if result.reply:
        console.print(
            Group(Line(f"Письмо клиенту: {result.reply.subject}", style="green"), Text(result.reply.text))
        )


def highlighted(letter: Letter, part: str, facts: Facts) -> Text:
    """The kept text of a part with the evidence in colour."""
    text = Text(letter.part(part).text)
    for what, _, spans in evidence(facts):
        for span in spans:
            if span.part == part:
                text.stylize(_STYLES[what], span.start, span.end)
    return text


def _found(facts: Facts) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for what, value, spans in evidence(facts):
        where = ", ".join(f"{span.part}:{span.start}–{span.end}" for span in spans)
        table.add_row(Text(what, style=_STYLES[what]), value, Text(where, style="dim"))
    for what, judgement in (
        ("суть обращения", facts.substance),
        ("читается", facts.readable),
        ("письмо клиента", facts.client),
    ):
        word, style = _OUTCOMES[judgement.answer]
        table.add_row(what, Text(word, style=style), Text(judgement.because, style="dim"))
    return table


def _trials(result: Explanation) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim")
    for heading in ("Правило", "Пункт", "Сработало", "Почему"):
        table.add_column(heading)
    for trial in result.decision.trials:
        word, style = _OUTCOMES[trial.finding.answer]
        quotes = [f"«{result.letter.quote(span)}»" for span in trial.finding.spans[:4]]
        looked = f" Искали: {', '.join(trial.finding.looked)}." if trial.finding.looked else ""
        because = trial.finding.because + (f" {' '.join(quotes)}" if quotes else "") + looked
        table.add_row(trial.rule, trial.clause, Text(word, style=style), because)
    return table


def list_faults(console: Console, faults: Iterable[str]) -> None:
    for fault in faults:
        console.print(Text(fault, style="red"), soft_wrap=True)


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
