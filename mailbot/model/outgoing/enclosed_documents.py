"""Papers of an account that an answer brings along: which, of which account, for which months."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailbot.model.ledger.accounts_and_meters import Month


class DocumentKind(StrEnum):
    BILL = "bill"  # квитанция (счёт) за месяц
    STATEMENT = "statement"  # акт сверки
    CERTIFICATE = "certificate"  # справка об отсутствии задолженности


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """A paper to be rendered and attached: a bill is of one month (`since` = `until`), a statement of the months
    `since` to `until`, both inclusive; a certificate is of the day it is given and has neither."""

    kind: DocumentKind
    account: str
    since: Month | None = None
    until: Month | None = None
