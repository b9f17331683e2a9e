"""A paper beside a person's answer, on the page: offered to the owner, sent where the box is ticked, and not otherwise."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from mailbot.config import resource_folder
from mailbot.model import CaseState
from mailbot.store import CaseSummary
from mailbot.store.cases import summaries
from mailbot.store.mail import outbox
from tests.services.ledger.neighbours import letter, settle
from tests.web.conftest import Desk

LEASE = timedelta(minutes=1)
WISH = "Квитанция за октябрь не пришла! Это безобразие, пришлите дубликат квитанции"


@pytest.fixture
def desk(bare: Desk, tmp_path: Path) -> Desk:
    """The neighbours, in a company that has confirmed its requisites."""
    rules = tmp_path / "rules"
    shutil.copytree(resource_folder("rules"), rules)
    bank = rules / "bank.toml"
    bank.write_text(bank.read_text(encoding="utf-8").replace("confirmed = false", "confirmed = true"))
    settle(bare.store, datetime(2026, 11, 2, 6, 0, tzinfo=UTC))
    return replace(bare, settings=bare.settings.model_copy(update={"rules_dir": rules}))


def attached(desk: Desk, case: CaseSummary) -> list[str]:
    newest = desk.store.ask(summaries.outgoing_of, desk.store.ask(summaries.case_of, case.number or "").id)[
        -1
    ]
    claimed = []
    while (item := desk.store.do(outbox.claim_outgoing, "t", LEASE, desk.clock() + LEASE)) is not None:
        claimed.append(message_from_bytes(item.content, policy=policy.default))
    (ours,) = [one for one in claimed if one["Auto-Submitted"] is None]
    assert ours["To"] == newest.recipient
    return [str(one.get_filename()) for one in ours.iter_attachments()]


@pytest.mark.parametrize(("ticked", "files"), [("1", ["Квитанция 2026-10, л-с 450123.pdf"]), ("", [])])
def test_the_paper_goes_where_the_box_is_ticked(desk: Desk, ticked: str, files: list[str]) -> None:
    case = desk.receive(letter(WISH))
    assert case.state is CaseState.AWAITING_REVIEW
    client = desk.client()
    page = client.get(f"/case/{case.number}").text
    assert "Приложить: квитанция за октябрь 2026 (л/с 450123)" in page
    form = {"text": "Вот ваша квитанция.", "means": "answered", "attach": ticked}
    assert client.post(f"/case/{case.number}/send", data=form).status_code == 302
    assert attached(desk, case) == files


def test_a_stranger_is_offered_none(desk: Desk) -> None:
    case = desk.receive(letter(f"{WISH}, л/с 450123, Кошкина Анна", sender="evil@other.example"))
    assert "Приложить:" not in desk.client().get(f"/case/{case.number}").text
