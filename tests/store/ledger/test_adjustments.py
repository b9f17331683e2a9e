"""Grounds of recalculation on both engines: kept as they were given, cancelled by a row, told as of a moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, delete, update
from sqlalchemy.exc import DBAPIError

from mailbot.model import RequestRefused, Resource
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.ledger import adjustments
from mailbot.store.schema.ledger import adjustment
from tests.store.accounts.test_register_import import FLAT, SHOP

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
AWAY = Adjustment(
    resource=Resource.HOT_WATER,
    ground=RecalculationGround.ABSENCE,
    first=date(2026, 10, 5),
    last=date(2026, 10, 20),
    document="справка № 3",
    residents=2,
)
GAP = Adjustment(
    resource=Resource.HOT_WATER,
    ground=RecalculationGround.GAP,
    first=date(2026, 11, 3),
    last=date(2026, 11, 5),
    document="акт № 7",
    residents=0,
    hours=Decimal("54.5"),
    degrees=Decimal("0"),
    dead_end=True,
)


@pytest.fixture(autouse=True)
def register(store: Store) -> None:
    with store.write() as transaction:
        register_import.import_register(transaction, [FLAT, SHOP])


def add(store: Store, ground: Adjustment, *accounts: str, now: datetime = NOW) -> None:
    with store.write() as transaction:
        adjustments.add(transaction, accounts, ground, "Анна Зуева", now)


def cancel(store: Store, ground_id: int, now: datetime = NOW) -> None:
    with store.write() as transaction:
        adjustments.cancel(transaction, ground_id, "не тот дом", "Борис", now)


def standing(store: Store, until: datetime | None = None) -> dict[str, tuple[Adjustment, ...]]:
    return store.ask(adjustments.of_accounts, ["440215", "77001"], until)


def test_grounds_come_back_as_they_were_given(store: Store) -> None:
    add(store, AWAY, "440215")
    add(store, GAP, "440215", "77001")
    assert standing(store) == {"440215": (AWAY, GAP), "77001": (GAP,)}
    assert str(standing(store)["77001"][0].hours) == "54.5"


def test_a_cancelled_ground_stands_no_longer_and_the_book_keeps_why(store: Store) -> None:
    add(store, GAP, "440215", "77001")
    first = store.ask(adjustments.of_account, "440215")[0]
    cancel(store, first.id)
    assert standing(store) == {"77001": (GAP,)}
    old, new = store.ask(adjustments.of_account, "440215")
    assert (old.ground, old.cancelled_by, old.by) == (GAP, new.id, "Анна Зуева")
    assert (new.cancels, new.by, new.ground.document) == (old.id, "Борис", "отмена: не тот дом")
    assert (new.ground.first, new.ground.hours) == (GAP.first, GAP.hours), "a run finds the month it is about"
    for again in (old.id, new.id, 404):
        with pytest.raises(RequestRefused):
            cancel(store, again)


def test_a_run_of_yesterday_sees_what_was_entered_and_cancelled_by_then(store: Store) -> None:
    add(store, AWAY, "440215")
    add(store, GAP, "440215", now=NOW + timedelta(hours=1))
    cancel(store, store.ask(adjustments.of_account, "440215")[0].id, now=NOW + timedelta(hours=2))
    assert standing(store, NOW - timedelta(seconds=1)) == {}
    assert standing(store, NOW) == {"440215": (AWAY,)}
    assert standing(store, NOW + timedelta(hours=1)) == {"440215": (AWAY, GAP)}
    assert standing(store) == {"440215": (GAP,)}


def test_no_ground_can_be_changed_or_removed(store: Store, engine: Engine) -> None:
    add(store, GAP, "440215")
    for statement in (update(adjustment).values(hours="1"), delete(adjustment)):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(statement)
