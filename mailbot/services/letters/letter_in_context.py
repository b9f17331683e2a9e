"""All that is known of a letter when it is decided: loaded once, in the transaction that commits the decision.

The ledger is read only for a sender who is proven to be the client.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import Facts, Letter, ReturnedLetters
from mailbot.policy import LetterInContext, accounts_to_load
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import why_no_papers
from mailbot.store import StoreTransaction
from mailbot.store.accounts import account_state
from mailbot.store.decisions import bill_delivery_choice
from mailbot.store.decisions import context as stored_context
from mailbot.store.mail import bounces


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
