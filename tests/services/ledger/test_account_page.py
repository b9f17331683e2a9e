"""What a page of an account gathers: register, use, balance, and all that happened on one line of time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, insert

from mailbot.model.ledger.accounts_and_meters import DatedReading, Month, RegisteredAccount
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.model.ledger.sources import ReadingSource
from mailbot.model.resource import Resource
from mailbot.services.desk.accounts.account_page import MAX_ROWS, AccountPage, account_page, reading_page
from mailbot.services.ledger import payments, recalculation
from mailbot.services.ledger.accounts.client_card import (
    NoSuchAccount,
    PageTime,
    VerificationState,
    client_card,
    verification,
)
from mailbot.store import Store
from mailbot.store.accounts.register_record import AccountContact
from mailbot.store.ledger import meter_readings
from mailbot.store.ledger.meter_readings import ReadingToStore
from mailbot.store.schema.ledger import account_event
from mailbot.store.schema.letters_and_cases import case, client_email, letter, reading
from tests.services.ledger.town import NOVEMBER, OCTOBER, TARIFFS, close, flat, read, settle

NUMBER = "440215"
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Yekaterinburg")
WHEN = PageTime(NOW, ZONE, TARIFFS.terms)
D = Decimal


@pytest.fixture(autouse=True)
def book(store: Store) -> None:
    """A flat with readings of September and October; October is closed and partly paid."""
    settle(store, flat(NUMBER), flat("7", "88"))
    read(store, NUMBER, "100", date(2026, 9, 20), entered=datetime(2026, 9, 20, 5, tzinfo=UTC))
    read(store, NUMBER, "104", date(2026, 10, 20), entered=datetime(2026, 10, 20, 5, tzinfo=UTC))
    close(store, OCTOBER)
    pay(store, "500.00", date(2026, 11, 12), "17")


def pay(store: Store, amount: str, day: date, document: str) -> int:
    return payments.add(
        store, NUMBER, D(amount), day, document, by="anna", now=NOW, today=NOW.date(), month=OCTOBER
    ).id


def page(store: Store, last: Month | None = None) -> AccountPage:
    return account_page(store, NUMBER, WHEN, last)


def kinds(shown: AccountPage) -> list[str]:
    return [one.kind for one in shown.entries]


def write_letter(engine: Engine, sender: str, at: datetime, subject: str, number: str) -> None:
    with engine.begin() as connection:
        values = {
            "sha256": number,
            "received_at": at,
            "collected_at": at,
            "source": "test",
            "message_id": "",
        }
        letter_id = connection.execute(
            insert(letter).values(**values, sender=sender).returning(letter.c.id)
        ).scalar_one()
        connection.execute(
            insert(case).values(
                letter_id=letter_id,
                number=number,
                state="answered",
                sender=sender,
                subject=subject,
                received_at=at,
            )
        )


def test_letters_readings_charges_payments_and_changes_stand_on_one_line_newest_first(
    store: Store, engine: Engine
) -> None:
    write_letter(engine, f"k{NUMBER}@b.ru", datetime(2026, 11, 15, tzinfo=UTC), "за что столько", "26-000001")
    write_letter(engine, "k7@b.ru", datetime(2026, 11, 16, tzinfo=UTC), "чужое", "26-000002")
    gap = Adjustment(
        resource=Resource.HEATING,
        ground=RecalculationGround.GAP,
        first=date(2026, 11, 3),
        last=date(2026, 11, 5),
        document="акт № 7",
        residents=0,
        hours=D(50),
        degrees=D(14),
    )
    with store.write() as transaction:
        _event(transaction, NUMBER)
        recalculation.add(transaction, NUMBER, gap, by="anna", now=NOW, today=NOW.date())
    shown = page(store)
    assert kinds(shown) == [
        "LedgerAdjustment",  # 23 November
        "AccountEvent",  # 22 November
        "AccountCase",  # 15 November
        "LedgerPayment",  # 12 November
        "Charge",  # 2 November, when October was closed
        "LedgerReading",  # 20 October
        "LedgerReading",  # 20 September
    ]
    (theirs,) = [one for one in shown.entries if one.kind == "AccountCase"]
    assert theirs.reference == "26-000001"


def _event(connection: Connection, number: str) -> None:
    at = NOW - timedelta(days=1)
    connection.execute(
        insert(account_event).values(account=number, at=at, by="anna", what="preference", detail="на почту")
    )


def test_a_reading_that_came_by_letter_leads_to_its_case(store: Store, engine: Engine) -> None:
    write_letter(engine, "k@b.ru", NOW, "показания", "26-000003")
    with engine.begin() as connection:
        case_id = connection.scalar(case.select().with_only_columns(case.c.id))
        reading_id = connection.execute(
            insert(reading)
            .values(
                case_id=case_id,
                account=NUMBER,
                value="108",
                received_at=NOW,
                state="accepted",
                confidence=1.0,
            )
            .returning(reading.c.id)
        ).scalar_one()
    with store.write() as transaction:
        (old,) = [one for one in meter_readings.of_accounts(transaction, [NUMBER]) if one.month == OCTOBER]
        meter_readings.replace_reading(
            transaction, old.id, D(105), "anna", "письмо", NOW, reading_id=reading_id
        )
    newest, replaced = page(store).readings[:2]
    assert (newest.row.value, newest.reference) == (D(105), "26-000003")
    assert (replaced.row.value, replaced.row.replaced, replaced.reference) == (D(104), True, "")
    shown = reading_page(store, NUMBER, newest.row.id)
    assert [one.value for one in shown.before] == [D(104)]
    assert shown.closed


def test_the_balance_is_what_was_charged_less_what_was_paid(store: Store) -> None:
    shown = page(store)
    total = shown.charges[0].total
    assert shown.card.balance.owed == total - D("500.00")
    assert (shown.card.balance.paid, shown.card.balance.until) == (D("500.00"), OCTOBER)
    payments.cancel(store, shown.payments[0].id, by="anna", why="ошибка", now=NOW)
    assert page(store).card.balance.owed == total, "a cancelled payment does not count"
    assert sum(one.kind == "LedgerPayment" for one in page(store).entries) == 2, "but both stay in sight"


def test_a_page_holds_thirteen_months_and_tells_of_more(store: Store) -> None:
    assert (page(store).first, page(store).last) == (Month(2025, 11), NOVEMBER)
    assert not page(store).earlier
    with store.write() as transaction:
        _event(transaction, NUMBER)
    read(store, NUMBER, "60", date(2025, 10, 20), entered=datetime(2025, 10, 20, tzinfo=UTC))
    assert page(store).earlier
    assert all(one.row.month >= Month(2025, 11) for one in page(store).readings)
    before = page(store, Month(2025, 10))
    assert [str(one.row.value) for one in before.readings] == ["60"]
    assert kinds(before) == ["LedgerReading"], "what is newer stands on the newer page"
    assert not before.earlier
    assert before.card.balance == page(store).card.balance, "the balance is always that of now"


def test_a_busy_account_has_fewer_months_a_page_and_loses_nothing(store: Store) -> None:
    taken = []
    for back in range(13):
        month = OCTOBER.back(back)
        taken += [
            ReadingToStore(
                NUMBER, DatedReading("5501", D(day), month.first.replace(day=day), month), ReadingSource.MAIL
            )
            for day in range(1, 29)
        ]
    with store.write() as transaction:
        meter_readings.save_readings(transaction, taken, "mailbot", NOW)
    seen: list[int] = []
    shown, pages = page(store), 1
    while True:
        assert len(shown.readings) + len(shown.payments) <= MAX_ROWS
        seen += [one.row.id for one in shown.readings]
        if not shown.earlier:
            break
        shown, pages = page(store, shown.first.preceding), pages + 1
    assert pages == 2
    assert sorted(seen) == sorted(one.id for one in store.ask(meter_readings.of_accounts, [NUMBER]))


def test_the_card_shows_each_contact_with_its_proof(store: Store, engine: Engine) -> None:
    with engine.begin() as connection:
        owner = connection.scalar(
            client_email.select().with_only_columns(client_email.c.client_id).where(
                client_email.c.email == f"k{NUMBER}@b.ru"
            )
        )  # fmt: skip
        connection.execute(
            insert(client_email).values(email="new@b.ru", client_id=owner, proof="письмо № 26-000009")
        )
    card = client_card(store, NUMBER, WHEN)
    assert card is not None
    assert card.record.emails == (
        AccountContact(f"k{NUMBER}@b.ru", "реестр"),
        AccountContact("new@b.ru", "письмо № 26-000009"),
    )


@pytest.mark.parametrize(
    ("until", "told"),
    [("2026-11-22", "over"), ("2026-11-23", "soon"), ("2027-01-22", "soon"), ("2027-01-23", "none")],
)
def test_a_verification_that_ends_within_sixty_days_is_warned_of(until: str, told: str) -> None:
    (meter,) = flat(NUMBER).account.meters
    assert verification(replace(meter, verified_until=date.fromisoformat(until)), date(2026, 11, 23)) == told


def test_a_removed_meter_or_one_of_unknown_verification_warns_of_nothing() -> None:
    (meter,) = flat(NUMBER).account.meters
    assert verification(replace(meter, verified_until=None), NOW.date()) is VerificationState.NONE
    gone = replace(meter, removed=date(2026, 5, 1), verified_until=date(2026, 6, 1))
    assert verification(gone, NOW.date()) is VerificationState.NONE


def test_an_account_that_the_register_does_not_have_is_told(store: Store) -> None:
    with pytest.raises(NoSuchAccount, match="Лицевого счёта 0 в реестре нет"):
        account_page(store, "0", WHEN)
    assert client_card(store, "0", WHEN) is None


def test_further_accounts_of_the_client_are_named(store: Store) -> None:
    first = flat(NUMBER)
    second = replace(first, account=replace(first.account, number="440216", meters=()))
    settle(store, first, RegisteredAccount(second.account, first.name, first.emails, (), first.delivery))
    card = client_card(store, NUMBER, WHEN)
    assert card is not None
    assert card.record.others == ("440216",)
