"""Load the templates of papers and try each with specimens: a fault stops the start, not a bill."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, partial

from typst import TypstError

from mailbot.documents.print_cover import render_cover
from mailbot.documents.questionnaire_sheet import QUESTIONNAIRE, render_questionnaire
from mailbot.documents.questionnaire_sheet import specimen as questionnaire
from mailbot.documents.rendering import TEMPLATES, render_bill, render_certificate, render_statement
from mailbot.documents.report_paper import CHART, REPORT, render_report, report_charts
from mailbot.documents.specimens import CHANNELS, bills, statement_paper
from mailbot.documents.typesetting import ENTRY, DocumentTemplates, PaymentText
from mailbot.model import RulebookError, SourceFile
from mailbot.wording.report.specimen.reports import empty_report, specimen_report

FOLDERS = frozenset({"bill", "report"})

REPORT_TEMPLATES = {REPORT: "отчёт", CHART: "графики отчёта", QUESTIONNAIRE: "анкету"}

_PLACE = re.compile(r"┌─ (\S+):(\d+):\d+")


def load_documents(sources: tuple[SourceFile, ...], payment_text: PaymentText) -> DocumentTemplates:
    """The templates among `sources` (those in the folders `bill/` and `report/`), checked.

    Every paper must have its template, and be set with specimens of data. RulebookError holds a line for each fault:
    file, line, what to do.
    """
    shipped = tuple(
        source
        for source in sources
        if FOLDERS & set(source.name.split("/")[:-1]) and source.name.endswith(".typ")
    )
    if faults := _faults(shipped):
        raise RulebookError(faults)
    return DocumentTemplates(_files(shipped), payment_text)


def _folder(name: str) -> str:
    return f"templates/{'report' if name in REPORT_TEMPLATES else 'bill'}/"


def _files(sources: tuple[SourceFile, ...]) -> Mapping[str, bytes]:
    return {source.name.rpartition("/")[2]: source.text.encode() for source in sources}


@lru_cache(maxsize=8)
def _faults(sources: tuple[SourceFile, ...]) -> tuple[str, ...]:
    """Remembered by the texts themselves: the pages of the staff load the same templates at every change of a rule."""
    names = {source.name.rpartition("/")[2]: source.name for source in sources}
    missing = tuple(
        f"{_folder(name)}{name}:1: файла нет, а по нему верстают {what}; верните его из поставки"
        for name, what in (TEMPLATES | REPORT_TEMPLATES).items()
        if name not in names
    )
    if missing:
        return missing
    tried = DocumentTemplates(_files(sources), lambda bill: b"ST00012|Name=X" if bill.to_pay > 0 else None)
    papers: list[Callable[[], bytes]] = [partial(render_bill, bill, tried) for bill in bills()]
    full = statement_paper()
    papers += [partial(render_statement, full, tried), partial(render_certificate, full, tried)]
    papers.append(partial(render_cover, tried, "10.2026", "1", (("ул. Мира, 5", 2),), full.issued_on))
    papers += [partial(render_report, report, tried) for report in (specimen_report(), empty_report())]
    papers.append(lambda: report_charts(specimen_report(), tried)[0][1])
    papers.append(partial(render_questionnaire, questionnaire(), CHANNELS, tried, full.issued_on))
    return tuple(dict.fromkeys(fault for paper in papers if (fault := _fault(paper, names))))


def _fault(paper: Callable[[], bytes], names: Mapping[str, str]) -> str:
    try:
        paper()
    except TypstError as error:
        places = [place for place in _PLACE.findall(error.diagnostic) if place[0] != ENTRY]
        name, line = places[0] if places else ("", "1")
        where = names.get(name.rpartition("/")[2], _folder(name) + name)
        return f"{where}:{line}: шаблон не собирается ({error.message}); исправьте эту строку или то, что она берёт"
    return ""
