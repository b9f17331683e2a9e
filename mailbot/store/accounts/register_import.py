"""The register brought in line with a file: clients, their accounts, meters and addresses, each with its proof."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    case,
    delete,
    insert,
    select,
    update,
)

from mailbot.model.ledger.accounts_and_meters import Account, RegisteredAccount
from mailbot.model.written_forms.address import address_key
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.store.accounts.accounts import registered
from mailbot.store.accounts.register_dictionary import register_changed
from mailbot.store.accounts.search_terms import index_accounts
from mailbot.store.database.batches import batches
from mailbot.store.database.upsert import insert_into
from mailbot.store.schema.ledger import account, client_phone, meter
from mailbot.store.schema.letters_and_cases import client, client_account, client_email


@dataclass(frozen=True, slots=True)
class RegisterImportResult:
    """How many accounts were new, were changed, and stood so already; e-mails that are nobody's any longer."""

    added: int
    changed: int
    same: int
    forgotten: int = 0


def import_register(
    connection: Connection, wanted: Iterable[RegisteredAccount], proof: str = "реестр"
) -> RegisterImportResult:
    """Bring the accounts named in line with the file; what stands so already is not written.

    Accounts and meters that the file does not name stay: a list of one house must not empty the town. An e-mail
    belongs to one client; the file's word is the newest. Where the file names all accounts of a client, the
    addresses that it does not give are forgotten: bills and balances must not go to whoever lived there before.
    `proof` says where the addresses come from.
    """
    known = registered(connection)
    unkeyed = set(connection.scalars(select(account.c.number).where(account.c.address_key == "")))
    todo, same, given_emails = [], 0, dict[str, tuple[str, ...]]()
    for given in wanted:
        given_emails[given.account.number] = given.emails
        entry = replace(given, phones=tuple(dict.fromkeys(map(normalize_phone, given.phones))))
        before = known.get(entry.account.number)
        # a register taken in by an earlier version has no keys yet: they are written now
        keyed = entry.account.number not in unkeyed or not address_key(entry.account.premises.address)
        if before is not None and keyed and _alike(before, entry):
            same += 1
        else:
            todo.append(entry)
    clients = _clients(connection, todo)
    _write(connection, todo, clients, proof)
    forgotten = _forget(connection, given_emails)
    if todo or forgotten:
        register_changed(connection, proof)
    changed = sum(entry.account.number in known for entry in todo)
    return RegisterImportResult(len(todo) - changed, changed, same, forgotten)


def _clients(connection: Connection, todo: list[RegisteredAccount]) -> list[int]:
    """Whose account each is: its owner until now, else the client of one of its addresses, else a new one."""
    owners = _pairs(connection, select(client_account.c.account, client_account.c.client_id))
    by_email = _pairs(connection, select(client_email.c.email, client_email.c.client_id))
    places: list[int | None] = []
    fresh: list[str] = []
    newcomers: dict[str, int] = {}  # address → place in `fresh`: one person, several flats
    pending: dict[int, int] = {}  # place in `todo` → place in `fresh`
    for at, entry in enumerate(todo):
        owner = owners.get(entry.account.number) or next(
            (by_email[e] for e in entry.emails if e in by_email), None
        )
        places.append(owner)
        if owner is None:
            place = next((newcomers[email] for email in entry.emails if email in newcomers), None)
            if place is None:
                place = len(fresh)
                fresh.append(entry.name)
            newcomers |= dict.fromkeys(entry.emails, place)
            pending[at] = place
        else:
            by_email |= dict.fromkeys(entry.emails, owner)
    ids: list[int] = []
    if fresh:
        statement = insert(client).returning(client.c.id, sort_by_parameter_order=True)
        ids = [int(row.id) for row in connection.execute(statement, [{"name": name} for name in fresh])]
    return [ids[pending[at]] if owner is None else owner for at, owner in enumerate(places)]


def _write(connection: Connection, todo: list[RegisteredAccount], clients: list[int], proof: str) -> None:
    owned = list(zip(todo, clients, strict=True))
    names = {client_id: entry.name for entry, client_id in owned}
    if names:
        renamed = update(client).where(client.c.id == bindparam("its_id")).values(name=bindparam("its_name"))
        connection.execute(renamed, [{"its_id": key, "its_name": name} for key, name in names.items()])
        forgotten = delete(client_phone).where(client_phone.c.client_id == bindparam("its_id"))
        connection.execute(forgotten, [{"its_id": key} for key in names])
    _upsert(
        connection,
        client_account,
        [{"account": entry.account.number, "client_id": at} for entry, at in owned],
    )
    tied = [
        {"email": email, "client_id": at, "proof": proof} for entry, at in owned for email in entry.emails
    ]
    if tied:
        statement = insert_into(connection, client_email)
        newer = statement.excluded
        kept = case((client_email.c.client_id == newer.client_id, client_email.c.proof), else_=newer.proof)
        values = {"client_id": newer.client_id, "proof": kept}
        connection.execute(statement.on_conflict_do_update(index_elements=["email"], set_=values), tied)
    _upsert(connection, account, [_account_row(entry) for entry in todo])
    index_accounts(connection, names)
    _upsert(
        connection, meter, [row for entry in todo for row in _meter_rows(entry.account)], "account", "serial"
    )
    phones = {(at, phone): None for entry, at in owned for phone in entry.phones}
    if phones:
        rows = [{"client_id": at, "phone": phone, "proof": proof} for at, phone in phones]
        connection.execute(insert(client_phone), rows)


def _forget(connection: Connection, given: Mapping[str, tuple[str, ...]]) -> int:
    """E-mails of clients whose every account is in the file, which the file does not give; how many."""
    owners = _pairs(connection, select(client_account.c.account, client_account.c.client_id))
    wanted: dict[int, set[str]] = defaultdict(set)
    partly: set[int] = set()
    for number, owner in owners.items():
        if number in given:
            wanted[owner].update(given[number])
        else:
            partly.add(owner)
    held = _pairs(connection, select(client_email.c.email, client_email.c.client_id))
    gone = [
        email
        for email, owner in held.items()
        if owner in wanted and owner not in partly and email not in wanted[owner]
    ]
    for some in batches(gone):
        connection.execute(delete(client_email).where(client_email.c.email.in_(some)))
    return len(gone)


def _upsert(connection: Connection, table: Table, rows: list[dict[str, Any]], *keys: str) -> None:
    """Insert, or change what the keys (else the primary key) hold already; in one batch."""
    if not rows:
        return
    unique = list(keys) or [column.name for column in table.primary_key]
    statement = insert_into(connection, table)
    newer = {name: statement.excluded[name] for name in rows[0] if name not in unique}
    connection.execute(statement.on_conflict_do_update(index_elements=unique, set_=newer), rows)


def _account_row(one: RegisteredAccount) -> dict[str, Any]:
    held = one.account
    return {
        "number": held.number,
        "client_group": held.group,
        "service_area": held.service_area,
        "address": held.premises.address,
        "area": str(held.premises.area),
        "residents": held.premises.residents,
        "resources": " ".join(held.resources),
        "benefit_percent": str(held.benefit_percent),
        "delivery": one.delivery,
        "address_key": address_key(held.premises.address),
    }


def _alike(before: RegisteredAccount, after: RegisteredAccount) -> bool:
    """Does all that the file says stand already? A meter that it does not name stays anyway."""
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


def _meter_rows(held: Account) -> Iterator[dict[str, Any]]:
    for held_meter in held.meters:
        yield {
            "account": held.number,
            "serial": held_meter.serial,
            "resource": held_meter.resource,
            "unit": held_meter.unit,
            "digits": held_meter.digits,
            "installed": held_meter.installed,
            "removed": held_meter.removed,
            "verified_until": held_meter.verified_until,
        }
