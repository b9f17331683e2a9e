"""The register as a clerk has it in hand over a letter: all that is known, and the dials of the accounts it may mean."""

from __future__ import annotations

from dataclasses import replace

from mailbot.model import Letter
from mailbot.model.register import Register
from mailbot.store import Store, known_register
from mailbot.understanding import accounts_meant


def register_in_hand(store: Store, letter: Letter) -> Register:
    """What `understand` needs of the register for this letter; empty where nothing was imported."""
    register = store.register()
    meant = accounts_meant(letter, register)
    if not meant:
        return register
    dials = store.ask(known_register.dials, meant)
    return replace(register, dials=dials, clients=store.ask(known_register.client_names, meant))
