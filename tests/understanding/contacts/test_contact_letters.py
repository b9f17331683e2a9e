"""Contact data in hundreds of short letters (clause 2.2.email.1): the table is the specification."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailbot.model import CaseContext, Certainty, ExtractedValue, Letter, Rulebook
from mailbot.policy.checks.contacts import MIN_CONFIDENCE, no_contact_data
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from mailbot.understanding.contacts.contact_finder import find_contacts
from tests.understanding.letters import make_letter

FILE = Path(__file__).with_name("contact_letters.txt")


@dataclass(frozen=True, slots=True)
class Row:
    """A letter of the table and the fields expected: «acc», «tel?», … with all their values."""

    written: str
    expected: dict[str, str]

    @property
    def letter(self) -> Letter:
        text = self.written.replace("\\n", "\n").replace("\\t", "\t")
        subject = re.match(r"\{тема ([^}]*)\} ", text)
        return make_letter(text[subject.end() :], subject[1]) if subject else make_letter(text)


def rows() -> list[Row]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" =>", 1) for line in lines if line and not line.startswith("#"))
    return [Row(letter, dict(field.strip().split(" ", 1) for field in fields.split(" ; ") if field.strip()))
            for letter, fields in pairs]  # fmt: skip


def told(name: str, found: tuple[ExtractedValue[str], ...]) -> dict[str, str]:
    own = [one.value for one in found if one.confidence >= MIN_CONFIDENCE]
    doubtful = [one.value for one in found if one.confidence < MIN_CONFIDENCE]
    return {key: " + ".join(values) for key, values in ((name, own), (f"{name}?", doubtful)) if values}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.written[:40])
def test_contact_data_of_a_letter(row: Row) -> None:
    contacts = find_contacts(row.letter)
    assert row.expected == {
        **told("acc", contacts.accounts),
        **told("tel", contacts.phones),
        **told("name", contacts.names[:1]),
        **told("addr", contacts.addresses),
    }


def test_a_letter_with_contact_data_is_never_judged_to_have_none(rulebook: Rulebook) -> None:
    """No row with an account, a phone or a house, however doubtful, may be silenced for want of them."""
    silenced = [
        row.written
        for row in rows()
        if {"acc", "tel", "tel?", "addr", "addr?"} & set(row.expected)
        and _judged(row.letter, rulebook) is Certainty.YES
    ]
    assert silenced == []


def _judged(letter: Letter, rulebook: Rulebook) -> Certainty:
    context = CaseContext(number="26-0001", register_known=True)
    return no_contact_data(LetterInContext(letter, understand(letter, rulebook), context, rulebook)).answer
