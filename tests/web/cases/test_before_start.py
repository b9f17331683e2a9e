"""Letters from before the start of work: listed with their reason, taken back from their page, and answered by a person."""

from __future__ import annotations

from datetime import timedelta

from mailbot.model import CaseState, RawLetter
from mailbot.parsing import read_envelope
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming
from tests.web.conftest import Desk

OLD = "From: old@mail.example\r\nSubject: pipe\r\n\r\nПрорвало трубу, Мира 9-4, л/с 450777\r\n".encode()


def test_an_old_letter_is_found_by_its_reason_and_taken_back_from_its_page(bare: Desk) -> None:
    now = bare.clock()
    raw = RawLetter(OLD, now - timedelta(days=600))
    bare.store.do(incoming.save_letter, raw, read_envelope(OLD), None, "test", now, now)
    bare.receive("From: shop@spam.example\nPrecedence: bulk\nAuto-Submitted: auto-generated\n\nAuto\n")
    browser = bare.client()
    shown = browser.get("/queue?list=ignored&rule=before_start").text
    assert "old@mail.example" in shown
    assert "shop@spam.example" not in shown
    assert "пришло до начала работы</option>" in shown
    case = next(
        case for case in bare.store.ask(summaries.cases, None, 9) if case.sender == "old@mail.example"
    )
    page = browser.get(f"/case/{case.id}")
    assert page.status_code == 200
    assert "пришло до начала работы программы" in page.text
    assert "Прорвало трубу" in page.text
    assert browser.post(f"/case/{case.id}/take-back", data={"version": "0"}).status_code == 302
    taken = next(
        found for found in bare.store.ask(summaries.cases, None, 9) if found.sender == "old@mail.example"
    )
    assert taken.state is CaseState.AWAITING_REVIEW
    waiting = browser.get(f"/case/{taken.number}")
    assert waiting.status_code == 200
    assert "Прорвало трубу" in waiting.text
    assert "old@mail.example" in browser.get("/queue").text
