"""An emergency is told to people at once, and to the next where nobody opens it; each turn once; nothing promised in vain."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import select

from mailbot.model import RulebookError, StaffRole
from mailbot.model.case.emergency import AlarmRules
from mailbot.services.desk.case_acts import acts
from mailbot.services.doctor import check_alarm
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_checked_rules, overlay
from mailbot.services.letters.emergency_alarm import MAX_ALARMS, sound_alarms
from mailbot.store import Store
from mailbot.store.case_log import events
from mailbot.store.cases import summaries
from mailbot.store.casework import drafts
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.staff import members_and_sessions
from tests.services.ledger.town import flat, settle
from tests.services.reporting.test_sending import ADDRESS, receive, shipped
from tests.store.conftest import databases, opened, postgres, sqlite, store, url

__all__ = ["databases", "opened", "postgres", "sqlite", "store", "url"]

DISPATCHER, FOREMAN, DIRECTOR = "disp@eco.example", "master@eco.example", "dir@eco.example"
NIGHT = datetime(2026, 11, 20, 19, 10, tzinfo=UTC)
"""Ten past midnight in Yekaterinburg."""

BURST = (
    "From: Zueva <zueva@mail.example>\r\nSubject: Авария\r\n\r\nПрорвало трубу отопления в подвале, хлещет кипяток!\r\n"
    "ул. Мира, д. 5, кв. 12. Зуева Анна, тел. 8 902 445-01-01\r\n"
)
"""What an inhabitant writes at night."""


def rules(*people: str, minutes: int = 15) -> ActiveRules:
    rules = AlarmRules(people, timedelta(minutes=minutes))
    return replace(shipped(), rulebook=replace(shipped().rulebook, alarm=rules))


EVERYBODY = rules(DISPATCHER, FOREMAN, DIRECTOR)


def alarms(store: Store) -> list[EmailMessage]:
    with store.write() as transaction:
        query = select(outbox.c.content).where(outbox.c.template == "alarm").order_by(outbox.c.id)
        kept = list(transaction.scalars(query))
    return [message_from_bytes(bytes(content), policy=policy.default) for content in kept]


def told(store: Store) -> list[str]:
    return [str(letter["To"]) for letter in alarms(store)]


def test_the_first_is_told_at_once_with_place_telephone_words_and_a_link(store: Store) -> None:
    number = receive(store, NIGHT, BURST)
    assert sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(seconds=30)) == 1
    (letter,) = alarms(store)
    text = letter.get_body(("plain",)).get_content().replace("\u00a0", " ")  # type: ignore[union-attr]
    assert letter["To"] == DISPATCHER
    assert str(letter["Subject"]).startswith("АВАРИЯ: Прорыв трубы, утечка, ул. Мира, 5-12")
    assert letter["Importance"] == "high"
    assert "Где: ул. Мира, 5-12" in text
    assert "Телефон: +79024450101" in text
    assert "Прорвало трубу отопления в подвале, хлещет кипяток!" in text
    assert f"{ADDRESS}/case/{number}" in text
    assert 'href="tel:+79024450101"' in letter.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_unread_for_so_many_minutes_the_next_is_told_and_round_again(store: Store) -> None:
    receive(store, NIGHT, BURST)
    for minutes in (0, 14, 15, 29, 30, 45):
        sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(minutes=minutes))
    assert told(store) == [DISPATCHER, FOREMAN, DIRECTOR, DISPATCHER]


def test_it_ends_after_so_many_letters(store: Store) -> None:
    receive(store, NIGHT, BURST)
    for turn in range(MAX_ALARMS + 5):
        sound_alarms(store, rules(DISPATCHER), ADDRESS, NIGHT + timedelta(minutes=15 * turn))
    assert len(told(store)) == MAX_ALARMS


def test_whoever_opens_the_case_ends_it(store: Store) -> None:
    number = receive(store, NIGHT, BURST)
    sound_alarms(store, EVERYBODY, ADDRESS, NIGHT)
    with store.write() as transaction:
        anna = members_and_sessions.add(transaction, "anna", "Анна Зуева", StaffRole.OPERATOR, NIGHT)
        drafts.look(transaction, summaries.case_of(transaction, number).id, anna.id, writing=False, now=NIGHT)
    assert sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(hours=1)) == 0


def test_whoever_takes_the_case_ends_it(store: Store) -> None:
    number = receive(store, NIGHT, BURST)
    store.do(members_and_sessions.add, "anna", "Анна Зуева", StaffRole.OPERATOR, NIGHT)
    acts.assign(store, acts.ActContext(number, None, "anna", NIGHT), "anna")
    assert sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(minutes=1)) == 0


def test_an_answered_emergency_rings_nobody(store: Store) -> None:
    number = receive(store, NIGHT, BURST)
    acts.answer_otherwise(store, acts.ActContext(number, None, "anna", NIGHT), "phone", "Бригада выехала.")
    assert sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(minutes=1)) == 0


def test_a_cold_flat_is_no_alarm(store: Store) -> None:
    receive(store, NIGHT)
    assert sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(minutes=1)) == 0


def test_the_log_says_who_was_told(store: Store) -> None:
    number = receive(store, NIGHT, BURST)
    sound_alarms(store, EVERYBODY, ADDRESS, NIGHT)
    assert f"об аварии сообщаем сотруднику: письмо на {DISPATCHER}" in [
        event.why for event in store.ask(events.events_of, store.ask(summaries.case_of, number).id)
    ]


def test_two_calendars_at_once_tell_one_person_once(store: Store) -> None:
    receive(store, NIGHT, BURST)
    with ThreadPoolExecutor(4) as calendars:
        for _ in calendars.map(lambda _: sound_alarms(store, EVERYBODY, ADDRESS, NIGHT), range(8)):
            pass
    assert told(store) == [DISPATCHER]


def test_where_nobody_is_to_be_told_it_is_a_fault_and_no_hour_is_promised(store: Store) -> None:
    assert check_alarm(AlarmRules()).fault
    assert not check_alarm(EVERYBODY.rulebook.alarm).fault
    receive(store, NIGHT, BURST)
    assert sound_alarms(store, rules(), ADDRESS, NIGHT) == 0
    with store.write() as transaction:
        query = select(outbox.c.content).where(outbox.c.template == "emergency_received")
        (content,) = list(transaction.scalars(query))
    letter = message_from_bytes(bytes(content), policy=policy.default)
    part = letter.get_body(("plain",))
    assert part is not None
    text = part.get_content()
    assert "не позднее" not in text
    assert "позвоните" in text


@pytest.mark.parametrize(
    ("line", "fault"),
    [('people = ["disp"]', "не адрес почты"), ("minutes = 0", "minutes"), ("minutes = 900", "от 1 до 240")],
)
def test_a_fault_in_the_file_is_told_with_its_line(line: str, fault: str) -> None:
    sources = shipped().sources
    (text,) = (source.text for source in sources if source.name == "rules/alarm.toml")
    key = line.split(" =")[0]
    changed = "\n".join(line if row.startswith(f"{key} =") else row for row in text.splitlines())
    with pytest.raises(RulebookError) as error:
        load_checked_rules(0, overlay(sources, {"rules/alarm.toml": changed}))
    (told_fault,) = error.value.faults
    assert told_fault.startswith("rules/alarm.toml:")
    assert fault in told_fault


KNOWN = (
    "From: <k7023188@b.ru>\r\nSubject: =?utf-8?B?0JDQstCw0YDQuNGP?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "В подвале прорвало трубу, хлещет кипяток, пришлите людей!\r\n"
)
"""A known writer in a hurry: neither address, account nor telephone."""


def test_a_known_writer_who_gives_no_address_is_named_by_the_register(store: Store) -> None:
    settle(store, flat("7023188"))
    receive(store, NIGHT, KNOWN)
    sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(seconds=30))
    (letter,) = alarms(store)
    text = letter.get_body(("plain",)).get_content().replace("\u00a0", " ")  # type: ignore[union-attr]
    assert "Мира, 5-12 (по реестру)" in str(letter["Subject"])
    assert "Где: Мира, 5-12 (по реестру)" in text
    assert "Кто пишет: Кошкина Анна (по реестру)" in text
    assert "Лицевой счёт: 7023188 (по реестру)" in text


def test_what_the_letter_says_itself_stands_before_the_register(store: Store) -> None:
    settle(store, flat("7023188"))
    receive(store, NIGHT, f"{KNOWN}Речная, д. 9, кв. 4. Зуева Анна\r\n")
    sound_alarms(store, EVERYBODY, ADDRESS, NIGHT + timedelta(seconds=30))
    (letter,) = alarms(store)
    text = letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Речная, 9-4\n" in text.replace("\r", "").replace("\u00a0", " ")
    assert "Кто пишет: Зуева Анна\n" in text.replace("\r", "")
