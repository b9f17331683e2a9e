"""The register of clients as a table: a row a meter, several rows an account; each fault by row and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from mailbot.model import RequestRefused, Resource, Unit
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DeliveryMethod,
    Meter,
    Premises,
    RegisteredAccount,
)
from mailbot.services.ledger.tables.row_reader import UNITS, RowReader
from mailbot.services.ledger.tables.table_file import TableFileRow, read_table
from mailbot.wording.resources import RESOURCE_ABBREVIATIONS, RESOURCES

ACCOUNT, NAME, GROUP, ADDRESS, AREA, RESIDENTS = (
    "Лицевой счёт",
    "ФИО или название",
    "Группа",
    "Адрес",
    "Площадь",
    "Жильцов",
)
ZONE, SUPPLIED, EMAIL, PHONE, DELIVERY, BENEFIT = (
    "Зона",
    "Услуги",
    "Почта",
    "Телефон",
    "Квитанция",
    "Льгота, %",
)
SERIAL, MEASURES, UNIT, DIGITS = "Номер прибора", "Прибор измеряет", "Единица", "Разрядов"
INSTALLED, VERIFIED, REMOVED = "Установлен", "Поверка до", "Снят"
COLUMNS = (
    ACCOUNT, NAME, GROUP, ADDRESS, AREA, RESIDENTS, ZONE, SUPPLIED, EMAIL, PHONE, DELIVERY, BENEFIT, SERIAL, MEASURES,
    UNIT, DIGITS, INSTALLED, VERIFIED, REMOVED,
)  # fmt: skip
MANDATORY = (ACCOUNT, NAME, GROUP, ADDRESS, AREA, RESIDENTS, ZONE, SUPPLIED)
OF_ACCOUNT = (NAME, GROUP, ADDRESS, AREA, RESIDENTS, ZONE, SUPPLIED, EMAIL, PHONE, DELIVERY, BENEFIT)
"""What must be the same in all rows of an account, or empty in the later ones."""

GROUPS = {
    "фл": ClientGroup.INDIVIDUAL,
    "юл": ClientGroup.BUSINESS,
    "ип": ClientGroup.BUSINESS,
    "нежилое": ClientGroup.BUSINESS,
    "уо": ClientGroup.PROVIDER,
}
SERVICES = {
    word: resource for words in (RESOURCES, RESOURCE_ABBREVIATIONS) for resource, word in words.items()
}
"""How the table names them; the first word of each is the one written."""
DELIVERIES = {"бумага": DeliveryMethod.PAPER, "почта": DeliveryMethod.EMAIL, "эдо": DeliveryMethod.EDO}
_ACCOUNT = re.compile(r"[0-9A-Za-zА-Яа-яЁё/-]{3,30}")
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")


def read_clients(path: Path, zones: Iterable[str]) -> tuple[RegisteredAccount, ...]:
    """All accounts of the file, in its order; RequestRefused tells every fault of every row, and then nothing is taken.

    `zones` are the service areas that `tariffs.toml` names.
    """
    faults: list[str] = []
    known_zones = {zone.lower(): zone for zone in zones}
    accounts: dict[str, tuple[TableFileRow, RegisteredAccount]] = {}
    meters: dict[str, list[Meter]] = {}
    for row in read_table(path, COLUMNS, MANDATORY):
        reader = RowReader(path, row, faults)
        number = reader.text(ACCOUNT, needed=True)
        if number and not _ACCOUNT.fullmatch(number):
            reader.fault(ACCOUNT, f"«{number}» — не лицевой счёт: от 3 до 30 цифр и букв")
        if number not in accounts:
            entry = _registered(reader, number, known_zones)
            if entry is not None:
                accounts[number] = (row, entry)
                meters[number] = []
        else:
            _same(reader, accounts[number][0])
        meter = _meter(reader)
        if meter is not None and number in meters:
            if any(known_meter.serial == meter.serial for known_meter in meters[number]):
                reader.fault(SERIAL, f"прибор {meter.serial} у этого счёта записан дважды")
            elif meter.resource not in accounts[number][1].account.resources:
                reader.fault(MEASURES, "такой услуги у этого счёта нет; допишите её в столбец «Услуги»")
            meters[number].append(meter)
    if not accounts and not faults:
        faults.append(f"{path}: в таблице нет ни одной строки с клиентом")
    if faults:
        raise RequestRefused(*faults)
    return tuple(_with_meters(entry, tuple(meters[number])) for number, (_, entry) in accounts.items())


def _with_meters(found: RegisteredAccount, meters: tuple[Meter, ...]) -> RegisteredAccount:
    return replace(found, account=replace(found.account, meters=meters))


def _registered(reader: RowReader, number: str, zones: dict[str, str]) -> RegisteredAccount | None:
    name, address = reader.text(NAME, needed=True), reader.text(ADDRESS, needed=True)
    group = reader.one_of(GROUP, GROUPS)
    zone = reader.one_of(ZONE, zones)
    area = reader.number(AREA, _positive, "площадь в м², например 54,3")
    residents = reader.number(RESIDENTS, _count, "число жильцов")
    benefit = reader.number(BENEFIT, _percent, "процент от 0 до 100", Decimal(0))
    delivery = reader.one_of(DELIVERY, DELIVERIES, DeliveryMethod.PAPER)
    resources = _resources(reader)
    emails = tuple(
        written_email.lower() for written_email in re.split(r"[,;\s]+", reader.text(EMAIL)) if written_email
    )
    for email in emails:
        if not _EMAIL.fullmatch(email):
            reader.fault(EMAIL, f"«{email}» — не адрес почты")
    if delivery is DeliveryMethod.EMAIL and not emails:
        reader.fault(EMAIL, "квитанция по почте, а адреса нет")
    phones = tuple(phone.strip() for phone in re.split(r"[,;]", reader.text(PHONE)) if phone.strip())
    if (
        reader.bad
        or group is None
        or zone is None
        or area is None
        or residents is None
        or benefit is None
        or delivery is None
    ):
        return None
    account = Account(number, group, zone, Premises(address, area, residents), resources, (), benefit)
    return RegisteredAccount(account, name, emails, phones, delivery)


def _resources(reader: RowReader) -> tuple[Resource, ...]:
    resources = []
    for word in re.split(r"[,;+]", reader.text(SUPPLIED, needed=True)):
        if word.strip():
            resource = SERVICES.get(word.strip().lower())
            if resource is None:
                reader.fault(SUPPLIED, f"«{word.strip()}» не понято; можно: {', '.join(SERVICES)}")
            else:
                resources.append(resource)
    return tuple(dict.fromkeys(resources))


def _same(reader: RowReader, first: TableFileRow) -> None:
    """A later row of an account repeats what the first says of it, or leaves it empty."""
    for column in OF_ACCOUNT:
        value = reader.text(column)
        if value and value != " ".join(first.cells.get(column, "").split()):
            reader.fault(column, f"«{value}», а в строке {first.number} у этого счёта иначе")


def _meter(reader: RowReader) -> Meter | None:
    serial = reader.text(SERIAL)
    if not serial:
        for column in (MEASURES, UNIT, DIGITS, INSTALLED, VERIFIED, REMOVED):
            if reader.text(column):
                reader.fault(SERIAL, f"заполнен столбец «{column}», а номера прибора нет")
                break
        return None
    resource = reader.one_of(MEASURES, SERVICES)
    unit = reader.one_of(UNIT, UNITS)
    digits = reader.number(DIGITS, _digits, "число разрядов от 3 до 9")
    installed = reader.day(INSTALLED, needed=True)
    verified, removed = reader.day(VERIFIED), reader.day(REMOVED)
    if resource is not None and unit is not None and unit not in resource.dial_units:
        reader.fault(
            UNIT, f"{unit} для этой услуги не бывает; можно: {', '.join(sorted(resource.dial_units))}"
        )
    if installed and removed and removed < installed:
        reader.fault(REMOVED, "прибор снят раньше, чем установлен")
    if resource is None or unit is None or digits is None or installed is None:
        return None
    return Meter(serial, resource, unit, digits, installed, removed, verified)


def _positive(value: str) -> Decimal:
    number = Decimal(value)
    if not number.is_finite() or number <= 0:
        raise ValueError
    return number


def _percent(value: str) -> Decimal:
    number = Decimal(value.removesuffix("%"))
    if not number.is_finite() or not 0 <= number <= 100:
        raise ValueError
    return number


def _count(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 10_000:
        raise ValueError
    return number


def _digits(value: str) -> int:
    number = int(value)
    if not 3 <= number <= 9:
        raise ValueError
    return number


def write_clients(path: Path, held: Iterable[RegisteredAccount]) -> int:
    """Write the register in the form that `read_clients` reads (CSV with semicolons, as Excel opens it); rows written."""
    names = {
        value: word for word, value in reversed((*GROUPS.items(), *SERVICES.items(), *DELIVERIES.items()))
    }
    units = {value: word for word, value in reversed(UNITS.items())}
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        for account in held:
            for meter in account.account.meters or (None,):
                table.writerow(_row(account, meter, names, units))
                written += 1
    return written


def _row(
    one: RegisteredAccount, meter: Meter | None, names: dict[StrEnum, str], units: dict[Unit, str]
) -> list[str]:
    held = one.account
    row = [
        held.number, one.name, names[held.group].upper(), held.premises.address, str(held.premises.area),
        str(held.premises.residents), held.service_area, ", ".join(names[resource] for resource in held.resources),
        ", ".join(one.emails), ", ".join(one.phones), names[one.delivery], str(held.benefit_percent),
    ]  # fmt: skip
    if meter is None:
        return row + [""] * (len(COLUMNS) - len(row))
    days = [meter.installed, meter.verified_until, meter.removed]
    return [
        *row, meter.serial, names[meter.resource], units[meter.unit], str(meter.digits),
        *(f"{day:%d.%m.%Y}" if day else "" for day in days),
    ]  # fmt: skip
