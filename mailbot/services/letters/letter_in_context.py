"""What the company knows of a letter: the register it is read by, and all that it is decided by, loaded once, in the
transaction that commits the decision.

The ledger is read only for a sender who is proven to be the client.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import Facts, Letter, ReturnedLetters
from mailbot.model.ledger.register import Register
from mailbot.policy import LetterInContext, accounts_to_load
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import why_no_papers
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import account_state, register_dictionary
from mailbot.store.decisions import bill_delivery_choice
from mailbot.store.decisions import context as stored_context
from mailbot.store.mail import bounces
from mailbot.understanding import accounts_meant


def register_in_hand(store: Store, letter: Letter) -> Register:
    """What `understand` needs of the register for this letter; empty where nothing was imported."""
    register = store.register()
    meant = accounts_meant(letter, register)
    if not meant:
        return register
    dials = store.ask(register_dictionary.dials, meant)
    return replace(register, dials=dials, clients=store.ask(register_dictionary.client_names, meant))


def load_letter_in_context(
    transaction: StoreTransaction,
    letter_id: int,
    letter: Letter,
    facts: Facts,
    returned: ReturnedLetters | None,
    rules: ActiveRules,
    now: datetime,
) -> LetterInContext:
    """The letter with its client, history and meters, what our letter asked to confirm, and the states of the accounts
    that may be told of. `returned` is what it reports as undelivered."""
    rulebook, channels = rules.rulebook, rules.rulebook.channels
    context = replace(
        stored_context.context(
            transaction, letter_id, letter, facts, now, channels.time_zone, channels.own_addresses
        ),
        unclear_return=bounces.unclear_return(transaction, returned),
        asked=bill_delivery_choice.load_offered_change(transaction, letter, now),
        no_papers=why_no_papers(rules),
    )
    matter = LetterInContext(letter, facts, context, rulebook)
    numbers = accounts_to_load(matter)
    if not numbers:
        return matter
    today = now.astimezone(ZoneInfo(channels.time_zone)).date()
    states = account_state.states(transaction, numbers, today, rulebook.ledger.terms)
    return replace(matter, context=replace(context, states=states))
