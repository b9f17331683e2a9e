"""Grounds for one account and for a house: who gets them, who does not, and what they change in the next charge."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mailbot.model import RequestRefused, Resource
from mailbot.model.ledger.accounts_and_meters import Month, Premises, RegisteredAccount
from mailbot.model.ledger.charges import Adjustment, Charge, LineKind, RecalculationGround
from mailbot.services.ledger import recalculation
from mailbot.services.ledger.house_addresses import HouseAccounts, accounts_of_house
from mailbot.services.ledger.recalculation import RecalculationResult
from mailbot.store import Store
from mailbot.store.ledger import adjustments, charges
from mailbot.store.staff import audit_log
from tests.services.ledger.town import NOVEMBER, OCTOBER, SEPTEMBER, close, flat, settle, without_meters

NOW, TODAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC), date(2026, 11, 23)
D = Decimal
GAP = Adjustment(
    resource=Resource.HEATING,
    ground=RecalculationGround.GAP,
    first=date(2026, 10, 3),
    last=date(2026, 10, 5),
    document="акт № 7",
    hours=D(54),
    degrees=D(14),
)
AWAY = Adjustment(
    resource=Resource.HOT_WATER,
    ground=RecalculationGround.ABSENCE,
    first=date(2026, 10, 5),
    last=date(2026, 10, 20),
    document="справка № 3",
    residents=1,
)


def at(number: str, address: str, *resources: Resource) -> RegisteredAccount:
    one = without_meters(flat(number))
    resources = resources or one.account.resources
    return replace(
        one, account=replace(one.account, premises=Premises(address, D(50), 2), resources=resources)
    )


def enter(store: Store, number: str, ground: Adjustment, now: datetime = NOW) -> RecalculationResult:
    with store.write() as transaction:
        return recalculation.add(transaction, number, ground, by="Анна Зуева", now=now, today=TODAY)


def enter_house(store: Store, words: str, ground: Adjustment = GAP) -> RecalculationResult:
    with store.write() as transaction:
        return recalculation.add_to_house(transaction, words, ground, by="Анна Зуева", now=NOW, today=TODAY)


def numbers(accounts: tuple[object, ...]) -> list[str]:
    return [one.number for one in accounts]  # type: ignore[attr-defined]


def charged(store: Store, number: str) -> dict[Month, Charge]:
    return {one.month: one for one in store.ask(charges.charges, [number])[number]}


# --- One account ------------------------------------------------------------------------------------


def test_a_ground_for_a_closed_month_takes_money_off_the_next_charge_and_its_cancellation_brings_it_back(
    store: Store,
) -> None:
    """54 h without heating in October, 24 permitted in the month but 16 at once: 38 h × 0.15 % = 5.7 %."""
    settle(store, without_meters(flat("440215")))
    close(store, SEPTEMBER)
    close(store, OCTOBER)
    heating = next(
        line for line in charged(store, "440215")[OCTOBER].lines if line.resource is Resource.HEATING
    )
    enter(store, "440215", GAP)
    close(store, NOVEMBER)
    corrections = [one for one in charged(store, "440215")[NOVEMBER].lines if one.kind is LineKind.CORRECTION]
    assert [one.month for one in corrections] == [OCTOBER]
    assert corrections[0].sum == -(heating.sum * D("0.057")).quantize(D("0.01"))
    (held,) = store.ask(adjustments.of_account, "440215")
    december = datetime(2026, 12, 20, tzinfo=UTC)
    recalculation.cancel(store, held.id, by="Борис", why="акт не подписан", now=december)
    close(store, NOVEMBER.following)
    back = [
        one for one in charged(store, "440215")[NOVEMBER.following].lines if one.kind is LineKind.CORRECTION
    ]
    assert [one.sum for one in back if one.month == OCTOBER] == [-corrections[0].sum]


def test_a_ground_is_entered_once_and_logged(store: Store) -> None:
    settle(store, without_meters(flat("440215")))
    assert numbers(enter(store, "440 215", AWAY).accounts) == ["440215"]
    with pytest.raises(RequestRefused, match="уже есть"):
        enter(store, "440215", AWAY)
    (line,) = store.ask(audit_log.load_log, 10)
    assert (line.by, line.what, line.about) == ("Анна Зуева", "recalculate", "440215")
    assert "временное отсутствие, горячая вода, 05.10.2026–20.10.2026, справка № 3" in line.detail
    recalculation.cancel(
        store, store.ask(adjustments.of_account, "440215")[0].id, by="Б", why="ошибка", now=NOW
    )
    enter(store, "440215", AWAY)


def test_what_forbids_a_ground_is_told_and_nothing_is_kept(store: Store) -> None:
    settle(store, flat("440215"))
    with pytest.raises(RequestRefused, match="есть прибор горячей воды"):
        enter(store, "440215", AWAY)
    with pytest.raises(RequestRefused, match="Лицевого счёта 999 в реестре нет"):
        enter(store, "999", AWAY)
    with pytest.raises(RequestRefused, match="кто и почему"):
        recalculation.cancel(store, 1, by="Анна", why=" ", now=NOW)
    assert store.ask(adjustments.of_account, "440215") == ()
    assert store.ask(audit_log.load_log, 10) == ()


# --- A house ----------------------------------------------------------------------------------------


def test_every_account_of_the_house_gets_the_outage_and_who_does_not_is_told(store: Store) -> None:
    settle(
        store,
        at("101", "Мира, 5-1"),
        at("102", "ул. Мира, д. 5, кв. 2"),
        at("103", "Мира, 5-3", Resource.HOT_WATER),
        at("104", "Мира, 51-4"),
        at("105", "Мира, 5, корп. 2, кв. 1"),
    )
    enter(store, "101", GAP)
    done = enter_house(store, "Мира, 5")
    assert (numbers(done.accounts), numbers(done.without), numbers(done.before)) == (
        ["102"],
        ["103"],
        ["101"],
    )
    assert done.alike == ("Мира, 5, корп. 2, кв. 1",)
    assert set(store.ask(adjustments.of_accounts, ["101", "102", "103", "104", "105"])) == {"101", "102"}
    assert enter_house(store, "мира 5").accounts == (), "entered again, nobody gets it twice"


@pytest.mark.parametrize(
    ("words", "ground", "told"),
    [
        ("Ленина, 5", GAP, "Ни один адрес не начинается.*выглядят так: «Мира, 5-1»"),
        ("Мира", GAP, "Назовите дом с номером"),
        ("Мира, 5", AWAY, "каждому счёту отдельно"),
        ("Мира, 5", replace(GAP, hours=D(0)), "сколько часов"),
    ],
)
def test_what_cannot_be_entered_for_a_house(store: Store, words: str, ground: Adjustment, told: str) -> None:
    settle(store, at("101", "Мира, 5-1"))
    with pytest.raises(RequestRefused, match=told):
        enter_house(store, words, ground)
    assert store.ask(adjustments.of_account, "101") == ()


@pytest.mark.parametrize(
    ("words", "address", "same"),
    [
        ("Мира, 5", "Мира, 5", True),
        ("Мира, 5", "Мира, 5-12", True),
        ("мира 5", "ул. Мира, д. 5, кв. 12", True),
        ("ул. Мира, 5", "Мира, 5, 12", True),
        ("Мира, 5-1", "Мира, 5-12", False),
        ("Мира, 5", "Мира, 51-2", False),
        ("Мира, 5", "Мира, 5/1-2", False),
        ("Мира, 5/1", "Мира, 5/1-2", True),
        ("Мира, 5", "Мира, 5А-2", False),
        ("Мира, 5", "Мира, 5 А, кв. 2", False),
        ("Мира, 5", "Мира, 5 д, кв. 2", False),
        ("Мира, 5", "Мира, 5, стр. 2", False),
        ("Мира, 5, корп. 2", "Мира, 5, корп. 2, кв. 1", True),
        ("Солнечная, 14", "п. Прикамский, ул. Солнечная, 14, кв. 33", False),
        ("Прикамский, Солнечная, 14", "п. Прикамский, ул. Солнечная, 14, кв. 33", True),
        ("Зелёная, 1", "ул. Зеленая, 1", True),
    ],
)
def test_a_house_by_the_beginning_of_its_address(words: str, address: str, same: bool) -> None:
    assert accounts_of_house([("1", address)], words).accounts == (("1",) if same else ())


def test_no_words_are_no_house() -> None:
    assert accounts_of_house([("1", "Мира, 5")], " , ") == HouseAccounts((), ())
