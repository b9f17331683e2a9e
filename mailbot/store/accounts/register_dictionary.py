"""The register as a dictionary for letters, and the newest values of the dials that a letter may mean."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Select, insert, select

from mailbot.model import Resource, Unit
from mailbot.model.ledger.register import Register, RegisterColumns, RegisterMeter, build_register
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.store.database.batches import batches
from mailbot.store.ledger import meter_readings
from mailbot.store.schema.ledger import account, client_phone, meter, register_change
from mailbot.store.schema.letters_and_cases import client, client_account, client_email


def register_version(connection: Connection) -> str:
    """Another with every change of the register: who holds it in memory compares it and reads it anew.

    No number that grows: a database that is put back from a copy would reach the same one again with other clients.
    """
    newest = select(register_change.c.token).order_by(register_change.c.id.desc()).limit(1)
    return connection.scalar(newest) or ""


def register_changed(connection: Connection, proof: str) -> None:
    """Note that the register is no longer what it was, and by whose word."""
    connection.execute(insert(register_change).values(token=uuid4().hex, proof=proof))


def known_register(connection: Connection) -> Register:
    """All that the register knows, as of its version; what a dial shows is asked of `dials`."""
    held = (
        select(account.c.number, client.c.name, account.c.address_key, client.c.id)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .order_by(account.c.number)
    )
    phones = select(client_phone.c.client_id, client_phone.c.phone)
    columns = RegisterColumns(
        _plain(connection, held),
        _plain(connection, select(meter.c.account, meter.c.serial)),
        [(owner, normalize_phone(phone)) for owner, phone in _plain(connection, phones)],
        _plain(connection, select(client_email.c.client_id, client_email.c.email)),
    )
    return build_register(register_version(connection), columns)


def _plain(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    """All rows as the driver gives them: of a hundred thousand, making each one a `Row` takes most of the time."""
    result = connection.execute(query)
    return [tuple(row) for row in result.cursor.fetchall()] if result.cursor is not None else []


def client_names(connection: Connection, numbers: Iterable[str]) -> dict[str, str]:
    """Whose these accounts are, as the register has the name."""
    names: dict[str, str] = {}
    for some in batches(numbers):
        query = select(client_account.c.account, client.c.name).join(client)
        for number, name in connection.execute(query.where(client_account.c.account.in_(some))):
            names[number] = name
    return names


def dials(connection: Connection, numbers: Iterable[str]) -> dict[str, tuple[RegisterMeter, ...]]:
    """The meters that hang on their pipes, of these accounts, each with the newest value that stands."""
    wanted = set(numbers)
    last: dict[tuple[str, str], Decimal] = {}
    for number, readings in meter_readings.standing(connection, wanted).items():
        for reading in sorted(readings, key=lambda dated_reading: (dated_reading.day, dated_reading.value)):
            last[number, reading.meter] = reading.value
    meters: dict[str, tuple[RegisterMeter, ...]] = {}
    columns = (meter.c.account, meter.c.serial, meter.c.resource, meter.c.unit)
    for some in batches(wanted):
        query = select(*columns).where(meter.c.account.in_(some), meter.c.removed.is_(None))
        for number, serial, resource, unit in connection.execute(query.order_by(meter.c.account, meter.c.id)):
            dial = RegisterMeter(serial, Resource(resource), Unit(unit), last.get((number, serial)))
            meters[number] = (*meters.get(number, ()), dial)
    return meters
