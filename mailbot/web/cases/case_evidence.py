"""What was understood of a letter and what the rules found in it, each with its place in the letter's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mailbot.model import ExtractedValue, Span
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.web.cases.evidence_marks import only_beyond, stretches, without_beyond
from mailbot.web.hostile_content import safe_name
from mailbot.wording.evidence import evidence

ONE_HALF = "Есть только в одном виде письма: оформление (HTML) и простой текст расходятся"


def findings(file: CaseFile) -> list[tuple[str, str, str, float | None, tuple[Span, ...]]]:
    """(name, what, value, confidence, spans) of all that was understood and of every rule that hit or is in doubt."""
    if file.judged is None:
        return []
    facts, rows = file.judged.facts, []
    sureness = _sureness(file)
    for at, (what, value, spans) in enumerate(evidence(facts)):
        rows.append((f"e{at}", what, value, sureness.get((what, spans)), spans))
    for at, trial in enumerate(file.judged.decision.trials):
        if trial.finding.spans:
            rows.append((f"t{at}", "", trial.rule, None, trial.finding.spans))
    return rows


def _sureness(file: CaseFile) -> dict[tuple[str, tuple[Span, ...]], float]:
    if file.judged is None:
        return {}
    facts = file.judged.facts
    contacts = facts.contacts
    sure = {("показание", reading.spans): reading.confidence for reading in facts.readings}
    found: tuple[tuple[str, Iterable[ExtractedValue[Any]]], ...] = (
        ("вид", facts.kinds),
        ("тема", facts.topics),
        ("лицевой счёт", contacts.accounts),
        ("имя", contacts.names),
        ("телефон", contacts.phones),
        ("адрес", contacts.addresses),
    )
    sure.update(((what, value.spans), value.confidence) for what, many in found for value in many)
    return sure


def parts(file: CaseFile, marked: list[tuple[str, Span]]) -> list[tuple[str, Any]]:
    """(title, stretches) of each text of the letter."""
    if file.letter is None:
        return []
    names = {
        f"attachment:{attachment.number}": f"Из вложения «{safe_name(attachment)}»"
        for attachment in file.letter.attachments
    }
    shown = []
    for part in file.letter.parts:
        if part.name != "subject" and part.text.strip():
            shown.append((names.get(part.name, ""), stretches(without_beyond(part), marked)))
            shown.append((ONE_HALF, stretches(only_beyond(part), marked)))
    return [(title, pieces) for title, pieces in shown if pieces]
