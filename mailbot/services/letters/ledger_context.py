"""The ledger's part of a letter's context: read only for a sender who is proven to be the client."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import CaseContext, Facts, Letter, Rulebook
from mailbot.policy import accounts_to_load
from mailbot.store import StoreTransaction
from mailbot.store.accounts import account_state
from mailbot.store.decisions import bill_delivery_choice


def add_ledger_context(
    transaction: StoreTransaction,
    context: CaseContext,
    letter: Letter,
    facts: Facts,
    rulebook: Rulebook,
    now: datetime,
    no_papers: str,
) -> CaseContext:
    """The context with what our letter asked to confirm, and the states of the accounts that may be told of.

    `no_papers` (Russian): why none may be sent now; empty where they may.
    """
    asked = bill_delivery_choice.load_offered_change(transaction, letter, now)
    context = replace(context, asked=asked, no_papers=no_papers)
    today = now.astimezone(ZoneInfo(rulebook.channels.time_zone)).date()
    numbers = accounts_to_load(letter, facts, context, rulebook)
    return (
        replace(context, states=account_state.states(transaction, numbers, today, rulebook.ledger.terms))
        if numbers
        else context
    )
