"""Who writes in a case, from where and in what words, for people who must act on it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from mailbot.model import Contacts, ExtractedValue
from mailbot.model.case.context import ClientProof
from mailbot.model.case.emergency import EmergencySummary
from mailbot.store.accounts.accounts import accounts_of
from mailbot.store.database.json_codec import facts_from_json
from mailbot.store.schema.ledger import case_tie
from mailbot.store.schema.letters_and_cases import case, case_account, client, client_account

WORDS = 600
"""Characters of the letter that are shown: two screens of a phone; the rest is a press away."""


BY_REGISTER = "по реестру"
"""Stands behind what the letter does not say and the register does."""

MAX_PLACES = 3
"""Addresses of one client that are named: whoever owns more is called."""


@dataclass(frozen=True, slots=True)
class _Sender:
    """The client whose address the sender's is, by the register; empty where there is none."""

    name: str = ""
    accounts: tuple[str, ...] = ()


_NOBODY = _Sender()


def gists(connection: Connection, ids: Iterable[int]) -> dict[int, EmergencySummary]:
    """The gist of each of these cases. What the letter does not say the register says, by its account or its sender."""
    query = select(case.c.id, case.c.facts_json, case.c.written_text).where(case.c.id.in_(tuple(ids)))
    rows = connection.execute(query).all()
    case_ids = [row.id for row in rows]
    named, senders = _accounts(connection, case_ids), _senders(connection, case_ids)
    wanted = {*named.values(), *(number for sender in senders.values() for number in sender.accounts)}
    places = {
        number: held_account.premises.address
        for number, held_account in accounts_of(connection, wanted).items()
    }
    summaries = {}
    for row in rows:
        contacts = facts_from_json(row.facts_json).contacts if row.facts_json else Contacts()
        account, sender = named.get(row.id, ""), senders.get(row.id, _NOBODY)
        summaries[row.id] = _gist(contacts, account, sender, places, row.written_text)
    return summaries


def _accounts(connection: Connection, ids: list[int]) -> dict[int, str]:
    """The account of each case that names just one."""
    query = select(case_account.c.case_id, case_account.c.account).where(case_account.c.case_id.in_(ids))
    several: dict[int, list[str]] = {}
    for row in connection.execute(query):
        several.setdefault(row.case_id, []).append(row.account)
    return {id: accounts[0] for id, accounts in several.items() if len(accounts) == 1}


def _senders(connection: Connection, ids: list[int]) -> dict[int, _Sender]:
    """Whose address the sender's is, for each case of a known one."""
    query = (
        select(case_tie.c.case_id, client.c.name, client_account.c.account)
        .join(client, client.c.id == case_tie.c.client_id)
        .join(client_account, client_account.c.client_id == client.c.id)
        .where(case_tie.c.case_id.in_(ids), case_tie.c.tied_by == ClientProof.SENDER)
        .order_by(client_account.c.account)
    )
    senders: dict[int, _Sender] = {}
    for row in connection.execute(query):
        known = senders.get(row.case_id, _NOBODY)
        senders[row.case_id] = _Sender(row.name, (*known.accounts, row.account))
    return senders


def _gist(
    contacts: Contacts, account: str, sender: _Sender, places: Mapping[str, str], words: str
) -> EmergencySummary:
    numbers = (account,) if account else sender.accounts[:MAX_PLACES]
    registered = "; ".join(dict.fromkeys(places[number] for number in numbers if number in places))
    return EmergencySummary(
        name=_surest(contacts.names) or _by_register(sender.name),
        address=_surest(contacts.addresses) or _by_register(registered),
        phone=_surest(contacts.phones),
        account=account or _by_register(", ".join(sender.accounts[:MAX_PLACES])),
        words=_shortened(words),
    )


def _by_register(what: str) -> str:
    return f"{what} ({BY_REGISTER})" if what else ""


def _surest(founds: tuple[ExtractedValue[str], ...]) -> str:
    return max(founds, key=lambda value: value.confidence).value if founds else ""


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= WORDS else plain[: WORDS - 1].rsplit(" ", 1)[0] + "…"
