"""Papers beside an answer: how a letter names them, what their files are called, and whose they may be."""

from __future__ import annotations

from dataclasses import dataclass

from mailbot.composing import money_wording as words
from mailbot.composing import wording
from mailbot.composing.message.message_bytes import AttachedFile
from mailbot.model import DocumentKind, DocumentRequest

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A paper as a letter names it: «квитанция за октябрь 2026»."""

    kind: DocumentKind
    title: str
    account: str


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A finished paper: what was wanted, and its PDF."""

    wanted: DocumentRequest
    pdf: bytes


def document_line(wanted: DocumentRequest) -> DocumentLine:
    return DocumentLine(wanted.kind, _title(wanted), wording.single_line(wanted.account))


def paper_attachment(paper: RenderedDocument) -> AttachedFile:
    """The paper as a file: «Акт сверки 2026-01 — 2026-10, л-с 4710325.pdf»."""
    return AttachedFile(_file_name(paper.wanted), PDF, paper.pdf)


def _title(wanted: DocumentRequest) -> str:
    if wanted.kind is DocumentKind.CERTIFICATE or wanted.since is None or wanted.until is None:
        return "справка об отсутствии задолженности"
    if wanted.kind is DocumentKind.BILL:
        return f"квитанция за {words.format_month(wanted.since)}"
    if wanted.since == wanted.until:
        return f"акт сверки за {words.format_month(wanted.since)}"
    return f"акт сверки: {words.format_month(wanted.since)} — {words.format_month(wanted.until)}"


def _file_name(wanted: DocumentRequest) -> str:
    names = {
        DocumentKind.BILL: f"Квитанция {wanted.until}",
        DocumentKind.STATEMENT: f"Акт сверки {wanted.since} — {wanted.until}",
        DocumentKind.CERTIFICATE: "Справка об отсутствии задолженности",
    }
    return f"{names[wanted.kind]}, л-с {wanted.account}.pdf"
