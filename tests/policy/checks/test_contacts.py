"""Clause 2.2.email.1: what counts as contact data, and when their absence silences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailbot.model import (
    Action,
    AttachmentText,
    CaseContext,
    Certainty,
    Client,
    Contacts,
    ExtractedValue,
    Letter,
    LetterDamage,
    LetterKind,
    SegmentRole,
    Span,
)
from mailbot.model.case.context import ClientProof
from mailbot.policy import decide
from mailbot.policy.checks.contacts import no_contact_data
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import (
    NOBODY,
    NOW,
    a_letter,
    a_reading,
    an_attachment,
    answered,
    contacts_of,
    context_of,
    facts_of,
    part,
    small_rulebook,
)  # fmt: skip

RULEBOOK = small_rulebook()


def judged(
    contacts: Contacts = NOBODY,
    letter: Letter | None = None,
    context: CaseContext | None = None,
    **facts: object,
) -> Certainty:
    found = facts_of(LetterKind.QUESTION, contacts=contacts, **facts)  # type: ignore[arg-type]
    return no_contact_data(
        LetterInContext(letter or a_letter(), found, context or context_of(), RULEBOOK)
    ).answer


@pytest.mark.parametrize(
    "contacts",
    [
        contacts_of(account="1234567"),
        contacts_of(phone="+79026377401"),
        contacts_of(address="Солнечная 15, квартира 58"),
        contacts_of(address="Ленина 3-17"),
        contacts_of(address="gagarina 8 kv 3"),
        contacts_of(name="Азанов", address="Зелёная 17"),
        contacts_of(name="Лузин Пётр", address="ул. Мира, 9"),
        contacts_of(name="поршнева", address="Мира, 9"),
    ],
)
def test_each_of_these_suffices(contacts: Contacts) -> None:
    assert judged(contacts) is Certainty.NO


@pytest.mark.parametrize(
    "contacts",
    [
        NOBODY,
        contacts_of(name="Марина"),
    ],
)
def test_a_first_name_finds_nobody(contacts: Contacts) -> None:
    assert judged(contacts) is Certainty.YES


@pytest.mark.parametrize(
    "contacts",
    [
        contacts_of(address="Прикамский"),
        contacts_of(name="Марина", address="с. Фоки"),
        contacts_of(name="Иванова Анна Петровна"),
    ],
)
def test_a_village_or_a_surname_alone_does_not_suffice_yet_a_person_may_know_whose_it_is(
    contacts: Contacts,
) -> None:
    assert judged(contacts) is Certainty.DOUBT


def test_what_nothing_explains_is_left_to_a_person() -> None:
    found = facts_of(LetterKind.QUESTION, contacts=NOBODY)
    traced = replace(
        found, traces=(ExtractedValue("число словами: «семь тридцать один»", (Span("body", 0, 5),)),)
    )
    judgement = no_contact_data(LetterInContext(a_letter(), traced, context_of(), RULEBOOK))
    assert judgement.answer is Certainty.DOUBT
    assert "семь тридцать один" in judgement.because
    assert judgement.spans


@pytest.mark.parametrize("part_of", ["body", "subject"])
def test_quoted_earlier_letters_may_hold_the_contacts(part_of: str) -> None:
    quoting = replace(a_letter(), parts=(part("body", "Когда?"), part(part_of, "> лс", SegmentRole.QUOTED)))
    assert judged(letter=quoting) is Certainty.DOUBT


def test_silence_says_what_was_looked_for_and_how_often_it_was_right() -> None:
    facts = facts_of(LetterKind.QUESTION, contacts=NOBODY)
    decision = decide(
        LetterInContext(a_letter("Когда включите отопление?"), facts, context_of(), RULEBOOK), NOW
    )
    rule = next(rule for rule in RULEBOOK.no_reply if rule.short == "no_contacts")
    assert decision.because.startswith("искали: счёт, телефон, адрес, фамилию, организацию")
    assert f"в {rule.measured.right} случаях из {rule.measured.of}" in decision.because
    assert decision.confidence == (rule.measured.right + 1) / (rule.measured.of + 2) < 1.0


@pytest.mark.parametrize(
    "contacts",
    [contacts_of(address="Зелёная 17"), contacts_of(name="Марина", address="Мира, 9")],
)
def test_a_house_without_flat_and_surname_is_left_to_a_person(contacts: Contacts) -> None:
    assert judged(contacts) is Certainty.DOUBT


def test_an_uncertain_account_is_left_to_a_person() -> None:
    assert judged(contacts_of(account="123456", sure=0.3)) is Certainty.DOUBT


def test_a_sender_known_to_the_register_needs_no_contacts() -> None:
    client = Client("Кошкин П.", ("512044",), ("petr_kosh@yandex.ru",), ClientProof.SENDER)
    assert judged(context=context_of(client=client)) is Certainty.NO


@pytest.mark.parametrize("text", [AttachmentText.UNREAD, AttachmentText.PICTURE])
def test_an_attachment_that_was_not_read_may_hold_the_contacts(text: AttachmentText) -> None:
    assert judged(letter=a_letter(attachments=(an_attachment(text),))) is Certainty.DOUBT


@pytest.mark.parametrize("text", [AttachmentText.READ, AttachmentText.EMPTY])
def test_an_attachment_that_was_read_holds_none(text: AttachmentText) -> None:
    assert judged(letter=a_letter(attachments=(an_attachment(text),))) is Certainty.YES


@pytest.mark.parametrize("damage", [each for each in LetterDamage if each is not LetterDamage.NO_TEXT])
def test_a_letter_that_we_failed_to_read_whole_is_not_silenced(damage: LetterDamage) -> None:
    assert judged(letter=a_letter(damage=(damage,))) is Certainty.DOUBT


def test_readings_without_an_account_wait_for_the_register() -> None:
    readings = (a_reading(account=None),)
    assert judged(readings=readings, context=context_of(register_known=False)) is Certainty.DOUBT
    assert judged(readings=readings, context=context_of(register_known=True)) is Certainty.YES


def test_who_was_answered_before_has_given_contacts_before() -> None:
    asked = answered("Мира 3-7, холодно", "Исправлено.")
    assert judged(context=asked) is Certainty.DOUBT
    waiting = replace(
        asked, earlier=(replace(asked.earlier[0], answered_at=None, answered_on_substance=False),)
    )
    assert judged(context=waiting) is Certainty.DOUBT
    assert judged(context=context_of(follows="26-000001")) is Certainty.DOUBT


def test_the_letter_is_left_without_reply_as_the_standard_says() -> None:
    letter = a_letter("Когда включите отопление? Марина")
    facts = facts_of(LetterKind.QUESTION, contacts=contacts_of(name="Марина"))
    decision = decide(LetterInContext(letter, facts, context_of(), RULEBOOK), NOW)
    assert (decision.action, decision.rule, decision.clause) == (
        Action.NO_REPLY,
        "no_contacts",
        "2.2.email.1",
    )
    assert (decision.template, decision.respond_by) == (None, None)
