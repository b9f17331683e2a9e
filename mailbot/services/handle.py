"""Decide one collected letter: the whole house on one screen."""

from __future__ import annotations

from datetime import datetime

from mailbot.composing import Templates, compose
from mailbot.model import Rulebook
from mailbot.parsing import parse
from mailbot.policy import decide, gate
from mailbot.services.account_states import with_ledger
from mailbot.services.bounces import returned
from mailbot.store import Store
from mailbot.understanding import understand


def handle(store: Store, rulebook: Rulebook, templates: Templates, letter_id: int, now: datetime) -> None:
    """Decide one collected letter; commit the outcome whole or not at all.

    Whatever raises here leaves the letter as it was: the caller counts the failure (`attempt`).
    """
    raw = store.raw(letter_id)
    letter = parse(raw)  # pure, may be slow, no lock held
    facts = understand(letter, rulebook)  # pure
    with store.write() as work:  # the only transaction
        context = work.context(letter_id, letter, facts, now, rulebook.channels.time_zone)
        context = with_ledger(work, context, letter, facts, rulebook, now)
        decision = decide(letter, facts, context, rulebook, now)
        outgoing = compose(
            decision,
            letter,
            facts,
            context,
            templates,
            received_at=raw.received_at,
            raw_digest=work.digest(letter_id),
        )
        held = gate(outgoing.recipient, letter, context, rulebook, now) if outgoing else None
        work.record(letter_id, letter, facts, context, decision, outgoing, held, now)
        if bounced := returned(letter, raw.content):
            work.bounced(bounced, letter.subject, now)
