"""The whole way of a letter without a database: nothing is kept, nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from mailbot.composing import Templates, compose
from mailbot.model import Client, Context, Decision, Facts, Letter, Outgoing, RawLetter, Rulebook
from mailbot.parsing import parse
from mailbot.policy import decide
from mailbot.understanding import understand


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that was seen, found, tried and decided for one letter."""

    letter: Letter
    facts: Facts
    context: Context
    decision: Decision
    reply: Outgoing | None


def explain(
    raw: RawLetter,
    rulebook: Rulebook,
    templates: Templates,
    register: Sequence[Client] | None,
    now: datetime,
) -> Explanation:
    """Judge one letter as if it were the first of its sender.

    `register` None: no client register at hand, so an unknown sender proves nothing.
    """
    letter = parse(raw)
    facts = understand(letter, rulebook)
    context = Context(
        number=f"{now:%y}-000000",
        register_known=register is not None,
        client=_client(letter, facts, register or ()),
    )
    decision = decide(letter, facts, context, rulebook, now)
    reply = compose(
        decision,
        letter,
        facts,
        context,
        templates,
        received_at=raw.received_at,
        raw_digest=sha256(raw.content).hexdigest(),
    )
    return Explanation(letter, facts, context, decision, reply)


def _client(letter: Letter, facts: Facts, register: Sequence[Client]) -> Client | None:
    accounts = {found.value for found in facts.contacts.accounts}
    by_sender = (client for client in register if letter.from_.email in client.emails)
    by_account = (client for client in register if accounts & set(client.accounts))
    return next(by_sender, None) or next(by_account, None)
