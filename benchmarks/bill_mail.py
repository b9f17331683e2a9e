"""`python -m benchmarks.bill_mail FOLDER`: the mail of a bill as a telephone and a computer show it, light and dark."""

from __future__ import annotations

import shutil
import sys
import tempfile
from base64 import b64encode
from datetime import UTC, date, datetime
from decimal import Decimal
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from mailbot.command_setup import load_files
from mailbot.composing import compose_bill, compose_reminder
from mailbot.config import Settings, resource_folder
from mailbot.documents import render_bill, render_qr_png
from mailbot.model import OutgoingLetter
from mailbot.model.outgoing.reminder import Reminder, ReminderKind
from mailbot.services.in_force.rules_and_templates import load_checked_rules
from mailbot.services.ledger.bills.month_bills import bill_of
from mailbot.store import Store
from mailbot.store.accounts.accounts import registered
from tests.material import flat

ISSUED = datetime(2026, 11, 5, 6, 0, tzinfo=UTC)
WIDTHS = (360, 800)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    letters = _letters()
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, letter in letters.items():
            for width in WIDTHS if name == "mail" else WIDTHS[:1]:
                for scheme in SCHEMES:
                    _shoot(browser, _html(letter), width, scheme, folder / f"{name}-{width}-{scheme}.png")
        browser.close()


def _letters() -> dict[str, OutgoingLetter]:
    """The mails of the flat's October: its bill, and both reminders."""
    rules = load_checked_rules(0, load_files(Settings()))
    with tempfile.TemporaryDirectory() as home:
        store = Store(f"sqlite:///{home}/mailbot.db", resource_folder("db"))
        store.migrate()
        flat.settle(store)
        bill = bill_of(store, flat.NUMBER, flat.LAST, rules, ISSUED.date())
        held = store.ask(registered, [flat.NUMBER])[flat.NUMBER]
        store.close()
    text, pdf = rules.documents.payment_text(bill), render_bill(bill, rules.documents)
    picture = render_qr_png(text) if text is not None else None
    found = {"mail": compose_bill(bill, pdf, picture, rules.templates, to=held.emails[0], now=ISSUED)}
    for kind, until in ((ReminderKind.READINGS, date(2026, 10, 25)), (ReminderKind.DEBT, bill.due)):
        found[f"mail-{kind.value}"] = compose_reminder(
            Reminder(kind, flat.NUMBER, flat.LAST, 1),
            held,
            rules.templates,
            to=held.emails[0],
            until=until,
            overdue=bill.to_pay if kind is ReminderKind.DEBT else Decimal(0),
            stop_url="https://mail.example/stop/specimen",
            now=ISSUED,
        )
    return found


def _html(letter: OutgoingLetter) -> str:
    """The HTML of the letter, its pictures set in where a mail program shows them."""
    message = message_from_bytes(letter.content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("html",))
    assert body is not None
    html = str(body.get_content())
    for part in message.walk():
        if part.get_content_type() == "image/png":
            picture = part.get_payload(decode=True)
            assert isinstance(picture, bytes)
            shown = b64encode(picture).decode()
            html = html.replace(f"cid:{part['Content-ID'].strip('<>')}", f"data:image/png;base64,{shown}")
    return html


def _shoot(browser: Browser, html: str, width: int, scheme: Scheme, path: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 640}, color_scheme=scheme)
    page.set_content(html)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{path.name}: {wide} px wide"
    page.screenshot(path=str(path), full_page=True)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
