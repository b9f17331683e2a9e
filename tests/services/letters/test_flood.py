"""A flood: robots that write from ever new addresses hold up neither clients nor emergencies, and what was held leaves later."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from mailbot.model import CaseState, DeliveryState, GateLimits, RawLetter
from mailbot.model.outgoing.writer_class import WriterClass
from mailbot.parsing import read_envelope
from mailbot.services.desk.case_acts import acts
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.handle import handle
from mailbot.services.letters.held_for_room import release_held
from mailbot.store import Store
from mailbot.store.cases import summaries
from mailbot.store.mail import automatic_traffic, incoming
from mailbot.store.schema.letters_and_cases import case, outbox
from tests.store.conftest import databases, once_opened, opened, postgres, sqlite, store, url

__all__ = ["databases", "once_opened", "opened", "postgres", "sqlite", "store", "url"]

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
SMALL = GateLimits(10, 20, 30, 10, 40, strangers_per_hour=3, strangers_per_day=12, emergency_reserve=40)
"""Of ten letters an hour four are kept for emergencies, three may go to strangers."""

QUESTION = "Здравствуйте! Почему в квитанции сумма больше, чем в прошлом месяце? Иванова Мария, Ленина 5-3"
BURST = "Прорвало трубу в подвале, хлещет кипяток, срочно пришлите бригаду! Ленина 5, кв. 3, тел. 89024450101"


@pytest.fixture
def narrow(rules: ActiveRules) -> ActiveRules:
    return replace(rules, rulebook=replace(rules.rulebook, limits=SMALL))


def receive(store: Store, rules: ActiveRules, sender: str, text: str, at: datetime) -> str:
    """The number of the case of a letter that has come and is decided."""
    receive.count = getattr(receive, "count", 0) + 1  # type: ignore[attr-defined]
    lines = (
        f"From: {sender}",
        "To: 8666@bk.ru",
        f"Message-ID: <{receive.count}.{sender}>",  # type: ignore[attr-defined]
        "Subject: =?utf-8?b?0L/QuNGB0YzQvNC+?=",
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
    )
    content = "\r\n".join(lines).encode()
    raw = RawLetter(content, at)
    with store.write() as transaction:
        kept = incoming.save_letter(transaction, raw, read_envelope(content), None, "test", at)
    handle(store, rules, kept.letter_id, at)
    return str(store.ask(number_of, kept.letter_id))


def number_of(connection, letter_id):  # type: ignore[no-untyped-def]
    return connection.scalar(select(case.c.number).where(case.c.letter_id == letter_id))


def states(store: Store, *numbers: str) -> list[DeliveryState]:
    def ask(connection):  # type: ignore[no-untyped-def]
        query = select(case.c.number, outbox.c.state).join(outbox, outbox.c.case_id == case.c.id)
        found = {row.number: row.state for row in connection.execute(query)}
        return [DeliveryState(found[number]) for number in numbers]

    return store.ask(ask)


def flood(store: Store, rules: ActiveRules, count: int, at: datetime) -> list[str]:
    return [receive(store, rules, f"w{number}@echo{number}.example", QUESTION, at) for number in range(count)]


def test_strangers_stop_at_their_own_cap_and_emergencies_are_acknowledged(
    store: Store, narrow: ActiveRules
) -> None:
    client = receive(store, narrow, "maria@mail.example", QUESTION, NOW - timedelta(days=3))
    robots = flood(store, narrow, 8, NOW)
    assert states(store, *robots) == [DeliveryState.READY] * 3 + [DeliveryState.HELD] * 5
    again = receive(store, narrow, "maria@mail.example", QUESTION + " Прошу ответить до пятницы.", NOW)
    burst = receive(store, narrow, "nobody@new.example", BURST, NOW)
    assert states(store, client, again, burst) == [DeliveryState.READY] * 3


def test_what_the_caps_held_leaves_by_itself_once_there_is_room_and_emergencies_first(
    store: Store, narrow: ActiveRules
) -> None:
    robots = flood(store, narrow, 4, NOW)
    bursts = [receive(store, narrow, f"n{number}@new.example", BURST, NOW) for number in range(8)]
    assert states(store, robots[3], bursts[6], bursts[7]) == [
        DeliveryState.HELD, DeliveryState.READY, DeliveryState.HELD,
    ]  # fmt: skip
    assert release_held(store, narrow.rulebook, NOW + timedelta(minutes=30)) == 0, "the hour is full"
    assert release_held(store, narrow.rulebook, NOW + timedelta(minutes=75)) == 2
    assert states(store, robots[3], bursts[7]) == [DeliveryState.READY] * 2
    assert release_held(store, narrow.rulebook, NOW + timedelta(minutes=76)) == 0
    told = store.ask(summaries.case_of, bursts[7])
    assert told.state is CaseState.AWAITING_REVIEW, "an acknowledgement closes nothing"


def test_what_waits_longest_of_its_class_leaves_first(store: Store, narrow: ActiveRules) -> None:
    early = flood(store, narrow, 5, NOW)
    later = NOW + timedelta(minutes=75)
    more = flood(store, narrow, 2, later)
    assert states(store, *more) == [DeliveryState.READY] * 2
    assert release_held(store, narrow.rulebook, later + timedelta(minutes=1)) == 1
    assert states(store, *early[3:]) == [DeliveryState.READY, DeliveryState.HELD]


def test_a_flood_of_one_address_is_answered_up_to_the_cap_of_an_address_only(
    store: Store, narrow: ActiveRules
) -> None:
    """A thousand letters of a robot, held by the caps of all, do not leave one after another later on."""
    wide = replace(
        narrow, rulebook=replace(narrow.rulebook, limits=replace(SMALL, per_hour=2, per_day=3, per_week=3))
    )
    flood(store, wide, 3, NOW)
    loop = [receive(store, wide, "loop@new.example", f"{QUESTION} {number}", NOW) for number in range(9)]
    for hour in range(1, 6):
        release_held(store, wide.rulebook, NOW + timedelta(hours=hour, minutes=15))
    assert states(store, *loop) == [DeliveryState.READY] * 2 + [DeliveryState.HELD] * 7, (
        "two an hour, the rest are a person's"
    )


def test_a_case_that_a_person_has_touched_gets_no_second_letter(store: Store, narrow: ActiveRules) -> None:
    robots = flood(store, narrow, 5, NOW)
    later = NOW + timedelta(minutes=75)
    stamped = acts.ActContext(robots[3], None, "anna", NOW + timedelta(minutes=5))
    acts.assign(store, stamped, None)
    assert release_held(store, narrow.rulebook, later) == 1
    assert states(store, robots[3], robots[4]) == [DeliveryState.HELD, DeliveryState.READY]


def test_what_waited_for_days_is_left_to_people(store: Store, narrow: ActiveRules) -> None:
    robots = flood(store, narrow, 4, NOW)
    assert release_held(store, narrow.rulebook, NOW + timedelta(days=2, minutes=1)) == 0
    assert states(store, robots[3]) == [DeliveryState.HELD]


def test_the_gates_counts_take_no_longer_for_a_day_of_many_letters(store: Store) -> None:
    """Twenty thousand automatic letters of the day: what is asked for the next one is as much as for the first."""

    def cost() -> float:
        def ask() -> float:
            begun = time.process_time()
            for _ in range(50):
                store.ask(automatic_traffic.load_traffic, {"anna@mail.example"}, NOW)
            return time.process_time() - begun

        return min(ask() for _ in range(5))

    with store.write() as transaction:
        automatic_traffic.count_letter(transaction, WriterClass.CLIENT, NOW)
    before = cost()
    many = [
        {
            "purpose": "answer", "template": "t", "recipient": f"a{number}@mail.example", "subject": "", "text": "",
            "message_id": f"<{number}@bk.ru>", "content": b"", "automatic": True, "state": DeliveryState.SENT,
            "next_at": NOW, "created_at": NOW - timedelta(seconds=4 * number), "provider": "x",
        }
        for number in range(20_000)
    ]  # fmt: skip
    with store.write() as transaction:
        transaction.execute(insert(outbox), many)
        for number in range(0, 20_000, 100):
            automatic_traffic.count_letter(
                transaction, WriterClass.CLIENT, NOW - timedelta(seconds=4 * number)
            )
    assert store.ask(automatic_traffic.load_totals, NOW).all_last_day == 201
    assert cost() < 2 * before
