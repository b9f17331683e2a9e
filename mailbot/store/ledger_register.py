"""The register of the ledger: clients, their accounts and meters, brought in line with a file and read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from mailbot.model import Resource, Unit
from mailbot.model.ledger import Account, ClientGroup, Delivery, Meter, Premises, Registered
from mailbot.store.dialect import insert_into
from mailbot.store.ledger_tables import account, client_phone, meter
from mailbot.store.tables import client, client_account, client_email


@dataclass(frozen=True, slots=True)
class Imported:
    """How many accounts were new, were changed, and stood so already."""

    added: int
    changed: int
    same: int


def registered(connection: Connection) -> dict[str, Registered]:
    """Every account of the ledger by its number, with its client and meters."""
    emails, phones, meters = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in connection.execute(select(client_email).order_by(client_email.c.email)):
        emails[row.client_id].append(row.email)
    for row in connection.execute(select(client_phone).order_by(client_phone.c.phone)):
        phones[row.client_id].append(row.phone)
    for row in connection.execute(select(meter).order_by(meter.c.account, meter.c.id)):
        meters[row.account].append(
            Meter(
                row.serial,
                Resource(row.resource),
                Unit(row.unit),
                row.digits,
                row.installed,
                row.removed,
                row.verified_until,
            )
        )
    query = (
        select(account, client_account.c.client_id, client.c.name)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .order_by(account.c.number)
    )
    found = {}
    for row in connection.execute(query):
        held = Account(
            number=row.number,
            group=ClientGroup(row.client_group),
            service_area=row.service_area,
            premises=Premises(row.address, Decimal(row.area), row.residents),
            resources=tuple(Resource(one) for one in row.resources.split()),
            meters=tuple(meters[row.number]),
            benefit_percent=Decimal(row.benefit_percent),
        )
        found[row.number] = Registered(
            held, row.name, tuple(emails[row.client_id]), tuple(phones[row.client_id]), Delivery(row.delivery)
        )
    return found


def import_register(connection: Connection, wanted: Iterable[Registered]) -> Imported:
    """Bring the accounts named in line with the file; what stands so already is not written.

    Accounts and meters that the file does not name stay: a list of one house must not empty the town. An e-mail
    belongs to one client; the file's word is the newest.
    """
    known = registered(connection)
    owners = _pairs(connection, select(client_account.c.account, client_account.c.client_id))
    by_email = _pairs(connection, select(client_email.c.email, client_email.c.client_id))
    added = changed = same = 0
    for one in wanted:
        before = known.get(one.account.number)
        if before is not None and _alike(before, one):
            same += 1
            continue
        client_id = owners.get(one.account.number) or _client_of(one, by_email)
        client_id = _keep_client(connection, client_id, one)
        by_email |= dict.fromkeys(one.emails, client_id)
        owners[one.account.number] = client_id
        _keep_account(connection, one.account, one.delivery)
        added += before is None
        changed += before is not None
    return Imported(added, changed, same)


def _alike(before: Registered, after: Registered) -> bool:
    """Does all that the file says stand already? What it does not name (an older address, a meter) stays anyway."""
    was, wanted = before.account, after.account
    return (
        (before.name, before.delivery, was.group, was.service_area, was.premises, was.benefit_percent)
        == (
            after.name,
            after.delivery,
            wanted.group,
            wanted.service_area,
            wanted.premises,
            wanted.benefit_percent,
        )
        and set(was.resources) == set(wanted.resources)
        and set(wanted.meters) <= set(was.meters)
        and set(after.emails) <= set(before.emails)
        and set(after.phones) == set(before.phones)
    )


def _pairs(connection: Connection, query: Select[Any]) -> dict[str, int]:
    return {row[0]: row[1] for row in connection.execute(query)}


def _client_of(one: Registered, by_email: dict[str, int]) -> int | None:
    """The client who has one of the addresses already: one person, several flats."""
    return next((by_email[email] for email in one.emails if email in by_email), None)


def _keep_client(connection: Connection, client_id: int | None, one: Registered) -> int:
    if client_id is None:
        statement = insert(client).values(name=one.name).returning(client.c.id)
        client_id = int(connection.execute(statement).scalar_one())
    else:
        connection.execute(update(client).where(client.c.id == client_id).values(name=one.name))
    tied = insert_into(connection, client_account).values(account=one.account.number, client_id=client_id)
    connection.execute(tied.on_conflict_do_update(index_elements=["account"], set_={"client_id": client_id}))
    for email in one.emails:
        tied = insert_into(connection, client_email).values(email=email, client_id=client_id)
        connection.execute(
            tied.on_conflict_do_update(index_elements=["email"], set_={"client_id": client_id})
        )
    connection.execute(delete(client_phone).where(client_phone.c.client_id == client_id))
    if one.phones:
        rows = [{"client_id": client_id, "phone": phone} for phone in dict.fromkeys(one.phones)]
        connection.execute(insert(client_phone), rows)
    return client_id


def _keep_account(connection: Connection, held: Account, delivery: Delivery) -> None:
    values = {
        "client_group": held.group,
        "service_area": held.service_area,
        "address": held.premises.address,
        "area": str(held.premises.area),
        "residents": held.premises.residents,
        "resources": " ".join(held.resources),
        "benefit_percent": str(held.benefit_percent),
        "delivery": delivery,
    }
    statement = insert_into(connection, account).values(number=held.number, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["number"], set_=values))
    for row in _meter_rows(held):
        known = {name: value for name, value in row.items() if name not in ("account", "serial")}
        kept = insert_into(connection, meter).values(**row)
        connection.execute(kept.on_conflict_do_update(index_elements=["account", "serial"], set_=known))


def _meter_rows(held: Account) -> Iterator[dict[str, Any]]:
    for one in held.meters:
        yield {
            "account": held.number,
            "serial": one.serial,
            "resource": one.resource,
            "unit": one.unit,
            "digits": one.digits,
            "installed": one.installed,
            "removed": one.removed,
            "verified_until": one.verified_until,
        }
