"""Letters whose like went wrong in other products, from their bytes to the decision: encodings, addresses, attributions."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailbot.composing import MailTemplates
from mailbot.model import Action, LetterDamage, RawLetter, Rulebook
from mailbot.services.trial.explanation import Explanation, explain
from tests.parsing.encoded_letters import in_base64, in_uuencode
from tests.parsing.letters import raw

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SILENT = {Action.NO_REPLY, Action.IGNORE}

HOT_WATER = {
    "08-forwarded-eml-base64", "09-base64-with-antivirus-footer", "11-two-transfer-encodings",
    "12-boundary-mismatch-base64", "13-qp-undeclared", "14-utf-16le", "15-fullwidth-digits", "17-from-cyrillic-domain",
    "19-space-in-local-part", "19b-from-wholly-encoded",
}  # fmt: skip
"""Each passes on 345 m³ for the account 4710325."""

SENDERS = {
    "17-from-cyrillic-domain": "ivan@xn--80a1acny.xn--p1ai",
    "19-space-in-local-part": "",
    "19b-from-wholly-encoded": "ivan@mail.ru",
}


@pytest.fixture
def case(
    shared: Path, rulebook: Rulebook, templates: MailTemplates, request: pytest.FixtureRequest
) -> Explanation:
    content = (shared / "cases" / f"{request.param}.eml").read_bytes()
    return explain(RawLetter(content, NOW), rulebook, templates, (), NOW)


@pytest.mark.parametrize("case", sorted(HOT_WATER), indirect=True)
def test_the_reading_is_read_and_no_other(case: Explanation) -> None:
    found = [(one.account, str(one.value)) for one in case.facts.readings if one.resource == "hot_water"]
    assert found == [("4710325", "345")]
    assert case.decision.action not in SILENT


@pytest.mark.parametrize("case", ["12-boundary-mismatch-base64", "13-qp-undeclared"], indirect=True)
def test_a_complaint_beside_the_reading_goes_before_a_person(case: Explanation) -> None:
    assert case.decision.action is Action.REVIEW


@pytest.mark.parametrize(("case", "email"), SENDERS.items(), indirect=["case"])
def test_the_sender_is_answered_at_the_address_that_was_written_or_not_at_all(
    case: Explanation, email: str
) -> None:
    assert case.letter.from_.email == email
    if not email:
        assert case.decision.action is Action.REVIEW
        assert case.reply is None


@pytest.mark.parametrize("case", ["24-three-line-attribution"], indirect=True)
def test_our_own_quoted_reading_is_not_accepted_again(case: Explanation) -> None:
    assert case.facts.readings == ()
    assert case.decision.action is not Action.READING_ACCEPTED


@pytest.mark.parametrize("case", ["32-czech-utf8"], indirect=True)
def test_declared_utf_8_in_another_language_stays(case: Explanation) -> None:
    assert case.letter.body == "Vážení, posílám smlouvu a přílohy. S pozdravem, Petr"


NOISE = random.Random(11).randbytes(300)


@pytest.mark.parametrize("body", [in_base64(NOISE), in_uuencode(NOISE), b"Hello\n\n" + in_base64(NOISE)])
def test_what_stays_encoded_goes_before_a_person_and_is_named(
    body: bytes, rulebook: Rulebook, templates: MailTemplates
) -> None:
    found = explain(RawLetter(raw(body), NOW), rulebook, templates, (), NOW)
    assert LetterDamage.UNDECODED in found.letter.damage
    assert found.decision.action is Action.REVIEW
    assert any("закодированной" in doubt for doubt in found.decision.doubts)


def test_a_cut_reading_is_not_accepted(rulebook: Rulebook, templates: MailTemplates) -> None:
    came = (
        in_base64("Петрова Анна, лицевой счёт 4710325, показания горячей воды 345678".encode())
        .strip()
        .rstrip(b"=")
    )
    found = explain(RawLetter(raw(came[: len(came) // 4 * 4 - 2]), NOW), rulebook, templates, (), NOW)
    assert found.decision.action is Action.REVIEW


def test_an_enciphered_message_is_still_unreadable(rulebook: Rulebook, templates: MailTemplates) -> None:
    armoured = b"-----BEGIN PGP MESSAGE-----\n\n" + in_base64(NOISE) + b"=Qx7Z\n-----END PGP MESSAGE-----\n"
    found = explain(RawLetter(raw(armoured), NOW), rulebook, templates, (), NOW)
    assert found.decision.action is Action.NO_REPLY
