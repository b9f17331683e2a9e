"""Readings of letters in the ledger, on both engines: entered, corrected, judged, and taken back by adding rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mailbot.model import Action, Channel, KnownAccount, LedgerEntry
from mailbot.model.ledger.accounts_and_meters import DatedReading, Month
from mailbot.model.ledger.sources import ReadingSource
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.cases import review_queue, summaries
from mailbot.store.decisions import context as stored_context
from mailbot.store.ledger.case_readings import DialReading, bring_back, put, state_of, withdraw
from mailbot.store.ledger.meter_readings import LedgerReading, ReadingToStore, of_accounts, save_readings
from tests.store.accounts.test_register_import import FLAT, HOT, SHOP
from tests.store.material import NOW, ZONE, decide, decision, facts, letter, reading, take_in

NOVEMBER, DAY = Month(2026, 11), date(2026, 11, 23)


def register(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, (FLAT, SHOP))


def dated(value: str, day: date = DAY) -> DatedReading:
    return DatedReading("5501", Decimal(value), day, Month.of(day))


def entered(
    store: Store, value: str, *replaces: int, stands: bool = False, channel: Channel = Channel.MAIL
) -> int:
    """The row of a letter's accepted reading, entered as the machine decided."""
    letter_id = take_in(store, f"гвс {value} {replaces} {stands} {channel}")
    accepted = (reading(value),)
    entry = LedgerEntry("440215", dated(value), stands, replaces)
    decided = replace(decision(Action.READING_ACCEPTED, accepted=accepted), ledger=(entry,))
    decide(store, letter_id, decided, channel=channel)
    found = next(one for one in store.ask(summaries.cases, None, 100) if one.letter_id == letter_id)
    return store.ask(review_queue.readings, found.id)[0].id


def rows(store: Store) -> tuple[LedgerReading, ...]:
    return store.ask(of_accounts, ["440215"])


def standing(store: Store) -> list[str]:
    return [str(one.value) for one in rows(store) if not one.replaced and one.value is not None]


def test_an_accepted_reading_is_entered_with_its_letter_and_its_channel(store: Store) -> None:
    register(store)
    row = entered(store, "118.50", channel=Channel.SITE)
    (one,) = rows(store)
    assert (str(one.value), one.day, one.month, one.source, one.by) == (
        "118.50", DAY, NOVEMBER, "site", "mailbot",
    )  # fmt: skip
    assert one.reading_id == row


def test_what_stands_is_not_entered_again_and_what_is_corrected_is_replaced(store: Store) -> None:
    register(store)
    entered(store, "118")
    entered(store, "118", stands=True)
    entered(store, "120")
    wrong = [one.id for one in rows(store)]
    entered(store, "115", *wrong)
    assert standing(store) == ["115"]
    assert len(rows(store)) == 4, "118, 120, a withdrawal, 115"


def test_a_refused_correction_of_two_readings_gives_both_back(store: Store) -> None:
    register(store)
    entered(store, "118")
    entered(store, "120")
    row = entered(store, "115", *(one.id for one in rows(store)))
    with store.write() as transaction:
        before = state_of(transaction, [row])
        withdraw(transaction, row, "Анна", "ошибка", NOW)
    assert sorted(standing(store)) == ["118", "120"]
    with store.write() as transaction:
        bring_back(transaction, [row], before, "Анна", NOW)
    assert standing(store) == ["115"]


def test_a_reading_that_a_later_letter_corrected_is_not_withdrawn_twice(store: Store) -> None:
    register(store)
    first = entered(store, "118")
    entered(store, "115", rows(store)[0].id)
    with store.write() as transaction:
        withdraw(transaction, first, "Анна", "ошибка", NOW)
    assert standing(store) == ["115"]


def test_a_person_puts_a_value_beside_a_table_row_and_below_it(store: Store) -> None:
    register(store)
    with store.write() as transaction:
        save_readings(
            transaction, [ReadingToStore("440215", dated("130"), ReadingSource.TABLE)], "консоль", NOW
        )
    row = entered(store, "118", stands=True)
    with store.write() as transaction:
        put(transaction, row, DialReading("440215", dated("118")), "Анна", NOW)
        put(transaction, row, DialReading("440215", dated("118")), "Анна", NOW)
    assert standing(store) == ["118"]
    with store.write() as transaction:
        withdraw(transaction, row, "Анна", "ошибка", NOW)
    assert standing(store) == ["130"]


def look(store: Store, accounts: tuple[str, ...] = (), sender: str = "new@b.ru") -> tuple[KnownAccount, ...]:
    letter_id = take_in(store, f"ещё {accounts} {sender}", sender)
    with store.write() as transaction:
        context = stored_context.context(
            transaction, letter_id, letter(sender=sender), facts(accounts=accounts), NOW, ZONE
        )
    assert context.ledger_known
    return context.accounts


def test_the_context_holds_accounts_named_and_of_the_sender_with_what_stands(store: Store) -> None:
    register(store)
    old, fresh = date(2025, 1, 20), date(2026, 10, 20)
    with store.write() as transaction:
        taken = [
            ReadingToStore("440215", dated(value, day), ReadingSource.TABLE)
            for value, day in (("9", old), ("20", fresh))
        ]
        save_readings(transaction, taken, "консоль", NOW)
    (flat,) = look(store, ("440215", "000"))
    assert (flat.account.number, flat.account.meters, flat.emails) == ("440215", (HOT,), ("a@b.ru",))
    assert [one.reading.value for one in flat.readings] == [Decimal(20)], "the older is not of this year"
    assert [one.account.number for one in look(store, ("77001",), sender="a@b.ru")] == ["440215", "77001"]


def test_of_a_meter_silent_for_a_year_the_last_reading_is_still_known(store: Store) -> None:
    register(store)
    with store.write() as transaction:
        save_readings(
            transaction,
            [ReadingToStore("440215", dated("9", date(2025, 1, 20)), ReadingSource.TABLE)],
            "консоль",
            NOW,
        )
    (flat,) = look(store, ("440215",))
    assert [one.reading.value for one in flat.readings] == [Decimal(9)]


def test_without_accounts_the_ledger_is_not_known(store: Store) -> None:
    letter_id = take_in(store, "ещё")
    with store.write() as transaction:
        context = stored_context.context(
            transaction, letter_id, letter(), facts(accounts=("440215",)), NOW, ZONE
        )
    assert (context.ledger_known, context.accounts) == (False, ())
