"""The register as it stands: accounts with their meters, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from mailbot.model import Resource, Unit
from mailbot.model.ledger.accounts_and_meters import (
    Account,
    ClientGroup,
    DeliveryMethod,
    Meter,
    Premises,
    RegisteredAccount,
)
from mailbot.store.database.batches import batches
from mailbot.store.schema.ledger import account, client_phone, meter
from mailbot.store.schema.letters_and_cases import client, client_account, client_email

_ALL: ColumnElement[bool] = true()


def accounts_of(connection: Connection, numbers: Iterable[str]) -> dict[str, Account]:
    """Those of the accounts that the register has, with their meters."""
    accounts: dict[str, Account] = {}
    for some in batches(numbers):
        meters = _meters(connection, meter.c.account.in_(some))
        for row in connection.execute(select(account).where(account.c.number.in_(some))):
            accounts[row.number] = _account(row, tuple(meters.get(row.number, ())))
    return accounts


def registered(connection: Connection, numbers: Iterable[str] | None = None) -> dict[str, RegisteredAccount]:
    """The accounts of the ledger by their numbers, with client and meters: those named, or (None) every one."""
    if numbers is None:
        return _registered(connection)
    entries: dict[str, RegisteredAccount] = {}
    for some in batches(numbers):
        owners = select(client_account.c.client_id).where(client_account.c.account.in_(some))
        entries |= _registered(
            connection,
            account.c.number.in_(some),
            meter.c.account.in_(some),
            client_email.c.client_id.in_(owners),
            client_phone.c.client_id.in_(owners),
        )
    return entries


def _registered(
    connection: Connection,
    which: ColumnElement[bool] = _ALL,
    meters_of: ColumnElement[bool] = _ALL,
    emails_of: ColumnElement[bool] = _ALL,
    phones_of: ColumnElement[bool] = _ALL,
) -> dict[str, RegisteredAccount]:
    emails, phones = defaultdict(list), defaultdict(list)
    for row in connection.execute(select(client_email).where(emails_of).order_by(client_email.c.email)):
        emails[row.client_id].append(row.email)
    for row in connection.execute(select(client_phone).where(phones_of).order_by(client_phone.c.phone)):
        phones[row.client_id].append(row.phone)
    meters = _meters(connection, meters_of)
    query = (
        select(account, client_account.c.client_id, client.c.name)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .where(which)
        .order_by(account.c.number)
    )
    return {
        row.number: RegisteredAccount(
            _account(row, tuple(meters.get(row.number, ()))),
            row.name,
            tuple(emails[row.client_id]),
            tuple(phones[row.client_id]),
            DeliveryMethod(row.delivery),
        )
        for row in connection.execute(query)
    }


def _meters(connection: Connection, which: ColumnElement[bool]) -> dict[str, list[Meter]]:
    meters: dict[str, list[Meter]] = {}
    for row in connection.execute(select(meter).where(which).order_by(meter.c.account, meter.c.id)):
        meters.setdefault(row.account, []).append(_meter(row))
    return meters


def _account(row: Any, meters: tuple[Meter, ...]) -> Account:
    return Account(
        number=row.number,
        group=ClientGroup(row.client_group),
        service_area=row.service_area,
        premises=Premises(row.address, Decimal(row.area), row.residents),
        resources=tuple(Resource(name) for name in row.resources.split()),
        meters=meters,
        benefit_percent=Decimal(row.benefit_percent),
    )


def _meter(row: Any) -> Meter:
    return Meter(
        row.serial,
        Resource(row.resource),
        Unit(row.unit),
        row.digits,
        row.installed,
        row.removed,
        row.verified_until,
    )


def addresses(connection: Connection) -> tuple[tuple[str, str], ...]:
    """(account, address) of the whole register, by address."""
    query = select(account.c.number, account.c.address).order_by(account.c.address, account.c.number)
    return tuple((row.number, row.address) for row in connection.execute(query))
