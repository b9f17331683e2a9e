"""A report as files in a folder: the letter, its parts, the paper, the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from mailbot.model.report.period import Period
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reporting.sending import report_files, report_letter
from mailbot.store import Store


def write_files(
    store: Store, rules: ActiveRules, period: Period, address: str, now: datetime, folder: Path
) -> Iterator[Path]:
    """Write the report into the folder, which is there; each path as it is written. OSError where it cannot be.

    The letter is addressed to the first reader of rules/reports.toml, or to ourselves: it is not sent.
    """
    files = report_files(store, rules, period, now)
    readers = rules.rulebook.reports.readers or (rules.rulebook.channels.mail,)
    letter = report_letter(rules, files, readers[0], address, now)
    named = (
        (f"{period}.eml", letter.content),
        (f"{period}.txt", letter.text.encode()),
        (f"{period}.pdf", files.pdf),
        (f"{period}.xlsx", files.xlsx),
        *((f"{period}-{name}.png", png) for name, png in files.charts),
    )
    for name, content in named:
        path = folder / name
        path.write_bytes(content)
        yield path
