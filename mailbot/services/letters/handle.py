"""Decide one collected letter: the whole house on one screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from mailbot.composing import MailTemplates, compose
from mailbot.model import Rulebook
from mailbot.parsing import parse
from mailbot.policy import check_gate, decide, hold_back
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import build_papers, why_no_papers
from mailbot.services.letters.bounces import parse_bounce
from mailbot.services.letters.ledger_context import add_ledger_context
from mailbot.services.letters.rating_invitation import SurveyedCase, add_rating_links
from mailbot.services.letters.register_for_letter import register_in_hand
from mailbot.store import Store
from mailbot.store.decisions import context as stored_context
from mailbot.store.decisions import recording
from mailbot.store.mail import bounces, incoming
from mailbot.understanding import understand


def handle(
    store: Store,
    rulebook: Rulebook,
    templates: MailTemplates,
    letter_id: int,
    now: datetime,
    house: ActiveRules | None = None,
) -> None:
    """Decide one collected letter; commit the outcome whole or not at all.

    `house` is what papers are made by; None: a person makes them. Whatever raises here leaves the letter as it was:
    the caller counts the failure (`attempt`).
    """
    raw = store.ask(incoming.load_raw, letter_id)
    letter = parse(raw)  # pure, may be slow, no lock held
    facts = understand(letter, rulebook, register_in_hand(store, letter))  # pure
    report = parse_bounce(letter, raw.content)
    with store.write() as transaction:  # the only transaction
        channels = rulebook.channels
        context = stored_context.context(
            transaction, letter_id, letter, facts, now, channels.time_zone, channels.own_addresses
        )
        context = replace(context, unclear_return=bounces.unclear_return(transaction, report))
        context = add_ledger_context(transaction, context, letter, facts, rulebook, now, why_no_papers(house))
        decision = decide(letter, facts, context, rulebook, now)
        write = partial(
            compose,
            decision,
            letter,
            facts,
            context,
            templates,
            received_at=raw.received_at,
            raw_digest=incoming.digest(transaction, letter_id),
            papers=build_papers(transaction, decision.documents, house, now),
        )
        outgoing = write()
        held = check_gate(outgoing.recipient, letter, context, rulebook, now) if outgoing else None
        if held is not None:
            decision = hold_back(decision, held)
        if outgoing is not None and held is None and decision.on_substance:
            case = SurveyedCase(
                letter_id, context.number, letter, facts.primary, decision.priority, facts.abuse
            )
            outgoing = add_rating_links(
                transaction, house, case, outgoing, lambda links: write(rating=links), now
            )
        recording.record(transaction, letter_id, letter, facts, context, decision, outgoing, held, now)
        bounces.record_bounces(transaction, report, letter.subject, now)
