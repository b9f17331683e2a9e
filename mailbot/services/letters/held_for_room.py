"""Let out what a flood has held back, as soon as the caps of all addresses leave room: emergencies first."""

from __future__ import annotations

from datetime import datetime

from mailbot.model import Rulebook
from mailbot.policy.sending_gate import why_enough, why_no_room
from mailbot.store import Store, StoreTransaction
from mailbot.store.case_log.case_numbers import next_number
from mailbot.store.casework import held_for_room
from mailbot.store.mail import automatic_traffic

MAX_RELEASED = 100
"""Letters of one look: the decisions of new letters do not wait for all of them."""


def release_held(store: Store, rulebook: Rulebook, now: datetime) -> int:
    """How many letters have been let out, a commit each; called about once a minute."""
    if store.ask(held_for_room.next_held, now) is None:  # a reader holds nobody up
        store.do(automatic_traffic.forget_old_counts, now)
        return 0
    released = 0
    while released < MAX_RELEASED and store.do(_release_one, rulebook, now):
        released += 1
    return released


def _release_one(transaction: StoreTransaction, rulebook: Rulebook, now: datetime) -> bool:
    next_number(transaction, now, rulebook.channels.time_zone)  # the lock under which letters are counted
    waiting = held_for_room.next_held(transaction, now)
    if waiting is None:
        return False
    traffic = automatic_traffic.load_traffic(transaction, {waiting.recipient}, now)
    if why_no_room(waiting.of, traffic, rulebook.limits) is not None:
        return False
    if enough := why_enough(waiting.recipient, traffic, rulebook.limits, now):  # a flood of one address
        held_for_room.leave_to_person(transaction, waiting, enough.reason)
    else:
        held_for_room.let_out(transaction, waiting, now)
    return True
