"""Decide one collected letter: the whole way on one screen."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from mailbot.composing import compose
from mailbot.parsing import parse
from mailbot.policy import check_gate, decide, hold_back
from mailbot.policy.sending_gate import writer_class
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import build_papers
from mailbot.services.letters.bounces import parse_bounce
from mailbot.services.letters.letter_in_context import load_letter_in_context, register_in_hand
from mailbot.services.letters.rating_invitation import SurveyedCase, add_rating_links
from mailbot.store import Store
from mailbot.store.decisions import recording
from mailbot.store.mail import bounces, incoming
from mailbot.store.mail.automatic_traffic import count_letter
from mailbot.understanding import understand


def handle(store: Store, rules: ActiveRules, letter_id: int, now: datetime) -> None:
    """Decide one collected letter; commit the outcome whole or not at all.

    Whatever raises here leaves the letter as it was: the caller counts the failure (`attempt`).
    """
    raw = store.ask(incoming.load_raw, letter_id)
    letter = parse(raw)  # pure, may be slow, no lock held
    returned = parse_bounce(letter, raw.content)
    facts = understand(letter, rules.rulebook, register_in_hand(store, letter))  # pure
    with store.write() as transaction:  # the only transaction
        known = load_letter_in_context(transaction, letter_id, letter, facts, returned, rules, now)
        decision = decide(known, now)
        write = partial(
            compose,
            decision,
            letter,
            facts,
            known.context,
            rules.templates,
            received_at=raw.received_at,
            raw_digest=incoming.digest(transaction, letter_id),
            papers=build_papers(transaction, decision.documents, rules, now),
        )
        outgoing = write()
        held = check_gate(outgoing.recipient, known, decision, now) if outgoing else None
        if held is not None:
            decision = hold_back(decision, held)
        elif outgoing is not None and decision.on_substance:
            case = SurveyedCase(
                letter_id, known.context.number, letter, facts.primary, decision.priority, facts.abuse
            )
            outgoing = add_rating_links(
                transaction, rules, case, outgoing, lambda links: write(rating=links), now
            )
        recording.record(transaction, letter_id, letter, facts, known.context, decision, outgoing, held, now)
        if outgoing is not None and held is None:
            count_letter(transaction, writer_class(known, decision), now)
        bounces.record_bounces(transaction, returned, letter.subject, now)
