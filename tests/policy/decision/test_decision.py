"""Decisions: emergencies first, then silence by a clause, then doubts to people, then answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import (
    AbuseKind,
    Action,
    AttachmentText,
    AutomaticReason,
    CaseContext,
    Certainty,
    Decision,
    ExtractedValue,
    Facts,
    Letter,
    LetterDamage,
    LetterKind,
    Priority,
    SegmentRole,
)  # fmt: skip
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import (
    ACCOUNT,
    DOUBT,
    NO,
    NOBODY,
    NOW,
    YES,
    a_letter,
    a_reading,
    an_attachment,
    answered,
    contacts_of,
    context_of,
    facts_of,
    small_rulebook,
)  # fmt: skip
from tests.scale import tries

RULEBOOK = small_rulebook()
SILENT = (Action.NO_REPLY, Action.IGNORE)


def decided(facts: Facts, letter: Letter | None = None, context: CaseContext | None = None) -> Decision:
    return decide(
        LetterInContext(letter or a_letter("Как оплатить?"), facts, context or context_of(), RULEBOOK), NOW
    )


def test_a_burst_pipe_without_contacts_and_with_abuse_is_acknowledged_and_on_top() -> None:
    facts = facts_of(
        LetterKind.COMPLAINT,
        urgent=("burst",),
        contacts=NOBODY,
        abuse=(ExtractedValue(AbuseKind.OBSCENE, ()),),
        substance=NO,
    )
    decision = decided(facts, a_letter("Из люка хлещет кипяток, вы охренели?!"))
    assert (decision.action, decision.template) == (Action.REVIEW, "emergency_received")
    assert (decision.priority, decision.topic) == (Priority.EMERGENCY, "burst")
    assert decision.respond_by is not None
    assert (decision.respond_by - NOW).total_seconds() == 2 * 3600
    assert any("искали: счёт, телефон" in doubt for doubt in decision.doubts)


def test_a_simple_question_with_a_known_answer_is_answered_on_substance() -> None:
    decision = decided(facts_of(LetterKind.QUESTION, topics=("payment_ways",)))
    assert (decision.action, decision.template, decision.on_substance) == (
        Action.ANSWER,
        "payment_ways",
        True,
    )


@pytest.mark.parametrize(
    ("facts", "letter", "context"),
    [
        (facts_of(LetterKind.QUESTION, topics=("payment_ways",), sure=0.55), a_letter(), context_of()),
        (facts_of(LetterKind.QUESTION, topics=("payment_ways", "penalty")), a_letter(), context_of()),
        (
            facts_of(
                LetterKind.QUESTION, topics=("payment_ways",), remainder=("Сосед жалуется на сырость.",)
            ),
            a_letter("Как оплатить? Сосед жалуется на сырость."),
            context_of(),
        ),
        (
            facts_of(LetterKind.QUESTION, topics=("payment_ways",)),
            a_letter(attachments=(an_attachment(AttachmentText.UNREAD),)),
            context_of(),
        ),
        (
            facts_of(LetterKind.QUESTION, topics=("payment_ways",)),
            a_letter("А по карте можно?"),
            answered("Как оплатить?", "Оплатить можно в офисе.", topics=("payment_ways",)),
        ),
    ],
    ids=["unsure", "two topics", "a second matter", "an unread file", "asked before"],
)
def test_more_than_a_simple_question_is_acknowledged_and_waits_for_a_person(
    facts: Facts, letter: Letter, context: CaseContext
) -> None:
    decision = decided(facts, letter, context)
    assert (decision.action, decision.template, decision.on_substance) == (
        Action.REVIEW, "question_received", False,
    )  # fmt: skip


def test_thanks_beside_a_question_do_not_change_it() -> None:
    assert decided(facts_of(LetterKind.QUESTION, topics=("payment_ways", "thanks"))).action is Action.ANSWER


def test_a_topic_with_its_own_acknowledgement_gets_it() -> None:
    decision = decided(facts_of(LetterKind.QUESTION, topics=("e_bill",)))
    assert (decision.action, decision.template) == (Action.REVIEW, "e_bill")


def test_a_complaint_is_acknowledged_with_the_deadline_and_priority_of_its_topic() -> None:
    decision = decided(facts_of(LetterKind.COMPLAINT, topics=("cold_radiators",)))
    assert (decision.action, decision.template, decision.priority) == (
        Action.REVIEW, "complaint_received", Priority.HIGH,
    )  # fmt: skip
    assert f"{decision.respond_by:%Y-%m-%d}" == "2026-10-19"


def test_a_letter_of_another_kind_goes_to_a_person_unacknowledged() -> None:
    decision = decided(facts_of(LetterKind.OTHER))
    assert (decision.action, decision.template, decision.respond_by is None) == (Action.REVIEW, None, False)


@pytest.mark.parametrize(
    ("facts", "letter"),
    [
        (facts_of(LetterKind.QUESTION, sure=0.4), a_letter()),
        (facts_of(LetterKind.QUESTION, client=DOUBT), a_letter()),
        (facts_of(LetterKind.QUESTION, readable=DOUBT), a_letter()),
        (facts_of(LetterKind.QUESTION, substance=NO), a_letter()),
        (facts_of(LetterKind.QUESTION), a_letter(damage=(LetterDamage.CUT,))),
        (facts_of(LetterKind.QUESTION, contacts=contacts_of(address="Мира 9")), a_letter()),
    ],
    ids=["kind", "client", "readable", "substance", "cut", "contacts"],
)
def test_a_doubt_goes_to_a_person_with_its_reason_and_a_proposal(facts: Facts, letter: Letter) -> None:
    decision = decided(facts, letter)
    assert (decision.action, decision.template, decision.proposed) == (
        Action.REVIEW,
        None,
        "question_received",
    )
    assert decision.doubts


def test_the_decision_carries_the_version_of_its_rules() -> None:
    decision = decided(facts_of())
    assert (decision.rulebook_version, decision.decided_at) == (RULEBOOK.version, NOW)


# what holds for every letter there can be

judgements = st.sampled_from([YES, NO, DOUBT])
kinds = st.lists(st.sampled_from(list(LetterKind)), min_size=1, max_size=4, unique=True)
names = st.sampled_from(["burst", "cold_radiators", "payment_ways", "e_bill", "penalty", "thanks", "unknown"])
attachments = st.lists(st.sampled_from(list(AttachmentText)).map(an_attachment), max_size=2).map(tuple)
letters = st.builds(
    a_letter,
    st.text(max_size=80),
    subject=st.text(max_size=20),
    sender=st.sampled_from(["ivanova@mail.ru", "8666@bk.ru", ""]),
    automatic=st.lists(st.sampled_from(list(AutomaticReason)), max_size=2).map(tuple),
    damage=st.lists(st.sampled_from(list(LetterDamage)), max_size=2).map(tuple),
    attachments=attachments,
    role=st.sampled_from(list(SegmentRole)),
)
abuse = st.lists(
    st.builds(ExtractedValue, st.sampled_from(list(AbuseKind)), st.just(()), st.floats(0, 1)), max_size=2
).map(tuple)
all_facts = st.builds(
    lambda kinds, **fields: facts_of(*kinds, **fields),
    kinds,
    sure=st.floats(0, 1),
    topics=st.lists(names, max_size=3).map(tuple),
    urgent=st.lists(st.just("burst"), max_size=1).map(tuple),
    readings=st.lists(st.builds(a_reading, st.sampled_from(["1", "250.5"])), max_size=2).map(tuple),
    contacts=st.sampled_from([ACCOUNT, NOBODY, contacts_of(name="Марина", address="Мира 3")]),
    abuse=abuse,
    substance=judgements,
    readable=judgements,
    client=judgements,
)
contexts = st.sampled_from(
    [
        context_of(),
        context_of(register_known=False),
        context_of(follows="26-000001"),
        answered("Почему пени?", "Пени начислены по ст. 155 ЖК РФ за 34 дня просрочки платежа."),
    ]
)
every_letter = settings(max_examples=tries(250), deadline=None)


@every_letter
@given(letters, all_facts, contexts)
def test_every_letter_gets_a_decision_that_holds_together(
    letter: Letter, facts: Facts, context: CaseContext
) -> None:
    decision = decided(facts, letter, context)
    assert decision.because
    assert (decision.respond_by is None) == (decision.action in SILENT)
    if decision.action in SILENT:
        assert (decision.template, decision.accepted) == (None, ())
        assert any(trial.finding.answer is Certainty.YES for trial in decision.trials)
    if decision.action in (Action.ANSWER, Action.READING_ACCEPTED):
        assert decision.template
    if decision.action is Action.READING_ACCEPTED:
        assert decision.accepted
        assert not decision.refused
    assert not (decision.template and decision.proposed)


@every_letter
@given(letters, all_facts, contexts)
def test_no_automatic_letter_gets_a_letter(letter: Letter, facts: Facts, context: CaseContext) -> None:
    if letter.automatic:
        assert decided(facts, letter, context).template is None


@every_letter
@given(letters, all_facts, contexts)
def test_a_doubtful_emergency_is_before_a_person_and_never_silenced(
    letter: Letter, facts: Facts, context: CaseContext
) -> None:
    from_a_client = replace(letter, automatic=(), from_=replace(letter.from_, email="ivanova@mail.ru"))
    doubtful = replace(facts, urgent=(ExtractedValue("burst", ()),), urgency_doubt="сказано с чужих слов")
    decision = decided(doubtful, from_a_client, context)
    assert (decision.action, decision.priority, decision.template) == (Action.REVIEW, Priority.HIGH, None)
    assert decision.doubts[0] == "похоже на аварию, но сказано с чужих слов"


@every_letter
@given(letters, all_facts, contexts)
def test_an_emergency_of_a_person_is_never_silenced(
    letter: Letter, facts: Facts, context: CaseContext
) -> None:
    from_a_client = replace(letter, automatic=(), from_=replace(letter.from_, email="ivanova@mail.ru"))
    decision = decided(replace(facts, urgent=(ExtractedValue("burst", ()),)), from_a_client, context)
    assert (decision.action, decision.priority) == (Action.REVIEW, Priority.EMERGENCY)


@every_letter
@given(letters, all_facts, contexts)
def test_abuse_with_substance_is_never_silenced_for_the_abuse(
    letter: Letter, facts: Facts, context: CaseContext
) -> None:
    decision = decided(replace(facts, substance=YES), letter, context)
    assert decision.rule != "abuse"


@every_letter
@given(letters, all_facts, contexts)
def test_what_was_not_read_whole_is_never_left_without_reply(
    letter: Letter, facts: Facts, context: CaseContext
) -> None:
    decision = decided(facts, replace(letter, damage=(LetterDamage.CUT,)), context)
    assert decision.action is not Action.NO_REPLY


@every_letter
@given(letters, all_facts, contexts)
def test_the_same_letter_is_decided_the_same_way(letter: Letter, facts: Facts, context: CaseContext) -> None:
    assert decided(facts, letter, context) == decided(facts, letter, context)
