"""Readings: which the ledger takes, which go to a person, and what the client is told (chapter 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import (
    Action,
    CaseContext,
    Client,
    Decision,
    EarlierReading,
    Letter,
    LetterDamage,
    LetterKind,
    Reading,
    Resource,
    Unit,
)  # fmt: skip
from mailbot.model.case.context import ClientProof
from mailbot.policy import decide
from mailbot.policy.readings.acceptance import split_readings
from mailbot.policy.sender_authenticity import check_authenticity
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import (
    ANSWERS,
    NOBODY,
    NOW,
    a_letter,
    a_reading,
    contacts_of,
    context_of,
    facts_of,
    small_rulebook,
)  # fmt: skip

RULEBOOK = small_rulebook()
CLIENT = Client("Кошкин П.", ("512044",), ("petr_kosh@yandex.ru",), ClientProof.SENDER)
PROVEN = "mail.ru; dmarc=pass header.from=yandex.ru; spf=pass smtp.mailfrom=petr_kosh@yandex.ru"


def decided(
    *readings: Reading,
    kinds: tuple[LetterKind, ...] = (LetterKind.READING,),
    context: CaseContext | None = None,
    letter: Letter | None = None,
) -> Decision:
    facts = facts_of(*kinds, readings=readings)
    return decide(
        LetterInContext(letter or a_letter("показания"), facts, context or context_of(), RULEBOOK), NOW
    )


def earlier(value: str, *, meter: str | None = None, unit: Unit | None = Unit.M3) -> EarlierReading:
    return EarlierReading(
        "1234567", meter, Resource.HOT_WATER, Decimal(value), unit, NOW - timedelta(days=30)
    )


def refusal(reading: Reading, *before: EarlierReading) -> str:
    decision = decided(reading, context=context_of(readings=before))
    return decision.refused[0].reason if decision.refused else ""


def test_complete_readings_are_taken_and_answered() -> None:
    decision = decided(a_reading("123.4"), a_reading("1.117", resource=Resource.HEATING, unit=Unit.GCAL))
    assert (decision.action, decision.template) == (Action.READING_ACCEPTED, "reading_accepted")
    assert (len(decision.accepted), decision.on_substance, decision.clause) == (2, True, "3")


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (a_reading(account=None), "не указан номер лицевого счёта"),
        (a_reading(resource=None, sure=0.65), "отопление или горячую воду"),
        (a_reading(sure=0.4), "прочитать уверенно"),
        (a_reading("12345678"), "больше цифр"),
        (a_reading("1E+900000"), "больше цифр"),
    ],
)
def test_an_incomplete_reading_goes_to_a_person_and_the_client_is_told_why(
    reading: Reading, reason: str
) -> None:
    facts = facts_of(LetterKind.READING, readings=(reading,), contacts=contacts_of(phone="+79026377401"))
    decision = decide(LetterInContext(a_letter(), facts, context_of(), RULEBOOK), NOW)
    assert (decision.action, decision.template) == (Action.REVIEW, "reading_refused")
    assert reason in decision.refused[0].reason
    assert decision.accepted == ()


def test_one_bad_reading_does_not_lose_the_good_one() -> None:
    decision = decided(a_reading("123.4"), a_reading("55", resource=None, sure=0.65))
    assert (decision.action, len(decision.accepted), len(decision.refused)) == (Action.REVIEW, 1, 1)


def test_two_values_for_one_meter_are_not_guessed_between() -> None:
    """«117, 98» under one account, with neither meter nor room named."""
    decision = decided(a_reading("117"), a_reading("98"))
    assert (decision.accepted, len(decision.refused)) == ((), 2)
    assert decided(a_reading("117", meter="1"), a_reading("98", meter="2")).action is Action.READING_ACCEPTED


def test_rooms_tell_two_dials_of_a_flat_apart() -> None:
    """«117 кухня, 98 ванная»: each is the value of its own dial."""
    decision = decided(a_reading("117", place="кухн"), a_reading("98", place="ванн"))
    assert (decision.action, len(decision.accepted)) == (Action.READING_ACCEPTED, 2)


def test_a_machine_form_without_a_resource_is_taken_for_its_account() -> None:
    """«88012345#4411207#186»: the account's meters tell what the serial counts."""
    decision = decided(a_reading("186", meter="4411207", resource=None, unit=None, sure=0.75))
    assert decision.action is Action.READING_ACCEPTED


def test_a_value_in_subject_and_body_is_one_reading() -> None:
    assert len(decided(a_reading("117"), a_reading("117")).accepted) == 1


@pytest.mark.parametrize(
    ("value", "before", "reason"),
    [
        ("100", "99", ""),
        ("99", "99", ""),  # nobody at home: the same value again is accepted
        ("98.9", "99", "меньше предыдущего"),
        ("0", "99", "меньше предыдущего"),
        ("5", "99998", "меньше предыдущего"),  # a rollover, too, is a person's to see
        ("9900", "99", "подозрительно большой"),
        ("60", "2", ""),  # a young meter
        ("103", "2", "подозрительно большой"),
    ],
)
def test_plausibility_against_the_earlier_reading(value: str, before: str, reason: str) -> None:
    told = refusal(a_reading(value), earlier(before))
    assert reason in told if reason else told == ""
    assert before not in told  # the earlier value is the client's own matter, the writer may be a stranger


def test_another_unit_than_before_goes_to_a_person() -> None:
    assert "единица" in refusal(a_reading("300", unit=Unit.KWH), earlier("1.2", unit=Unit.GCAL))


def test_the_newest_reading_of_the_same_meter_counts() -> None:
    old = replace(earlier("200", meter="7"), received_at=NOW - timedelta(days=60))
    assert refusal(a_reading("150", meter="7"), old, earlier("100", meter="7")) == ""
    assert refusal(a_reading("150", meter="8"), old) == ""
    assert refusal(a_reading("150"), earlier("200", meter="7"), earlier("90", meter="8")) == ""


def test_the_only_resource_of_an_account_needs_no_naming() -> None:
    decision = decided(a_reading("105", resource=None), context=context_of(readings=(earlier("99"),)))
    assert decision.accepted[0].resource is Resource.HOT_WATER


def test_a_known_sender_whom_our_provider_vouches_for_needs_no_account() -> None:
    letter = a_letter("гвс 345", sender="petr_kosh@yandex.ru", authentication=(PROVEN,))
    facts = facts_of(LetterKind.READING, readings=(a_reading(account=None),), contacts=NOBODY)
    decision = decide(LetterInContext(letter, facts, context_of(client=CLIENT), RULEBOOK), NOW)
    assert (decision.action, decision.accepted[0].account) == (Action.READING_ACCEPTED, "512044")


@pytest.mark.parametrize("headers", [(), ("mail.ru; spf=softfail",), ("evil.ru; dmarc=pass", PROVEN)])
def test_a_sender_nobody_vouches_for_writes_nothing_into_a_clients_account(headers: tuple[str, ...]) -> None:
    letter = a_letter("гвс 345", sender="petr_kosh@yandex.ru", authentication=headers)
    facts = facts_of(LetterKind.READING, readings=(a_reading(account=None),), contacts=NOBODY)
    decision = decide(LetterInContext(letter, facts, context_of(client=CLIENT), RULEBOOK), NOW)
    assert (decision.action, decision.accepted) == (Action.REVIEW, ())


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        (PROVEN, "yes"),
        ("mail.ru; dkim=pass (2048-bit key) header.d=yandex.ru", "yes"),
        ("MAIL.RU; dmarc=pass", "yes"),
        ("mail.ru; spf=pass smtp.mailfrom=bounce@shop.ru", "doubt"),  # somebody else's pass
        ("mail.ru; dkim=pass header.d=ru", "doubt"),
        ("mail.ru; dkim=pass header.d=notyandex.ru", "doubt"),
        ("mail.ru; dmarc=fail; spf=softfail", "no"),
        ("mail.ru.evil.ru; dmarc=pass", "doubt"),
        ("", "doubt"),
    ],
)
def test_whose_word_on_the_sender_counts(header: str, answer: str) -> None:
    letter = a_letter(sender="petr_kosh@yandex.ru", authentication=(header,))
    assert check_authenticity(letter, RULEBOOK.trusted_authservers) == answer


def test_readings_beside_a_complaint_are_taken_and_the_complaint_is_acknowledged() -> None:
    decision = decided(a_reading(), kinds=(LetterKind.READING, LetterKind.COMPLAINT))
    assert (decision.action, decision.template) == (Action.REVIEW, "complaint_received")
    assert len(decision.accepted) == 1


def test_a_letter_of_readings_without_readings_goes_to_a_person() -> None:
    """«те же», or a photo of the meter with an empty body."""
    decision = decided()
    assert (decision.action, decision.template) == (Action.REVIEW, None)
    assert "не нашла" in decision.doubts[0]


def test_readings_of_a_doubtful_letter_wait_for_a_person() -> None:
    decision = decided(a_reading("123.4"), letter=a_letter(damage=(LetterDamage.CUT,)))
    assert (decision.action, decision.accepted, decision.template) == (Action.REVIEW, (), None)
    assert decision.proposed == "reading_accepted"
    assert any("123.4" in doubt for doubt in decision.doubts)


def test_taking_readings_by_mail_can_be_left_to_people() -> None:
    head, row, tail = ANSWERS.partition('name = "reading-accepted"')
    rulebook = small_rulebook(answers=head + row + tail.replace('"act"', '"propose"', 1))
    decision = decide(
        LetterInContext(a_letter(), facts_of(LetterKind.READING, readings=(a_reading(),)), context_of(), rulebook), NOW
    )  # fmt: skip
    assert (decision.action, decision.accepted, decision.template) == (Action.REVIEW, (), None)
    assert decision.proposed == "reading_accepted"


readings = st.builds(
    a_reading,
    st.decimals(0, 10**9, places=3).map(str),
    account=st.sampled_from([None, "1234567", "7654321"]),
    meter=st.sampled_from([None, "1"]),
    resource=st.sampled_from([None, *Resource]),
    unit=st.sampled_from([None, *Unit]),
    sure=st.floats(0, 1),
)


@given(st.lists(readings, max_size=6), st.lists(st.decimals(0, 10**6).map(str), max_size=3))
def test_every_reading_is_taken_complete_or_refused_with_a_reason(
    found: list[Reading], before: list[str]
) -> None:
    context = context_of(readings=tuple(earlier(value) for value in before))
    result = split_readings(LetterInContext(a_letter(), facts_of(readings=tuple(found)), context, RULEBOOK))
    assert {reading.value for reading in found} == {
        reading.value for reading in (*result.accepted, *(item.reading for item in result.refused))
    }
    assert all(
        reading.account and (reading.resource or reading.confidence >= 0.7) for reading in result.accepted
    )
    assert all(item.reason for item in result.refused)
