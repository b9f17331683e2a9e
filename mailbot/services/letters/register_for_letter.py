"""The register as a clerk has it in hand over a letter: all that is known, and the dials of the accounts it may mean."""

from __future__ import annotations

from dataclasses import replace

from mailbot.model import Letter
from mailbot.model.ledger.register import Register
from mailbot.store import Store
from mailbot.store.accounts import register_dictionary
from mailbot.understanding import accounts_meant


def register_in_hand(store: Store, letter: Letter) -> Register:
    """What `understand` needs of the register for this letter; empty where nothing was imported."""
    register = store.register()
    meant = accounts_meant(letter, register)
    if not meant:
        return register
    dials = store.ask(register_dictionary.dials, meant)
    return replace(register, dials=dials, clients=store.ask(register_dictionary.client_names, meant))
