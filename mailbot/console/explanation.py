"""The whole way of one letter in a terminal, and as a JSON line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rich.console import Console, Group
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from mailbot.model import Action, Certainty, Facts, LetterPart, Priority, Span
from mailbot.services.trial.explanation import CONTACT_FIELDS, Explanation, shown_contact
from mailbot.wording.case_titles import ACTIONS, CERTAINTIES
from mailbot.wording.evidence import EvidenceKind, evidence

_OUTCOMES = {
    Certainty.YES: "bold green",
    Certainty.NO: "dim",
    Certainty.DOUBT: "yellow",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_STYLES = {
    EvidenceKind.READING: "black on green",
    EvidenceKind.ACCOUNT: "black on cyan",
    EvidenceKind.NAME: "black on cyan",
    EvidenceKind.PHONE: "black on cyan",
    EvidenceKind.ADDRESS: "black on cyan",
    EvidenceKind.ABUSE: "white on red",
    EvidenceKind.URGENCY: "white on dark_orange",
    EvidenceKind.OTHER: "black on yellow",
    EvidenceKind.KIND: "underline",
    EvidenceKind.TOPIC: "underline",
    EvidenceKind.CORRESPONDENT: "black on magenta",
    EvidenceKind.THEIR_NUMBER: "black on magenta",
    EvidenceKind.REFERENCE: "black on magenta",
    EvidenceKind.LIMIT: "white on dark_orange",
}


def as_json(name: str, result: Explanation) -> dict[str, object]:
    """One letter as the keys that `mailbot explain --json` promises in the README."""
    letter, facts, decision = result.letter, result.facts, result.decision
    return {
        "file": name,
        "primary": str(facts.primary),
        "kinds": [str(kind.value) for kind in facts.kinds],
        "action": str(decision.action),
        "rule": decision.rule if decision.action is Action.NO_REPLY else None,
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
        "contacts": {field: shown_contact(result, field) for field in CONTACT_FIELDS},
        "clause": decision.clause,
        "because": decision.because,
        "doubts": list(decision.doubts),
        "template": decision.template,
        "confidence": round(decision.confidence, 3),
        "correspondent": decision.correspondent,
        "their_number": decision.their_number,
        "respond_by": decision.respond_by.isoformat() if decision.respond_by else None,
        "deadline_source": decision.deadline_source,
        "register": [note.value for note in facts.by_register],
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
    console.print(Text.assemble("Тема: ", highlighted_original(letter.part("subject"), result.facts)))
    for part in letter.parts:
        if part.name != "subject" and part.text.strip():
            console.print(Text(f"── {part.name}", style="dim"))
            _show_part(console, part, result.facts)
    console.print(_found(result.facts))
    console.print(_trials(result))
    priority = "" if decision.priority is Priority.NORMAL else f", срочность: {decision.priority}"
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


def _show_part(console: Console, part: LetterPart, facts: Facts) -> None:
    """The text as it came, the evidence in colour; where it had to be repaired, also as it was read."""
    console.print(highlighted_original(part, facts))
    if part.repair:
        console.print(Text(f"── прочитано так ({part.repair})", style="dim"))
        console.print(highlighted(part, facts))


def highlighted(part: LetterPart, facts: Facts) -> Text:
    """The kept text of a part with the evidence in colour."""
    return _coloured(part.text, ((style, span.start, span.end) for style, span in _spans(part, facts)))


def highlighted_original(part: LetterPart, facts: Facts) -> Text:
    """The original text of a part with the same evidence in colour, by the map back to it."""
    marks = ((style, *part.came_from(span.start, span.end)) for style, span in _spans(part, facts))
    # halves of damaged letters are control characters, which would command the terminal (ECMA-48)
    return _coloured(_CONTROLS.sub("·", part.as_came), marks)


def _spans(part: LetterPart, facts: Facts) -> Iterator[tuple[str, Span]]:
    for what, _, spans in evidence(facts):
        yield from ((_STYLES[what], span) for span in spans if span.part == part.name)


def _coloured(text: str, marks: Iterable[tuple[str, int, int]]) -> Text:
    shown = Text(text)
    for style, start, end in marks:
        shown.stylize(style, start, end)
    return shown


def _found(facts: Facts) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 1))
    for what, value, spans in evidence(facts):
        where = ", ".join(f"{span.part}:{span.start}–{span.end}" for span in spans)
        table.add_row(Text(what, style=_STYLES[what]), value, Text(where, style="dim"))
    for question, judgement in (
        ("суть обращения", facts.substance),
        ("читается", facts.readable),
        ("письмо клиента", facts.client),
    ):
        word, style = CERTAINTIES[judgement.answer], _OUTCOMES[judgement.answer]
        table.add_row(question, Text(word, style=style), Text(judgement.because, style="dim"))
    for note in facts.by_register:
        table.add_row("реестр", note.value)
    return table


def _trials(result: Explanation) -> Table:
    table = Table(box=None, padding=(0, 1), header_style="dim")
    for heading in ("Правило", "Пункт", "Сработало", "Почему"):
        table.add_column(heading)
    for trial in result.decision.trials:
        word, style = CERTAINTIES[trial.finding.answer], _OUTCOMES[trial.finding.answer]
        quotes = [f"«{result.letter.quote(span)}»" for span in trial.finding.spans[:4]]
        looked = f". Искали: {', '.join(trial.finding.looked)}" if trial.finding.looked else ""
        because = trial.finding.because + (f" {' '.join(quotes)}" if quotes else "") + looked
        table.add_row(trial.rule, trial.clause, Text(word, style=style), because)
    return table
