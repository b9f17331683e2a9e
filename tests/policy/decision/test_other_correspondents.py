"""Correspondents in the decision: before every rule on clients; in doubt only silence is barred."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from mailbot.model import (
    Action,
    AutomaticReason,
    AutomaticSign,
    CaseContext,
    Certainty,
    Correspondent,
    DayKind,
    Decision,
    ExtractedValue,
    Facts,
    Letter,
    PeriodFromReceipt,
    Priority,
    Rulebook,
    SignWeight,
    TimeLimit,
)
from mailbot.policy import decide
from mailbot.policy.deadlines import calculate_limit
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand
from tests.understanding.letters import make_letter

NOW = datetime(2026, 11, 17, 5, 0, tzinfo=UTC)  # a Tuesday, 10:00 by the company's clock
BARE = "Спасибо за информацию о сроках, ждём новостей по вопросу."
"""A letter without contact data, which the standard silences (2.2.email.1)."""


def found(answer: Certainty, limit: TimeLimit | None = None) -> Correspondent:
    asked = None if limit is None else ExtractedValue(limit, ())
    return Correspondent("authority", answer, "бланк", (), 0.9, ExtractedValue("исх. № 7", ()), (), asked)


def decided(
    rulebook: Rulebook,
    letter: Letter,
    correspondent: Correspondent | None,
    context: CaseContext | None = None,
) -> Decision:
    letter = replace(letter, received_at=NOW)
    facts: Facts = replace(understand(letter, rulebook), correspondent=correspondent)
    return decide(
        LetterInContext(letter, facts, context or CaseContext("26-000001", register_known=True), rulebook),
        NOW,
    )


def test_sure_goes_to_a_person_high_and_unanswered(rulebook: Rulebook) -> None:
    one = decided(rulebook, make_letter(BARE), found(Certainty.YES))
    assert (one.action, one.correspondent, one.their_number) == (Action.REVIEW, "authority", "исх. № 7")
    assert (one.template, one.proposed, one.priority) == (None, None, Priority.HIGH)
    assert one.trials[0].rule == "correspondent"


def test_doubt_bars_silence_and_no_more(rulebook: Rulebook) -> None:
    without = decided(rulebook, make_letter(BARE), None)
    assert without.action is Action.NO_REPLY
    doubted = decided(rulebook, make_letter(BARE), found(Certainty.DOUBT))
    assert (doubted.action, doubted.correspondent) == (Action.REVIEW, "")
    assert any("возможно, это не клиент" in doubt for doubt in doubted.doubts)
    complaint = make_letter("Батареи холодные. Иванов П., Мира 5-12, 89194502218")
    assert replace(decided(rulebook, complaint, found(Certainty.DOUBT)), trials=()) == replace(
        decided(rulebook, complaint, None), trials=()
    )


def test_a_banks_program_is_read_by_a_person_and_gets_no_letter(rulebook: Rulebook) -> None:
    sign = AutomaticSign(
        AutomaticReason.AUTO_SUBMITTED, SignWeight.STRONG, "Auto-Submitted", "auto-generated"
    )
    letter = replace(make_letter("Реестр платежей"), automatic=(sign,))
    alone = decided(rulebook, letter, None)
    assert (alone.action, alone.template) == (Action.REVIEW, None)
    news = replace(make_letter("Изменились часы нашей работы"), automatic=(sign,))
    assert decided(rulebook, news, None).action is Action.IGNORE
    told = replace(
        rulebook, correspondents=tuple(replace(one, acknowledge=True) for one in rulebook.correspondents)
    )
    one = decided(told, letter, found(Certainty.YES))
    assert (one.action, one.template) == (Action.REVIEW, None)


def test_where_a_group_is_told_it_is_told_by_a_letter_of_its_own(rulebook: Rulebook) -> None:
    told = replace(
        rulebook, correspondents=tuple(replace(one, acknowledge=True) for one in rulebook.correspondents)
    )
    assert decided(told, make_letter(BARE), found(Certainty.YES)).template == "correspondent_received"


def test_a_letter_that_continues_a_correspondents_case_is_his_too(rulebook: Rulebook) -> None:
    context = CaseContext("26-000002", register_known=True, follows="26-000001", correspondent="court")
    one = decided(rulebook, make_letter("Ждём ответ."), None, context)
    assert (one.action, one.correspondent) == (Action.REVIEW, "court")


@pytest.mark.parametrize(
    ("limit", "until"),
    [
        (TimeLimit("до 20.11.2026", day=date(2026, 11, 20)), datetime(2026, 11, 20, 12, 0, tzinfo=UTC)),
        (TimeLimit("до 22.11.2026", day=date(2026, 11, 22)), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)),
        (
            TimeLimit("к 9:30", day=date(2026, 11, 22), at=time(9, 30)),
            datetime(2026, 11, 22, 4, 30, tzinfo=UTC),
        ),
        (
            TimeLimit("3 часа", allowance=PeriodFromReceipt(3, DayKind.HOURS)),
            datetime(2026, 11, 17, 8, 0, tzinfo=UTC),
        ),
        (
            TimeLimit("5 рабочих дней", allowance=PeriodFromReceipt(5, DayKind.WORKING)),
            datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
        ),
        (
            TimeLimit("в месячный срок", allowance=PeriodFromReceipt(1, DayKind.MONTHS)),
            datetime(2026, 12, 17, 12, 0, tzinfo=UTC),
        ),
    ],
)
def test_terms_are_counted_by_the_civil_code(limit: TimeLimit, until: datetime, rulebook: Rulebook) -> None:
    """A day off moves on (ГК 193), hours run through, a month ends on the same day of the next (ГК 192)."""
    one = decided(rulebook, make_letter(BARE), found(Certainty.YES, limit))
    assert one.respond_by == until
    assert one.deadline_source == f"срок из письма: «{limit.words}»"


@pytest.mark.parametrize(
    ("received", "last"),
    [
        (datetime(2027, 1, 31, 5, tzinfo=UTC), date(2027, 3, 1)),
        (datetime(2026, 12, 17, 5, tzinfo=UTC), date(2027, 1, 18)),
    ],
)
def test_a_month_without_that_day_ends_on_its_last(
    received: datetime, last: date, rulebook: Rulebook
) -> None:
    """31 January → 28 February, a Sunday → Monday; 17 January 2027 is a Sunday (ГК 192 п. 3, 193)."""
    limit = TimeLimit("в месячный срок", allowance=PeriodFromReceipt(1, DayKind.MONTHS))
    assert calculate_limit(limit, received, rulebook)[0].date() == last
