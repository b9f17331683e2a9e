"""The house that a case is about: complaints of one house in one week are one fault of the network."""

from __future__ import annotations

from sqlalchemy import Connection, insert

from mailbot.model import CaseContext, Facts
from mailbot.model.written_forms.address import address_key
from mailbot.store.schema.letters_and_cases import case_place


def keep_place(connection: Connection, case_id: int, facts: Facts, context: CaseContext) -> None:
    """Note street and house as the letter tells them, else as the register does of its accounts; nothing where none does."""
    written = [lived_at.value for lived_at in facts.contacts.addresses]
    registered = [known.account.premises.address for known in context.accounts]
    for address in (*written, *registered):
        street, _, rest = address_key(address).partition("|")
        house = rest.partition("|")[0]
        if street and house:
            connection.execute(insert(case_place).values(case_id=case_id, street=street, house=house))
            return
