"""Facts and decisions go to JSON and back to the last digit, whatever a letter made of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from mailbot.model import (
    AbuseKind,
    Contacts,
    Decision,
    ExtractedValue,
    Facts,
    LetterKind,
    RefusedReading,
    Span,
)
from mailbot.store.database.json_codec import (
    decision_from_json,
    decision_to_json,
    facts_from_json,
    facts_to_json,
    words_from_json,
    words_to_json,
)
from tests.scale import tries
from tests.store.material import NOW, decision, facts, reading

T = TypeVar("T")

OF_AN_EARLIER_VERSION = """{"action": "reading_accepted", "rule": "reading-accepted", "clause": "3", "because": "приняты",
"trials": [], "template": "reading_accepted", "proposed": null, "on_substance": true, "accepted": [{"value": "118",
"account": "440215", "meter": null, "resource": "hot_water", "unit": "м3", "spans": [], "confidence": 0.9, "place": ""}],
"refused": [], "doubts": [], "priority": "normal", "topic": null, "respond_by": null, "deadline_source": "",
"confidence": 0.9, "rulebook_version": "0123456789ab", "decided_at": "2026-10-14T05:00:00Z"}"""


def test_a_decision_of_before_the_ledger_is_read_and_enters_nothing() -> None:
    read = decision_from_json(OF_AN_EARLIER_VERSION)
    assert (read.accepted[0].value, read.ledger, read.documents) == (Decimal(118), (), ())


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WHOLE = st.integers(0, 10**6)
SPANS = st.builds(Span, TEXT, WHOLE, WHOLE)
EXACT = st.decimals(min_value=0, max_value=10**12, places=6, allow_nan=False)

st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(0, 1))
st.register_type_strategy(Decimal, EXACT)
st.register_type_strategy(Span, SPANS)


def found(values: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[ExtractedValue[T], ...]]:
    one = st.builds(ExtractedValue, values, st.tuples(SPANS), st.floats(0, 1))
    return st.lists(one, min_size=1, max_size=3).map(tuple)


EVERY_FACTS = st.builds(
    Facts,
    kinds=found(st.sampled_from(LetterKind)),
    topics=found(TEXT),
    urgent=found(TEXT),
    contacts=st.builds(
        Contacts, names=found(TEXT), accounts=found(TEXT), phones=found(TEXT), addresses=found(TEXT)
    ),
    abuse=found(st.sampled_from(AbuseKind)),
    arguments=found(TEXT),
)
EVERY_DECISION = st.builds(
    Decision,
    respond_by=st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    decided_at=st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    confidence=st.floats(0, 1),
)


@settings(max_examples=tries(40))
@given(EVERY_FACTS)
def test_facts_round_trip(given: Facts) -> None:
    assert facts_from_json(facts_to_json(given)) == given


@settings(max_examples=tries(40))
@given(EVERY_DECISION)
def test_decisions_round_trip(decided: Decision) -> None:
    assert decision_from_json(decision_to_json(decided)) == decided


@given(st.lists(TEXT).map(tuple))
def test_words_round_trip(words: tuple[str, ...]) -> None:
    assert words_from_json(words_to_json(words)) == words


def test_trailing_zeros_of_a_reading_stay() -> None:
    refused = (RefusedReading(reading("00123.4500"), "меньше предыдущего"),)
    decided = replace(decision(), accepted=(reading("12.30"),), refused=refused)
    back = decision_from_json(decision_to_json(decided))
    assert str(back.accepted[0].value) == "12.30"
    assert str(back.refused[0].reading.value) == "123.4500"


def test_a_moment_of_another_zone_comes_back_as_the_same_moment() -> None:
    local = NOW.astimezone(timezone(timedelta(hours=5)))
    back = decision_from_json(decision_to_json(replace(decision(), respond_by=local)))
    assert back.respond_by == NOW
    assert back.respond_by is not None
    assert back.respond_by.tzinfo is not None


@given(st.text(st.characters(categories=["Cs", "Lo", "Cc"]), max_size=20))
def test_half_a_character_fails_no_letter(words: str) -> None:
    """Some charsets decode to lone surrogates; JSON in UTF-8 has no place for them."""
    stored = facts_to_json(facts(arguments=(words,)))
    assert "\x00" not in stored
    (back,) = facts_from_json(stored).arguments
    assert len(back.value) == len(words)
    back.value.encode("utf-8")  # raises on half a character
