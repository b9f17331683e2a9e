"""The whole way of a letter that is only tried: nothing is kept, nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from mailbot.composing import MailTemplates, compose
from mailbot.model import CaseContext, Client, Decision, Facts, Letter, OutgoingLetter, RawLetter, Rulebook
from mailbot.model.case.context import ClientProof
from mailbot.parsing import TRANSLITERATION, parse
from mailbot.policy import decide
from mailbot.policy.verdict import LetterInContext
from mailbot.understanding import understand


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that was seen, found, tried and decided for one letter."""

    letter: Letter
    facts: Facts
    context: CaseContext
    decision: Decision
    reply: OutgoingLetter | None


def explain(
    raw: RawLetter,
    rulebook: Rulebook,
    templates: MailTemplates,
    register: Sequence[Client] | None,
    now: datetime,
) -> Explanation:
    """Judge one letter as if it were the first of its sender.

    `register` None: no client register at hand, so an unknown sender proves nothing.
    """
    letter = parse(raw)
    facts = understand(letter, rulebook)
    context = CaseContext(
        number=f"{now:%y}-000000",
        register_known=register is not None,
        client=_client(letter, facts, register or ()),
    )
    return explained(raw, letter, facts, context, rulebook, templates, now)


def explained(
    raw: RawLetter,
    letter: Letter,
    facts: Facts,
    context: CaseContext,
    rulebook: Rulebook,
    templates: MailTemplates,
    now: datetime,
) -> Explanation:
    """Decide and compose a letter that is understood, in a context that is known."""
    decision = decide(LetterInContext(letter, facts, context, rulebook), now)
    digest = sha256(raw.content).hexdigest()
    reply = compose(
        decision, letter, facts, context, templates, received_at=raw.received_at, raw_digest=digest
    )
    return Explanation(letter, facts, context, decision, reply)


def _client(letter: Letter, facts: Facts, register: Sequence[Client]) -> Client | None:
    accounts = {account.value for account in facts.contacts.accounts}
    by_sender = (client for client in register if letter.from_.email in client.emails)
    by_account = (client for client in register if accounts & set(client.accounts))
    if found := next(by_sender, None):
        return replace(found, tied_by=ClientProof.SENDER)
    found = next(by_account, None)
    return replace(found, tied_by=ClientProof.ACCOUNT) if found else None


CONTACT_FIELDS = ("name", "account", "phone", "address")


def shown_contact(result: Explanation, field: str) -> str | None:
    """The first value of a field of `CONTACT_FIELDS` for people to see; None where there is none.

    What was written in Latin letters stands beside its Russian form: «Иван Петров (Ivan Petrov)».
    """
    contacts, letter = result.facts.contacts, result.letter
    values_by_field = {
        "name": contacts.names,
        "account": contacts.accounts,
        "phone": contacts.phones,
        "address": contacts.addresses,
    }[field]
    if not values_by_field:
        return None
    first = values_by_field[0]
    if not any(TRANSLITERATION in letter.part(span.part).repair for span in first.spans):
        return first.value
    written = " ".join(letter.as_written(span) for span in first.spans)
    return first.value if written == first.value else f"{first.value} ({written})"
