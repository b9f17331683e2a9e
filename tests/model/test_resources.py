"""Every resource and every unit has its words, fits its column, and goes through register, letter, ledger, page and API."""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import String

import mailbot
from mailbot.billing.tariffs import HotWaterPricing
from mailbot.composing.views.answer_view import build_mail_view
from mailbot.console.account_card import show_card
from mailbot.documents.charge_rows import build_rows
from mailbot.model import (
    CHARGED_RESOURCES,
    Action,
    CaseState,
    LetterKind,
    NormBase,
    Reading,
    RefusedReading,
    Resource,
    Span,
    Unit,
)
from mailbot.model.case.log import LoggedReading
from mailbot.model.ledger.accounts_and_meters import DatedReading, Meter, Month
from mailbot.model.ledger.charges import (
    Charge,
    ChargeLine,
    LineKind,
    PriceComponent,
    RecalculationGround,
    VolumeBasis,
)
from mailbot.model.ledger.money import Money, Quantity
from mailbot.model.ledger.register import RegisterMeter
from mailbot.model.ledger.unit_conversion import GCAL_IN_UNIT, convert_volume
from mailbot.model.resource import ENERGY_UNITS
from mailbot.policy import LetterInContext, decide
from mailbot.policy.public_reasons import leaves_to_check, why_not_ours
from mailbot.policy.readings.meter_plausibility import UsualConsumption, find_meter_doubt
from mailbot.reporting.reading_refusals import reading_figures
from mailbot.services.ledger.accounts.account_summary import MeterStatus
from mailbot.services.ledger.tables.charges_table import write_charges
from mailbot.services.ledger.tables.register_table import COLUMNS, read_clients, write_clients
from mailbot.store import Store
from mailbot.store.accounts import register_import
from mailbot.store.accounts.accounts import registered
from mailbot.store.bills import reminders
from mailbot.store.cases import review_queue
from mailbot.store.ledger import charges
from mailbot.store.schema.letters_and_cases import metadata
from mailbot.understanding import find_contacts, find_readings
from mailbot.understanding.dial_values.plausible_next_value import shows_next
from mailbot.wording.evidence import format_reading
from mailbot.wording.resources import (
    MEASURED_RESOURCES,
    OF_RESOURCES,
    RESOURCE_ABBREVIATIONS,
    RESOURCES,
    format_unit,
)
from tests.composing import material
from tests.console.test_account_card import CARD
from tests.material import flat
from tests.policy.builders import NOW, a_letter, a_reading, context_of, facts_of, small_rulebook
from tests.services.conftest import House
from tests.services.ledger import town
from tests.services.ledger.conftest import COLD_FLAT, letter, on, standing
from tests.services.ledger.test_letters_to_ledger import NOVEMBER, reply
from tests.store.accounts.test_register_import import FLAT
from tests.web.conftest import Desk

DIALS = [(resource, unit) for resource in Resource for unit in sorted(resource.dial_units)]
UNCHARGED = tuple(resource for resource in Resource if not resource.charged)
"""What the company counts for others, or not at all."""

of_each_dial = pytest.mark.parametrize(("resource", "unit"), DIALS)
of_each_resource = pytest.mark.parametrize("resource", Resource)

SETS: tuple[type[StrEnum], ...] = (
    Resource, Unit, NormBase, LineKind, PriceComponent, VolumeBasis, RecalculationGround, HotWaterPricing,
)  # fmt: skip
NOT_WHOLE = {id(GCAL_IN_UNIT): frozenset(ENERGY_UNITS)}
"""Tables that hold a part of their set by their nature, and which."""


def tables() -> Iterator[tuple[str, type[StrEnum], dict[StrEnum, object]]]:
    """Every table of the package whose keys are members of one of the sets."""
    for found in pkgutil.walk_packages(mailbot.__path__, "mailbot."):
        if found.name.endswith("__main__"):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for members in SETS:
                if isinstance(value, dict) and value and all(isinstance(key, members) for key in value):
                    yield f"{found.name}.{name}", members, value


def meter_of(resource: Resource, unit: Unit, serial: str = "90001") -> Meter:
    return Meter(serial, resource, unit, 5, date(2024, 1, 1), None, date(2032, 1, 1))


def every_meter() -> tuple[Meter, ...]:
    return tuple(meter_of(*dial, f"9000{nth}") for nth, dial in enumerate(DIALS))


def told_as(resource: Resource, value: str = "45", unit: Unit | None = None) -> Reading:
    return Reading(Decimal(value), "7023188", None, resource, unit or resource.unit, ())


# --- what holds for every member


def test_every_table_over_a_closed_set_has_exactly_its_members() -> None:
    found = list(tables())
    faults = [
        f"{name}: {sorted(set(table) ^ NOT_WHOLE.get(id(table), frozenset(members)))}"
        for name, members, table in found
        if set(table) != NOT_WHOLE.get(id(table), frozenset(members))
    ]
    assert faults == []
    assert {members for _, members, _ in found} >= {Resource, Unit, LineKind, PriceComponent, VolumeBasis}


def test_a_resource_is_shown_in_a_unit_that_its_dials_become() -> None:
    for resource, unit in DIALS:
        assert resource.unit in resource.dial_units
        assert convert_volume(Decimal(5), unit, resource.unit) > 0


@pytest.mark.parametrize("words", [RESOURCES, OF_RESOURCES, MEASURED_RESOURCES, RESOURCE_ABBREVIATIONS])
def test_no_two_resources_share_a_word(words: dict[Resource, str]) -> None:
    assert len(set(words.values())) == len(Resource)
    assert all(words.values())


@pytest.mark.parametrize(
    ("column", "members"), [("resource", Resource), ("unit", Unit), ("ground", RecalculationGround)]
)
def test_every_member_fits_every_column_of_its_set(column: str, members: type[StrEnum]) -> None:
    longest = max(len(member) for member in members)
    widths = [
        one.type.length for table in metadata.tables.values() for one in table.columns
        if one.name == column and isinstance(one.type, String)
    ]  # fmt: skip
    assert widths
    assert all(width is not None and width >= longest for width in widths)


# --- the register's table


@of_each_dial
def test_the_register_reads_a_meter_by_each_of_its_words_and_writes_it_back(
    resource: Resource, unit: Unit, tmp_path: Path
) -> None:
    for nth, word in enumerate((RESOURCES[resource], RESOURCE_ABBREVIATIONS[resource].upper())):
        path, back = tmp_path / f"{nth}.csv", tmp_path / f"{nth}-back.csv"
        row = f"440215;Кошкина;ФЛ;Мира, 5;54,3;2;Прикамский;{word};;;;;5501;{word};{unit};5;01.02.2024;;"
        path.write_text(";".join(COLUMNS) + "\n" + row, encoding="utf-8")
        held = read_clients(path, ("Прикамский",))
        assert held[0].account.resources == (resource,)
        assert [(one.resource, one.unit) for one in held[0].account.meters] == [(resource, unit)]
        write_clients(back, held)
        assert read_clients(back, ("Прикамский",)) == held


def test_the_register_refuses_a_unit_that_no_dial_of_the_resource_has(tmp_path: Path) -> None:
    path = tmp_path / "клиенты.csv"
    row = "440215;Кошкина;ФЛ;Мира, 5;54,3;2;Прикамский;хвс;;;;;5501;хвс;Гкал;5;01.02.2024;;"
    path.write_text(";".join(COLUMNS) + "\n" + row, encoding="utf-8")
    with pytest.raises(Exception, match="Гкал для этой услуги не бывает; можно: м3"):
        read_clients(path, ("Прикамский",))


def test_every_meter_is_the_same_when_the_store_gives_it_back(store: Store) -> None:
    held = replace(
        COLD_FLAT, account=replace(COLD_FLAT.account, resources=tuple(Resource), meters=every_meter())
    )
    town.settle(store, held)
    kept = store.ask(registered, [held.account.number])[held.account.number].account
    assert (set(kept.resources), set(kept.meters)) == (set(Resource), set(every_meter()))


# --- what is plausible


@of_each_dial
def test_a_little_more_than_before_is_plausible_on_every_dial(resource: Resource, unit: Unit) -> None:
    meter = meter_of(resource, unit)
    before = DatedReading(meter.serial, Decimal("100.0"), date(2026, 10, 20), Month(2026, 10))
    usual = UsualConsumption(Decimal(2), None)
    day = date(2026, 11, 20)
    assert find_meter_doubt(Decimal("101.5"), unit, day, meter, (before,), usual, day) == ""
    assert find_meter_doubt(Decimal("99"), unit, day, meter, (before,), usual, day)
    assert shows_next(Decimal("101.5"), RegisterMeter("", resource, unit, Decimal("100.0")))


# --- pages, papers, terminal, report, API


def test_the_account_page_names_every_meter_with_its_unit(ledger: Desk) -> None:
    person = flat.person()
    account = replace(
        person.account, resources=tuple(Resource), meters=(*person.account.meters, *every_meter())
    )
    with ledger.store.write() as transaction:
        register_import.import_register(transaction, (replace(person, account=account),))
    answer = ledger.client().get(f"/account/{flat.NUMBER}")
    assert answer.status_code == 200
    for meter in every_meter():
        assert f"<b>{RESOURCES[meter.resource]}</b>, счётчик {meter.serial}" in answer.text
        assert f"({format_unit(meter.unit)}, цифр 5" in answer.text


def test_a_person_chooses_among_all_resources(ledger: Desk) -> None:
    case = ledger.receive(letter(f"л/с {flat.NUMBER}, показание 4567", sender="svetlana.k81@bk.ru"))
    page = ledger.client().get(f"/case/{case.number}").text
    for resource in Resource:
        assert f'<option value="{resource}">{RESOURCES[resource]}</option>' in page


@of_each_dial
def test_a_letter_of_ours_names_the_reading(resource: Resource, unit: Unit) -> None:
    reading = replace(material.HOT, resource=resource, unit=unit)
    decision = replace(
        material.DECISION, accepted=(reading,), refused=(RefusedReading(reading, "проверит сотрудник"),)
    )
    view = build_mail_view(
        decision, replace(material.FACTS, readings=(reading,)), material.CONTEXT, material.package_rulebook().channels,
        received_at=material.RECEIVED, recipient="sveta@mail.ru", zone=UTC,
    )  # fmt: skip
    for line in (*view.accepted, *view.refused):
        assert (line.resource, line.unit) == (RESOURCES[resource], format_unit(unit))


@of_each_dial
def test_the_terminal_names_readings_and_meters(resource: Resource, unit: Unit) -> None:
    assert format_reading(told_as(resource, unit=unit)).startswith(f"{RESOURCES[resource]} 45 {unit}")
    meter = meter_of(resource, unit)
    held = replace(FLAT, account=replace(FLAT.account, resources=(resource,), meters=(meter,)))
    last = DatedReading(meter.serial, Decimal(45), date(2026, 9, 20), Month(2026, 9))
    out = Console(file=io.StringIO(), width=140)
    show_card(out, replace(CARD, held=held, meters=(MeterStatus(meter, last, in_order=True),)))
    assert isinstance(out.file, io.StringIO)
    assert f"Прибор 90001, {RESOURCES[resource]}: 45 {unit}" in out.file.getvalue()


@of_each_dial
@pytest.mark.parametrize("component", PriceComponent)
def test_a_line_of_a_charge_has_a_row_on_paper_and_in_the_bookkeepers_words(
    resource: Resource, unit: Unit, component: PriceComponent
) -> None:
    line = ChargeLine(
        kind=LineKind.CHARGE,
        month=Month(2026, 10),
        resource=resource,
        component=component,
        meter="5501",
        basis=VolumeBasis.METER,
        volume=Quantity(Decimal(2)),
        unit=unit,
        price=Decimal(5),
        net=Money(Decimal(10)),
        vat=Money(Decimal(0)),
        benefit=Money(Decimal(0)),
        sum=Money(Decimal(10)),
        because="показания",
        source="пример",
    )
    (row,) = build_rows([line], line.month)
    assert row.title.startswith(RESOURCES[resource].capitalize())
    assert row.unit == format_unit(unit)


def test_the_report_tells_how_many_readings_were_no_business_of_ours() -> None:
    reason = why_not_ours(Resource.COLD_WATER)
    logged = LoggedReading(case_id=1, accepted=False, reason=reason)
    (row,) = reading_figures([logged, logged]).reasons
    assert (row[0], row[1].title) == (2, "показания холодной воды принимает водоканал")


def test_the_api_describes_every_resource_and_takes_it(bare: Desk) -> None:
    described = bare.app.test_client().get("/api/v1/openapi.json").json
    assert described is not None
    assert described["components"]["schemas"]["Resource"]["enum"] == [str(one) for one in Resource]


# --- letters


@of_each_dial
@pytest.mark.parametrize("words", [RESOURCES, RESOURCE_ABBREVIATIONS])
def test_a_letter_that_names_resource_and_unit_is_read_as_that(
    resource: Resource, unit: Unit, words: dict[Resource, str]
) -> None:
    body = f"л/с 4710325. Показания: {words[resource]} 45,5 {unit}"
    written = material.a_letter(parts=(material.a_part("subject", ""), material.a_part("body", body)))
    (found,) = find_readings(written, find_contacts(written))
    assert (found.value, found.resource, found.unit) == (Decimal("45.5"), resource, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("л/с 4710325. ХВС 45, ГВС 12", [("45", "cold_water"), ("12", "hot_water")]),
        ("л/с 4710325. Холодная вода 45 куб, горячая вода 12 куб", [("45", "cold_water"), ("12", "hot_water")]),
        ("л/с 4710325. хвс/гвс 45/12", [("45", "cold_water"), ("12", "hot_water")]),
        ("л/с 4710325. Холодная вода: кухня 45, ванная 46", [("45", "cold_water"), ("46", "cold_water")]),
        ("л/с 4710325. Показания счётчиков: электроэнергия 4500, ГВС 12", [("12", "hot_water")]),
        ("л/с 4710325. Показания: газ 45, отопление 12 Гкал", [("12", "heating")]),
        ("ЖКХ 1# 4710325 Х 45 Г 12", [("45", "cold_water"), ("12", "hot_water")]),
        ("4710325*хвс*45", [("45", "cold_water")]),
        (
            "Лицевой счёт 4710325\n\nРесурс | Показания\nХВС | 45\nГВС | 12\n",
            [("12", "hot_water"), ("45", "cold_water")],
        ),
    ],
)  # fmt: skip
def test_cold_water_is_read_as_what_it_is_and_electricity_is_none(
    text: str, expected: list[tuple[str, str]]
) -> None:
    written = material.a_letter(
        parts=(material.a_part("subject", "Показания"), material.a_part("body", text))
    )
    found = find_readings(written, find_contacts(written))
    assert sorted((str(one.value), str(one.resource)) for one in found) == sorted(expected)
    assert all(one.unit is Unit.M3 for one in found if one.resource is Resource.COLD_WATER)


@pytest.mark.parametrize("resource", UNCHARGED)
@pytest.mark.parametrize(
    "table",
    [
        "Лицевой счёт 4710325\n\nРесурс | Показания\n{} | 45\nГВС | 12\n",
        "Лицевой счёт | {} | ГВС\n4710325 | 45 | 12\n",
    ],
)
def test_a_table_names_what_is_not_charged_in_a_row_or_a_column(resource: Resource, table: str) -> None:
    body = table.format(RESOURCES[resource].capitalize())
    written = material.a_letter(parts=(material.a_part("subject", ""), material.a_part("body", body)))
    found = find_readings(written, find_contacts(written))
    assert {(one.resource, one.value) for one in found} == {
        (resource, Decimal(45)),
        (Resource.HOT_WATER, Decimal(12)),
    }


@pytest.mark.parametrize("resource", UNCHARGED)
def test_hot_water_is_taken_and_the_writer_is_told_who_takes_the_rest(
    metered: House, resource: Resource
) -> None:
    case = on(metered, NOVEMBER).receive(
        letter(f"л/с 440215. {RESOURCES[resource]} 45, ГВС 118. Кошкина Анна")
    )
    assert (case.state, case.action) == (CaseState.ANSWERED, "reading_accepted")
    assert standing(metered) == [("5501", Decimal(118))]
    told = " ".join(reply(metered).split())
    assert "горячая вода: 118 м³" in told
    assert f"{RESOURCES[resource]}: 45 " in told
    assert f" — {why_not_ours(resource)}" in told
    hot, other = metered.store.ask(review_queue.readings, case.id)
    assert (other.state, other.resource, hot.state) == ("refused", resource, "accepted")
    assert not leaves_to_check(other.reason)


def test_of_cold_water_the_writer_hears_that_the_utility_takes_it(metered: House) -> None:
    on(metered, NOVEMBER).receive(letter("л/с 440215. ХВС 45, ГВС 118. Кошкина Анна"))
    told = " ".join(reply(metered).split())
    assert "холодной воды принимает водоканал; мы учитываем отопление и горячую воду" in told


def test_a_letter_of_cold_water_alone_hears_the_reason_and_waits_for_a_person(metered: House) -> None:
    case = on(metered, NOVEMBER).receive(letter("л/с 440215. Показания: ХВС 45. Кошкина Анна"))
    assert case.state is CaseState.AWAITING_REVIEW
    assert "принимает водоканал" in " ".join(reply(metered).split())
    assert standing(metered) == []


def test_a_reading_that_must_be_checked_is_checked_beside_cold_water(metered: House) -> None:
    on(metered, NOVEMBER).receive(letter("л/с 440215, ГВС 118. Кошкина Анна"))
    reply(metered)
    case = metered.receive(letter("л/с 440215. ХВС 45, ГВС 918. Кошкина Анна"))
    assert case.state is CaseState.AWAITING_REVIEW


def test_without_a_register_cold_water_doubts_no_other_reading() -> None:
    """However badly the cold value was read: the machine needs it for nothing."""
    cold = replace(a_reading("45", resource=Resource.COLD_WATER, sure=0.1), spans=(Span("body", 0, 2),))
    hot = replace(a_reading("118"), spans=(Span("body", 5, 8),))
    facts = facts_of(LetterKind.READING, readings=(cold, hot))
    found = decide(LetterInContext(a_letter("показания"), facts, context_of(), small_rulebook()), NOW)
    assert found.action is Action.READING_ACCEPTED
    assert (found.accepted, found.doubts, found.confidence) == ((hot,), (), 0.9)
    assert [item.reading for item in found.refused] == [cold]


# --- a company that has meters of cold water


def with_meter(house: House, resource: Resource) -> None:
    account = replace(
        COLD_FLAT.account,
        resources=(*COLD_FLAT.account.resources, resource),
        meters=(*COLD_FLAT.account.meters, meter_of(resource, resource.unit, "7700")),
    )
    with house.store.write() as transaction:
        register_import.import_register(transaction, (replace(COLD_FLAT, account=account),))


@pytest.mark.parametrize("resource", UNCHARGED)
def test_where_the_register_has_its_meter_the_value_is_kept_in_the_ledger(
    metered: House, resource: Resource
) -> None:
    with_meter(metered, resource)
    case = on(metered, NOVEMBER).receive(
        letter(f"л/с 440215. {RESOURCES[resource]} 45, ГВС 118. Кошкина Анна")
    )
    assert (case.state, case.action) == (CaseState.ANSWERED, "reading_accepted")
    assert sorted(standing(metered)) == [("5501", Decimal(118)), ("7700", Decimal(45))]
    assert why_not_ours(resource) not in " ".join(reply(metered).split())


def test_its_number_beside_a_meter_of_something_else_is_for_a_person(metered: House) -> None:
    case = on(metered, NOVEMBER).receive(letter("л/с 440215. ХВС № 5501 - 45. Кошкина Анна"))
    assert case.state is CaseState.AWAITING_REVIEW
    assert standing(metered) == []


def test_the_charge_run_charges_the_same_with_a_meter_of_cold_water_and_without(
    store: Store, tmp_path: Path
) -> None:
    plain, cold = town.flat("440215"), town.flat("440216")
    held = cold.account
    town.settle(
        store, plain,
        replace(cold, account=replace(
            held, resources=tuple(Resource), meters=(*held.meters, meter_of(Resource.COLD_WATER, Unit.M3, "7700")),
        )),
    )  # fmt: skip
    for number in ("440215", "440216"):
        for month, value in ((9, "112"), (10, "118.5")):
            town.read(
                store, number, value, date(2026, month, 20), entered=datetime(2026, month, 20, 9, tzinfo=UTC)
            )
    for month, value in ((9, "12"), (10, "18.5")):
        at = datetime(2026, month, 20, 9, tzinfo=UTC)
        town.read(store, "440216", value, at.date(), "7700", entered=at)
    outcome = town.close(store, town.OCTOBER)
    assert (outcome.charged, outcome.faults) == (2, [])
    found = store.ask(charges.charges, ("440215", "440216"))
    (one,), (other,) = found["440215"], found["440216"]
    assert isinstance(other, Charge)
    assert [line.sum for line in one.lines] == [line.sum for line in other.lines]
    assert {line.resource for line in other.lines} == set(CHARGED_RESOURCES)
    write_charges(store, town.OCTOBER, tmp_path / "charges.csv")
    assert "холодная вода" not in (tmp_path / "charges.csv").read_text("utf-8").replace(
        "холодная вода для ГВС", ""
    )


def test_a_reading_of_cold_water_leaves_the_reminder_of_the_others(store: Store) -> None:
    cold = town.flat("440216")
    held = replace(
        cold.account,
        resources=tuple(Resource),
        meters=(*cold.account.meters, meter_of(Resource.COLD_WATER, Unit.M3, "7700")),
    )
    alone = replace(
        cold, account=replace(held, number="440217", meters=held.meters[1:]), emails=("other@b.ru",)
    )
    town.settle(store, replace(cold, account=held), alone)
    at = datetime(2026, 10, 20, 9, tzinfo=UTC)
    town.read(store, "440216", "45", at.date(), "7700", entered=at)
    asked = (town.OCTOBER, at - timedelta(days=19), at.date(), "", 10)
    assert store.ask(reminders.accounts_without_readings, *asked) == ("440216",)
    town.read(store, "440216", "118", at.date(), entered=at)
    assert store.ask(reminders.accounts_without_readings, *asked) == ()
