"""Papers that a person lets go with an answer: only to an address that the register holds for their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailbot.composing import RenderedDocument
from mailbot.model import Contacts, DocumentRequest, Letter, RequestRefused
from mailbot.policy import find_address_doubt
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.papers_for_answer import build_papers
from mailbot.store import StoreTransaction
from mailbot.store.decisions.client_ties import client_of, ties_of


def build_enclosures(
    transaction: StoreTransaction,
    documents: Sequence[DocumentRequest],
    rules: ActiveRules,
    letter: Letter,
    now: datetime,
) -> tuple[RenderedDocument, ...]:
    """The finished papers for the answer to the letter.

    RequestRefused where the answer would not go to their client's own address: asked anew here, whatever the page offered.
    """
    if not documents:
        return ()
    client = client_of(transaction, ties_of(transaction, letter.from_.email, Contacts()))
    doubt = find_address_doubt(letter, client)
    if not doubt and client is not None:
        doubt = _foreign(documents, client.accounts)
    if doubt:
        raise RequestRefused(
            f"Документы к ответу приложить нельзя: {doubt}. Снимите отметку «Приложить» и отправьте без них."
        )
    return build_papers(transaction, documents, rules, now)


def _foreign(documents: Sequence[DocumentRequest], own: Sequence[str]) -> str:
    foreign = [document.account for document in documents if document.account not in own]
    return f"лицевой счёт {foreign[0]} не записан за этим адресом" if foreign else ""
