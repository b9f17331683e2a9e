"""What was understood of a letter and what the rules found in it, each with its place in the letter's text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from mailbot.model import ExtractedValue, Span
from mailbot.services.desk.case_file.case_file import CaseFile
from mailbot.web.cases.evidence_marks import only_beyond, stretches, without_beyond
from mailbot.web.hostile_content import safe_name
from mailbot.web.value_display import topic_title, writer
from mailbot.wording.evidence import EvidenceKind, evidence

ONE_HALF = "Есть только в одном виде письма: оформление (HTML) и простой текст расходятся"


class FoundEvidence(NamedTuple):
    """`name` ties it to its marks in the text; `what` None: a rule. `confidence` of 0…1 where there is one."""

    name: str
    what: EvidenceKind | None
    value: str
    confidence: float | None
    spans: tuple[Span, ...]


def findings(file: CaseFile) -> list[FoundEvidence]:
    """All that was understood, and every rule that hit or is in doubt."""
    if file.judged is None:
        return []
    facts = file.judged.facts
    rows: list[FoundEvidence] = []
    sureness = _sureness(file)
    for at, (what, value, spans) in enumerate(evidence(facts)):
        rows.append(FoundEvidence(f"e{at}", what, _titled(what, value), sureness.get((what, spans)), spans))
    for at, trial in enumerate(file.judged.decision.trials):
        if trial.finding.spans:
            rows.append(FoundEvidence(f"t{at}", None, trial.rule, None, trial.finding.spans))
    return rows


def _titled(what: EvidenceKind, value: str) -> str:
    match what:
        case EvidenceKind.TOPIC | EvidenceKind.URGENCY:
            return topic_title(value)
        case EvidenceKind.CORRESPONDENT:
            return writer(value)
        case _:
            return value


def _sureness(file: CaseFile) -> dict[tuple[EvidenceKind, tuple[Span, ...]], float]:
    if file.judged is None:
        return {}
    facts = file.judged.facts
    contacts = facts.contacts
    sure = {(EvidenceKind.READING, reading.spans): reading.confidence for reading in facts.readings}
    found: tuple[tuple[EvidenceKind, Iterable[ExtractedValue[Any]]], ...] = (
        (EvidenceKind.KIND, facts.kinds),
        (EvidenceKind.TOPIC, facts.topics),
        (EvidenceKind.ACCOUNT, contacts.accounts),
        (EvidenceKind.NAME, contacts.names),
        (EvidenceKind.PHONE, contacts.phones),
        (EvidenceKind.ADDRESS, contacts.addresses),
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
