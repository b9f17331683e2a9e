"""A short reply to us is judged with the case that it goes on with, and is never silenced for want of contact data."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailbot.config import load_sources
from mailbot.model import Action, CaseContext, Decision, EarlierCase, Letter, LetterKind, Priority
from mailbot.policy import decide, load_rulebook
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.policy.builders import NOW
from tests.understanding.letters import make_letter

RULEBOOK = load_rulebook(load_sources("rules"))
EARLIER = EarlierCase(
    number="26-000417",
    received_at=NOW - timedelta(days=3),
    topics=("cold_radiators",),
    text="В спальне +15, батареи холодные.",
    answered_on_substance=False,
    answered_at=None,
    answer="",
    arguments=(),
    kind=LetterKind.COMPLAINT,
)


def decided(letter: Letter, earlier: tuple[EarlierCase, ...] = (), follows: str | None = None) -> Decision:
    context = CaseContext("26-000500", register_known=True, earlier=earlier, follows=follows)
    return decide(LetterInContext(letter, understand(letter, RULEBOOK), context, RULEBOOK), NOW)


@pytest.mark.parametrize(
    "words", ["и что?", "Так когда?", "А по второму вопросу?", "Ну и?", "Жду до сих пор", "Где ответ?"]
)
@pytest.mark.parametrize("follows", ["26-000417", None])
def test_a_short_reply_carries_the_earlier_kind_and_matter(words: str, follows: str | None) -> None:
    decision = decided(make_letter(words), earlier=(EARLIER,), follows=follows)
    assert (decision.action, decision.template) == (Action.REVIEW, None)
    assert (decision.topic, decision.priority) == ("cold_radiators", Priority.HIGH)
    assert decision.doubts[0].startswith("похоже на продолжение обращения № 26-000417 (жалоба, ")
    assert EARLIER.text in decision.doubts[0]


def test_the_case_that_is_answered_stands_before_a_newer_one() -> None:
    newer = replace(EARLIER, number="26-000450", topics=("e_bill",), kind=LetterKind.QUESTION)
    decision = decided(make_letter("и что?"), earlier=(newer, EARLIER), follows="26-000417")
    assert decision.topic == "cold_radiators"


def test_a_letter_with_a_matter_of_its_own_is_judged_by_that() -> None:
    decision = decided(make_letter("Как получать квитанции на почту?"), earlier=(EARLIER,))
    assert decision.topic == "e_bill"
    assert not any("продолжение обращения" in doubt for doubt in decision.doubts)


@pytest.mark.parametrize("header", ["in_reply_to", "references"])
def test_a_reply_to_us_is_not_silenced_though_its_sender_is_unknown(header: str) -> None:
    ours = "<mailbot.26-000417.answer.0123456789abcdef@bk.ru>"
    letter = make_letter("Когда включат отопление?")
    assert decided(letter).rule == "no_contacts"
    reply = (
        replace(letter, in_reply_to=(ours,))
        if header == "in_reply_to"
        else replace(letter, references=(ours,))
    )
    assert decided(reply).action is Action.REVIEW
