"""Papers that a person lets go with an answer: only to an address that the register holds for their accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from mailbot.composing import Paper
from mailbot.model import Contacts, DocumentWanted, Letter, Refused
from mailbot.policy import doubt_of_address
from mailbot.services.desk.settings import House
from mailbot.services.ledger.papers import papers
from mailbot.store.ties import client_of, ties_of


@dataclass(frozen=True, slots=True)
class Enclosed:
    """What is to be enclosed, and the rules by which it is made."""

    documents: tuple[DocumentWanted, ...] = ()
    house: House | None = None


NOTHING = Enclosed()


def enclosed(connection: Connection, what: Enclosed, letter: Letter, now: datetime) -> tuple[Paper, ...]:
    """The finished papers for the answer to the letter.

    Refused where the answer would not go to their client's own address: asked anew here, whatever the page offered.
    """
    if not what.documents:
        return ()
    client = client_of(connection, ties_of(connection, letter.from_.email, Contacts()))
    doubt = doubt_of_address(letter, client)
    if not doubt and client is not None:
        doubt = _foreign(what.documents, client.accounts)
    if doubt:
        raise Refused(
            f"Документы к ответу приложить нельзя: {doubt}. Снимите отметку «Приложить» и отправьте без них."
        )
    return papers(connection, what.documents, what.house, now)


def _foreign(documents: Sequence[DocumentWanted], own: Sequence[str]) -> str:
    foreign = [one.account for one in documents if one.account not in own]
    return f"лицевой счёт {foreign[0]} не записан за этим адресом" if foreign else ""
