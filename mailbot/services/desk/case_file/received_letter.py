"""The letter of a case by itself: its bytes, and what they hold."""

from __future__ import annotations

from mailbot.model import Letter, RawLetter
from mailbot.parsing import parse
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import summaries
from mailbot.store.mail import incoming


def raw_letter(store: Store, reference: str) -> RawLetter:
    """The bytes as they came; NoSuchCase where there is no case of the reference."""
    return store.ask(_raw_letter, reference)


def _raw_letter(transaction: StoreTransaction, reference: str) -> RawLetter:
    return incoming.load_raw(transaction, summaries.case_of(transaction, reference).letter_id)


def received_letter(store: Store, reference: str) -> Letter:
    """The letter taken apart."""
    return parse(raw_letter(store, reference))
