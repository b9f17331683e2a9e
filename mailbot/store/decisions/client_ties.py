"""Whose letter it is: the clients that its sender, accounts, telephones and addresses point to, each with the proof.

A telephone or an address ties only where the register knows one client of it. No tie but the sender's address is
more than a guess: anybody can write a neighbour's account into a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, insert, select

from mailbot.model import Client, ClientTie, Contacts, ExtractedValue
from mailbot.model.case.context import ClientProof
from mailbot.model.written_forms.address import address_key
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.store.schema.ledger import account, case_tie, client_phone
from mailbot.store.schema.letters_and_cases import client, client_account, client_email

MAX_ACCOUNTS = 100
"""Accounts of one letter that are looked up: a list of thousands must not make a query of thousands."""

MAX_CONTACTS = 10
"""Telephones, and addresses, of one letter that are looked up."""

MIN_CONFIDENCE = 0.5
"""Confidence from which a telephone or an address is the writer's: below it may be ours, or a neighbour's."""


def ties_of(connection: Connection, sender: str, contacts: Contacts) -> tuple[ClientTie, ...]:
    """Every tie of the letter, the strongest first, each once."""
    ties = (
        *_by_sender(connection, sender),
        *_by_account(connection, contacts),
        *_by_phone(connection, contacts),
        *_by_address(connection, contacts),
    )
    kept: dict[tuple[int, str], ClientTie] = {}
    for tie in ties:
        kept.setdefault((tie.client_id, tie.tied_by), tie)
    return tuple(kept.values())


def client_of(connection: Connection, ties: Iterable[ClientTie]) -> Client | None:
    """The client of the strongest tie, as the register knows them."""
    tie = next(iter(ties), None)
    if tie is None:
        return None
    name = connection.execute(select(client.c.name).where(client.c.id == tie.client_id)).scalar_one()
    numbers = select(client_account.c.account).where(client_account.c.client_id == tie.client_id)
    emails = select(client_email.c.email).where(client_email.c.client_id == tie.client_id)
    return Client(
        name,
        tuple(connection.scalars(numbers.order_by(client_account.c.account))),
        tuple(connection.scalars(emails.order_by(client_email.c.email))),
        tie.tied_by,
    )


def keep_ties(connection: Connection, case_id: int, ties: Iterable[ClientTie]) -> None:
    """Write down whose letter the case is, and by what that is known."""
    rows = [
        {"case_id": case_id, "client_id": ty.client_id, "tied_by": ty.tied_by, "proof": ty.proof}
        for ty in ties
    ]
    if rows:
        connection.execute(insert(case_tie), rows)


def _by_sender(connection: Connection, sender: str) -> Iterator[ClientTie]:
    if sender:
        query = select(client_email.c.client_id, client_email.c.proof).where(client_email.c.email == sender)
        for row in connection.execute(query):
            yield ClientTie(
                row.client_id,
                ClientProof.SENDER,
                f"адрес отправителя {sender} записан за клиентом ({row.proof})",
            )


def _by_account(connection: Connection, contacts: Contacts) -> Iterator[ClientTie]:
    """Every account is one client's; the first that the letter names comes first."""
    named = tuple(dict.fromkeys(found.value for found in contacts.accounts))[:MAX_ACCOUNTS]
    if not named:
        return
    query = select(client_account).where(client_account.c.account.in_(named))
    owners = {row.account: row.client_id for row in connection.execute(query)}
    for number in named:
        if number in owners:
            yield ClientTie(owners[number], ClientProof.ACCOUNT, f"в письме лицевой счёт клиента {number}")


def _by_phone(connection: Connection, contacts: Contacts) -> Iterator[ClientTie]:
    phones = [phone for phone in map(normalize_phone, _sure(contacts.phones)) if phone.startswith("+7")]
    spellings = {spelling: phone for phone in phones for spelling in _spellings(phone)}
    if not spellings:
        return
    query = select(client_phone).where(client_phone.c.phone.in_(spellings))
    owners: dict[str, dict[int, str]] = {}
    for row in connection.execute(query):
        owners.setdefault(spellings[row.phone], {})[row.client_id] = row.proof
    for phone in phones:
        if len(known := owners.get(phone, {})) == 1:
            ((client_id, proof),) = known.items()
            yield ClientTie(
                client_id, ClientProof.PHONE, f"в письме телефон {phone}, он записан за клиентом ({proof})"
            )


def _spellings(phone: str) -> tuple[str, ...]:
    """A register taken in by an earlier version holds telephones as they were written."""
    return phone, "8" + phone[2:], phone[1:]


def _by_address(connection: Connection, contacts: Contacts) -> Iterator[ClientTie]:
    """Surname and address together: in one flat several people live, and one surname lives in many."""
    written = {key: place for place in _sure(contacts.addresses) if (key := address_key(place))}
    words = {word for name in contacts.names for word in _folded(name.value).split()}
    if not written or not words:
        return
    query = (
        select(account.c.number, account.c.address_key, client.c.id, client.c.name)
        .join(client_account, client_account.c.account == account.c.number)
        .join(client, client.c.id == client_account.c.client_id)
        .where(account.c.address_key.in_(written))
        .order_by(account.c.number)
    )
    rows = [row for row in connection.execute(query) if _surname(row.name) in words]
    for key, address in written.items():
        living = [row for row in rows if row.address_key == key]
        if len({row.id for row in living}) == 1:
            surname = living[0].name.split()[0]
            proof = f"в письме {surname} и {address}: это адрес счёта {living[0].number}"
            yield ClientTie(living[0].id, ClientProof.ADDRESS, proof)


def _surname(name: str) -> str:
    """The register writes the surname first; a single word may be a first name, which proves nothing."""
    words = _folded(name).split()
    return words[0] if len(words) > 1 and len(words[0]) > 2 else "\0"


def _folded(name: str) -> str:
    return name.lower().replace("ё", "е").replace(",", " ").replace(".", " ")


def _sure(founds: tuple[ExtractedValue[str], ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.value for value in founds if value.confidence >= MIN_CONFIDENCE))[
        :MAX_CONTACTS
    ]
