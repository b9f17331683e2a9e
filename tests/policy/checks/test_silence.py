"""Clauses 2.2.email.2 and .3, letters of machines and strangers: when silence is right, when not."""

from __future__ import annotations

import pytest

from mailbot.model import (
    AbuseKind,
    Action,
    AttachmentText,
    AutomaticReason,
    CaseContext,
    Decision,
    ExtractedValue,
    Facts,
    Letter,
    LetterDamage,
    LetterKind,
    Rulebook,
    SegmentRole,
)  # fmt: skip
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import (
    DOUBT,
    NO,
    NOBODY,
    NOW,
    RULES,
    YES,
    a_letter,
    a_reading,
    an_attachment,
    contacts_of,
    context_of,
    facts_of,
    small_rulebook,
)  # fmt: skip

RULEBOOK = small_rulebook()
ABUSE = (ExtractedValue(AbuseKind.OBSCENE, (), 1.0),)


def decided(
    letter: Letter, facts: Facts, context: CaseContext | None = None, rulebook: Rulebook = RULEBOOK
) -> Decision:
    return decide(LetterInContext(letter, facts, context or context_of(), rulebook), NOW)


# 2.2.email.2


def test_abuse_without_substance_is_left_without_reply() -> None:
    letter = a_letter("Чтоб вы сдохли там все, уроды")
    decision = decided(letter, facts_of(LetterKind.OTHER, abuse=ABUSE, substance=NO))
    assert (decision.action, decision.rule, decision.clause) == (Action.NO_REPLY, "abuse", "2.2.email.2")


def test_abuse_with_a_cold_flat_is_answered() -> None:
    letter = a_letter("Уроды, третий день батареи ледяные, Мира 10 кв 15, Фадеев")
    decision = decided(letter, facts_of(LetterKind.COMPLAINT, topics=("cold_radiators",), abuse=ABUSE))
    assert (decision.action, decision.template) == (Action.REVIEW, "complaint_received")


@pytest.mark.parametrize(
    ("letter", "facts"),
    [
        (a_letter(), facts_of(LetterKind.OTHER, abuse=ABUSE, substance=DOUBT)),
        (a_letter(damage=(LetterDamage.CUT,)), facts_of(LetterKind.OTHER, abuse=ABUSE, substance=NO)),
        (
            a_letter(damage=(LetterDamage.UNKNOWN_CHARSET,)),
            facts_of(LetterKind.OTHER, abuse=ABUSE, substance=NO),
        ),
        (
            a_letter(attachments=(an_attachment(AttachmentText.PICTURE, "счётчик.jpg"),)),
            facts_of(LetterKind.OTHER, abuse=ABUSE, substance=NO),
        ),
        (
            a_letter(),
            facts_of(LetterKind.OTHER, abuse=(ExtractedValue(AbuseKind.INSULT, (), 0.3),), substance=NO),
        ),
        (a_letter(), facts_of(LetterKind.OTHER, abuse=ABUSE, substance=NO, readings=(a_reading(),))),
    ],
    ids=["substance in doubt", "cut", "charset", "photo", "weak abuse", "readings"],
)
def test_abuse_goes_to_a_person_where_substance_may_be_there(letter: Letter, facts: Facts) -> None:
    decision = decided(letter, facts)
    assert decision.action is Action.REVIEW
    assert decision.template is None
    assert decision.doubts


# 2.2.email.3


def test_a_text_nobody_can_read_is_left_without_reply() -> None:
    letter = a_letter("?????? ??? ?????", damage=(LetterDamage.LOST_CHARACTERS,))
    decision = decided(
        letter, facts_of(LetterKind.OTHER, readable=NO, client=NO, contacts=NOBODY, substance=NO)
    )
    assert (decision.action, decision.rule) == (Action.NO_REPLY, "unreadable")


def test_a_photo_with_an_unreadable_text_goes_to_a_person() -> None:
    letter = a_letter("????", attachments=(an_attachment(AttachmentText.PICTURE, "IMG_1.jpg"),))
    assert decided(letter, facts_of(LetterKind.OTHER, readable=NO)).action is Action.REVIEW


def test_octets_in_place_of_a_text_are_unreadable_and_not_a_document() -> None:
    letter = a_letter(
        "", attachments=(an_attachment(AttachmentText.UNREAD, ""),), damage=(LetterDamage.NO_TEXT,)
    )
    assert decided(letter, facts_of(LetterKind.OTHER, readable=NO, contacts=NOBODY)).rule == "unreadable"


@pytest.mark.parametrize(
    "facts", [facts_of(LetterKind.OTHER, readable=DOUBT), facts_of(LetterKind.QUESTION, readable=DOUBT)]
)
def test_a_text_that_may_be_readable_goes_to_a_person(facts: Facts) -> None:
    assert decided(a_letter("abcd"), facts).action is Action.REVIEW


# ignore.toml


def test_our_own_letter_come_back_is_ignored_even_with_readings_in_it() -> None:
    letter = a_letter(
        "Показания приняты: 12,5", sender="8666@bk.ru", automatic=(AutomaticReason.AUTO_SUBMITTED,)
    )
    assert decided(letter, facts_of(LetterKind.OTHER, readings=(a_reading(),))).rule == "own_address"


def test_a_clients_letter_forwarded_by_a_colleague_goes_to_a_person() -> None:
    letter = a_letter("Холодно, Мира 3-7", sender="office@example.ru", role=SegmentRole.FORWARDED)
    assert decided(letter, facts_of(LetterKind.COMPLAINT)).action is Action.REVIEW


@pytest.mark.parametrize("reason", list(AutomaticReason))
def test_automatic_letters_are_ignored(reason: AutomaticReason) -> None:
    letter = a_letter("Здравствуйте! Я в отпуске.", automatic=(reason,))
    decision = decided(letter, facts_of(LetterKind.OTHER, contacts=NOBODY, substance=NO, client=NO))
    assert (decision.action, decision.rule) == (Action.IGNORE, "automatic")


def test_readings_sent_by_a_peers_system_go_to_a_person_and_get_no_letter() -> None:
    letter = a_letter("л/с 1234567 ГВС 123,4", automatic=(AutomaticReason.AUTO_SUBMITTED,))
    decision = decided(letter, facts_of(LetterKind.READING, readings=(a_reading(),)))
    assert (decision.action, decision.template, decision.accepted) == (Action.REVIEW, None, ())
    assert any("123.4" in doubt for doubt in decision.doubts)


def test_a_person_on_the_way_to_a_holiday_is_not_a_robot() -> None:
    letter = a_letter(
        "Нахожусь в отпуске до 20-го, прошу перерасчёт", weak=(AutomaticReason.AUTOREPLY_WORDS,)
    )
    assert (
        decided(letter, facts_of(LetterKind.QUESTION, contacts=contacts_of(phone="+79"))).action
        is Action.REVIEW
    )


def test_advertising_is_ignored() -> None:
    decision = decided(
        a_letter("Казино"), facts_of(LetterKind.OTHER, client=NO, contacts=NOBODY, substance=NO)
    )
    assert (decision.action, decision.rule) == (Action.IGNORE, "not_a_client")


@pytest.mark.parametrize(
    ("facts", "context"),
    [
        (facts_of(LetterKind.OTHER, client=DOUBT), context_of()),
        (facts_of(LetterKind.OTHER, client=NO), context_of()),  # it names an account
        (facts_of(LetterKind.OTHER, client=NO, contacts=NOBODY, urgent=("burst",)), context_of()),
        (facts_of(LetterKind.OTHER, client=NO, contacts=contacts_of(phone="1")), context_of(follows="26-1")),
    ],
)
def test_what_may_be_a_clients_letter_goes_to_a_person_and_gets_no_letter(
    facts: Facts, context: CaseContext
) -> None:
    decision = decided(a_letter(), facts, context)
    assert (decision.action, decision.template) == (Action.REVIEW, None)


# the company's choices


def changed(rule: str, **fields: str) -> Rulebook:
    """The shipped no_reply.toml with fields of one rule changed, as staff would."""
    head, name, tail = (RULES / "no_reply.toml").read_text(encoding="utf-8").partition(f'name = "{rule}"')
    for field, value in fields.items():
        was = {"action": '"no_reply"', "authority": '"act"'}[field]
        tail = tail.replace(f"{field} = {was}", f"{field} = {value}", 1)
    return small_rulebook(no_reply=head + name + tail)


def test_a_company_may_have_a_person_look_before_silence() -> None:
    for fields in ({"action": '"review"'}, {"authority": '"propose"'}):
        rulebook = changed("no-contact-data", **fields)
        decision = decided(a_letter(), facts_of(LetterKind.QUESTION, contacts=NOBODY), rulebook=rulebook)
        assert (decision.action, decision.rule) == (Action.REVIEW, "no-contact-data")
        assert decision.doubts


def test_a_company_may_ask_for_missing_contacts_but_only_clients() -> None:
    rulebook = changed("no-contact-data", action='"answer"\ntemplate = "contacts_missing"')
    asked = decided(a_letter(), facts_of(LetterKind.QUESTION, contacts=NOBODY), rulebook=rulebook)
    assert (asked.action, asked.template, asked.on_substance) == (Action.ANSWER, "contacts_missing", False)
    stranger = decided(
        a_letter(), facts_of(LetterKind.QUESTION, contacts=NOBODY, client=DOUBT), rulebook=rulebook
    )
    assert (stranger.action, stranger.template, stranger.proposed) == (
        Action.REVIEW,
        None,
        "contacts_missing",
    )


def test_every_rule_tried_is_kept_hit_or_miss() -> None:
    decision = decided(a_letter("????"), facts_of(LetterKind.OTHER, readable=NO, contacts=NOBODY))
    assert [trial.rule for trial in decision.trials] == [
        rule.name for rule in (*RULEBOOK.ignore, *RULEBOOK.no_reply)
    ]
    assert {trial.finding.answer for trial in decision.trials} == {YES.answer, NO.answer}
