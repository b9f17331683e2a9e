"""The gate: no letter of ours to robots, to ourselves, or without end (RFC 3834)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.model import AutomaticReason, AutomaticTraffic, GateHold, Priority
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.policy import check_gate, decide
from mailbot.policy.verdict import LetterInContext
from tests.policy.builders import NOW, a_letter, context_of, facts_of, small_rulebook

RULEBOOK = small_rulebook()
QUIET = AutomaticTraffic()


def hold(
    recipient: str = "ivanova@mail.ru",
    traffic: AutomaticTraffic = QUIET,
    of: WriterClass = WriterClass.STRANGER,
    **letter: object,
) -> GateHold | None:
    written = a_letter(**letter)  # type: ignore[arg-type]
    context = context_of(traffic=traffic, known_writer=of is WriterClass.CLIENT)
    known = LetterInContext(written, facts_of(), context, RULEBOOK)
    priority = Priority.EMERGENCY if of is WriterClass.EMERGENCY else Priority.NORMAL
    return check_gate(recipient, known, replace(decide(known, NOW), priority=priority), NOW)


def held(recipient: str = "ivanova@mail.ru", traffic: AutomaticTraffic = QUIET, **letter: object) -> str:
    found = hold(recipient, traffic, **letter)  # type: ignore[arg-type]
    return found.reason if found else ""


def sent(*ago: timedelta) -> AutomaticTraffic:
    return AutomaticTraffic(to_address=tuple(NOW - each for each in ago))


def test_a_client_gets_the_letter() -> None:
    assert held() == ""


@pytest.mark.parametrize("reason", list(AutomaticReason))
def test_no_automatic_letter_is_answered(reason: AutomaticReason) -> None:
    assert "программам не отвечаем" in held(automatic=(reason,))


@pytest.mark.parametrize(
    "address", ["", "ivanova", "a@b", "a b@mail.ru", "a@mail.ru, b@mail.ru", "a@mail.ru\nBcc: b"]
)
def test_no_letter_goes_to_what_is_no_single_address(address: str) -> None:
    assert "не годится" in held(address)


@pytest.mark.parametrize("address", ["8666@bk.ru", "8666@BK.RU", "office@example.ru"])
def test_no_letter_goes_to_ourselves(address: str) -> None:
    assert "наш собственный" in held(address)


@pytest.mark.parametrize(
    "address",
    [
        "mailer-daemon@mail.ru", "MAILER-DAEMON@mx.ru", "postmaster@mail.ru", "no-reply@sber.ru",
        "noreply@mail.ru",
        "do_not_reply@x.ru", "noreply-123@x.ru", "bounces+8666=bk.ru@list.ru", "news.noreply@shop.ru",
        "robot@x.ru",
    ],
)  # fmt: skip
def test_no_letter_goes_where_nobody_reads(address: str) -> None:
    assert "программе" in held(address)


@pytest.mark.parametrize("address", ["noreplyov@mail.ru", "robotov.i@mail.ru", "bouncer@mail.ru"])
def test_a_person_with_such_a_name_gets_the_letter(address: str) -> None:
    assert held(address) == ""


def test_two_robots_that_answer_each_other_stop_at_the_cap_of_the_hour() -> None:
    minutes = [timedelta(minutes=number) for number in range(1, 5)]
    assert held(traffic=sent(*minutes[:3])) == ""
    assert "за час" in held(traffic=sent(*minutes))


def test_slow_loops_stop_at_the_caps_of_the_day_and_the_week() -> None:
    assert "за сутки" in held(traffic=sent(*(timedelta(hours=2 * number) for number in range(1, 11))))
    assert "за неделю" in held(traffic=sent(*(timedelta(hours=5 * number) for number in range(1, 31))))


def test_old_letters_count_no_more() -> None:
    assert held(traffic=sent(*[timedelta(days=7)] * 100)) == ""


LIMITS = RULEBOOK.limits


@pytest.mark.parametrize(
    ("of", "let_out"), [(WriterClass.EMERGENCY, 200), (WriterClass.CLIENT, 160), (WriterClass.STRANGER, 160)]
)
def test_of_the_cap_of_all_addresses_a_part_is_kept_for_emergencies(of: WriterClass, let_out: int) -> None:
    assert LIMITS.all_per_hour == 200
    assert hold(of=of, traffic=AutomaticTraffic(all_last_hour=let_out - 1)) is None
    stopped = hold(of=of, traffic=AutomaticTraffic(all_last_hour=let_out))
    assert stopped is not None
    assert (stopped.waits_as, "Всего за час" in stopped.reason) == (of, True)
    of_the_day = AutomaticTraffic(all_last_day=LIMITS.all_per_day * let_out // 200)
    assert "Всего за сутки" in (hold(of=of, traffic=of_the_day) or GateHold("")).reason


def test_a_flood_of_new_addresses_takes_no_clients_place() -> None:
    flood = AutomaticTraffic(all_last_hour=60, strangers_last_hour=60)
    assert "На незнакомые адреса за час" in held(traffic=flood)
    assert hold(of=WriterClass.CLIENT, traffic=flood) is None
    assert hold(of=WriterClass.EMERGENCY, traffic=flood) is None
    assert "На незнакомые адреса за сутки" in held(traffic=AutomaticTraffic(strangers_last_day=300))


def test_only_what_the_caps_of_all_addresses_hold_waits_for_room() -> None:
    loop = hold(traffic=sent(*(timedelta(minutes=number) for number in range(1, 5))))
    assert loop is not None
    assert loop.waits_as is None, "a loop must not go on by itself"


@given(st.text(max_size=80))
def test_any_recipient_is_judged(recipient: str) -> None:
    assert held(recipient) is not None or "@" in recipient


@given(st.lists(st.integers(0, 20_000), max_size=40), st.integers(0, 20))
def test_more_traffic_never_opens_the_gate(minutes_ago: list[int], extra: int) -> None:
    before = tuple(NOW - timedelta(minutes=minutes) for minutes in minutes_ago)
    if held(traffic=AutomaticTraffic(before)):
        assert held(traffic=AutomaticTraffic((*before, *[NOW] * extra)))
