"""Who writes in a case, from where and in what words, for people who must act on it at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from mailbot.model import Contacts, Facts, Found
from mailbot.model.alarm import Gist
from mailbot.store.accounts import accounts_of
from mailbot.store.codec import facts_from_json
from mailbot.store.tables import case, case_account

WORDS = 600
"""Characters of the letter that are shown: two screens of a phone; the rest is a press away."""


def gists(connection: Connection, ids: Iterable[int]) -> dict[int, Gist]:
    """The gist of each of these cases. What the letter does not say of its address, the register says by its account."""
    query = select(case.c.id, case.c.facts_json, case.c.written_text).where(case.c.id.in_(tuple(ids)))
    rows = connection.execute(query).all()
    named = _accounts(connection, [row.id for row in rows])
    known = accounts_of(connection, set(named.values()))
    found = {}
    for row in rows:
        facts = facts_from_json(row.facts_json) if row.facts_json else None
        account = named.get(row.id, "")
        found[row.id] = _gist(
            facts, account, known[account].premises.address if account in known else "", row.written_text
        )
    return found


def _accounts(connection: Connection, ids: list[int]) -> dict[int, str]:
    """The account of each case that names just one."""
    query = select(case_account.c.case_id, case_account.c.account).where(case_account.c.case_id.in_(ids))
    several: dict[int, list[str]] = {}
    for row in connection.execute(query):
        several.setdefault(row.case_id, []).append(row.account)
    return {id: accounts[0] for id, accounts in several.items() if len(accounts) == 1}


def _gist(facts: Facts | None, account: str, registered: str, words: str) -> Gist:
    contacts = facts.contacts if facts is not None else Contacts()
    return Gist(
        name=_surest(contacts.names),
        address=_surest(contacts.addresses) or registered,
        phone=_surest(contacts.phones),
        account=account,
        words=_shortened(words),
    )


def _surest(founds: tuple[Found[str], ...]) -> str:
    return max(founds, key=lambda found: found.confidence).value if founds else ""


def _shortened(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= WORDS else plain[: WORDS - 1].rsplit(" ", 1)[0] + "…"
