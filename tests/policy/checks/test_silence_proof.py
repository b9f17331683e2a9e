"""Clause 2.2.email.1 as a property: a letter without contact data is silenced, the same letter with any is not."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from functools import lru_cache
from pathlib import Path

import pytest

from mailbot.config import load_sources
from mailbot.model import Action, CaseContext, Decision, RawLetter
from mailbot.parsing import parse
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.policy.checks.made_contacts import NOTATIONS, Written, made_contact

NOW = datetime(2026, 11, 10, 6, 0, tzinfo=UTC)
LETTERS = (
    (Path(__file__).parent / "nameless_letters.txt").read_text(encoding="utf-8").strip().split("\n---\n")
)
RULEBOOK = load_rulebook(load_sources("rules"))


def decided(written: Written) -> Decision:
    """The whole way from bytes, with a register in which the sender is not."""
    message = EmailMessage()
    message["From"] = f'"{written.name}" <kotik85@mail.ru>' if written.name else "kotik85@mail.ru"
    message["To"], message["Subject"], message["Message-ID"] = "8666@bk.ru", written.subject, "<1@mail.ru>"
    message.set_content(written.body)
    letter = parse(RawLetter(message.as_bytes(), NOW))
    return decide(
        LetterInContext(letter, understand(letter, RULEBOOK), CaseContext("26-000001", True), RULEBOOK), NOW
    )


@lru_cache(maxsize=1)
def nameless() -> tuple[str, ...]:
    """The letters that are silenced for want of contact data; whichever are not prove nothing here."""
    return tuple(body for body in LETTERS if decided(Written(body)).rule == "no_contacts")


def test_a_letter_in_which_every_word_is_explained_is_silenced() -> None:
    assert len(LETTERS) >= 40
    assert len(nameless()) >= 40


@pytest.mark.parametrize("notation", NOTATIONS)
def test_with_any_contact_data_it_is_silenced_no_more(notation: str) -> None:
    """Each notation meets every third letter, the next notation the letters beside them."""
    at = list(NOTATIONS).index(notation)
    for seed, body in enumerate(nameless()[at % 3 :: 3], start=100 * at):
        written = NOTATIONS[notation](made_contact(seed), Written(body))
        assert decided(written).action not in (Action.NO_REPLY, Action.IGNORE), written
