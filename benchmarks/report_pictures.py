"""`python -m benchmarks.report_pictures FOLDER`: the specimen report as mail, light and dark, and on paper."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
from playwright.sync_api import Browser, sync_playwright

from benchmarks.bill_mail import Scheme, _html
from benchmarks.bill_pictures import _png
from mailbot.command_setup import load_files
from mailbot.composing import compose_report, compose_warning
from mailbot.config import Settings
from mailbot.documents import render_report, report_charts
from mailbot.model import OutgoingLetter
from mailbot.model.case.due_case import DueCase
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules
from mailbot.services.reporting.workbook import workbook
from mailbot.wording.report.specimen.reports import specimen_report

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ADDRESS, READER = "https://mail.example", "manager@mail.example"
WIDTHS = (360, 800)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
TALL = 1500
"""Pixels of a picture: the report goes on for some screens more."""

SCALE = 1.25
"""Pixels a point of the paper: 90 dpi."""


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    rules = load_checked_rules(0, load_files(Settings()))
    report = specimen_report()
    pdf = render_report(
        report, rules.documents, rules.rulebook.deadlines, company=rules.rulebook.channels.company
    )
    for at, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        pixels: Any = page.render(scale=SCALE, grayscale=True).to_numpy()
        (folder / f"page-{at}.png").write_bytes(_png(pixels))
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, letter in _letters(rules, pdf).items():
            for width in WIDTHS if name == "mail" else WIDTHS[:1]:
                for scheme in SCHEMES:
                    _shoot(browser, letter, width, scheme, folder / f"{name}-{width}-{scheme}.png")
        browser.close()


def _letters(rules: ActiveRules, pdf: bytes) -> dict[str, OutgoingLetter]:
    report = specimen_report()
    late = DueCase(
        "26-000123",
        "Нет отопления",
        NOW - timedelta(days=4),
        NOW - timedelta(hours=3),
        "Анна Зуева",
        passed=True,
    )
    near = DueCase(
        "26-000131", "Задолженность", NOW - timedelta(days=3), NOW + timedelta(hours=2), "", passed=False
    )
    mail = compose_report(
        report,
        rules.templates,
        to=READER,
        charts=report_charts(report, rules.documents),
        pdf=pdf,
        xlsx=workbook(report),
        address=ADDRESS,
        now=NOW,
    )
    return {
        "mail": mail,
        "warning": compose_warning((late, near), rules.templates, to=READER, address=ADDRESS, now=NOW),
    }


def _shoot(browser: Browser, letter: OutgoingLetter, width: int, scheme: Scheme, path: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page.set_content(_html(letter))
    wide, tall = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    assert wide <= width, f"{path.name}: {wide} px wide"
    page.screenshot(
        path=str(path), full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALL)}
    )
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
