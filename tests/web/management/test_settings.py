"""Settings in the pages: what would turn a protection off or let a letter's halves part comes back with the reason."""

from __future__ import annotations

from html import unescape

from mailbot.model import StaffRole
from mailbot.store.staff import edited_files
from tests.web.conftest import Desk, _rules

TEXT, HTML = "templates/mail/e_bill.txt", "templates/mail/e_bill.html"


def source(path: str, old: str, new: str) -> str:
    text = next(one.text for one in _rules().sources if one.name == path)
    assert old in text
    return text.replace(old, new, 1)


def test_a_threshold_of_nothing_is_refused_with_its_reason(bare: Desk) -> None:
    form = {"text": source("rules/limits.toml", "talk = 0.92", "talk = 0")}
    refused = bare.client(StaffRole.MANAGER).post("/settings/rules/limits.toml", data=form)
    assert refused.status_code == 409
    assert "rules/limits.toml:" in refused.text
    assert "просьба рядом с показаниями сошла бы за разговор" in refused.text
    assert bare.store.ask(edited_files.changed) == {}


def test_halves_that_part_are_shown_side_by_side_and_saved_together(bare: Desk) -> None:
    client = bare.client(StaffRole.MANAGER)
    form = {"text": source(TEXT, "Мы получили вашу просьбу", "Мы получили вашу заявку")}
    asked = client.post(f"/settings/{TEXT}", data=form)
    assert asked.status_code == 409
    assert "только в тексте: «заявку», только в оформлении: «просьбу»" in asked.text
    assert "Мы получили вашу просьбу" in unescape(asked.text.partition('name="half"')[2])
    both = form | {"half": source(HTML, "Мы получили вашу просьбу", "Мы получили вашу заявку")}
    assert client.post(f"/settings/{TEXT}", data=both).status_code == 302
    assert set(bare.store.ask(edited_files.changed)) == {TEXT, HTML}
