"""An answer on substance that asks its reader to rate it: chapter 6, at most once a quarter a client."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import AbuseKind, ExtractedValue, Letter, OutgoingLetter
from mailbot.model.report.period import Period, PeriodKind
from mailbot.model.report.survey import RatingLinks, SurveyQuestion
from mailbot.policy import may_be_rated
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import StoreTransaction
from mailbot.store.surveys import invitations


@dataclass(frozen=True, slots=True)
class SurveyedCase:
    """The case that is answered: its letter, its primary kind (None: unknown), and the abuse found in it."""

    letter_id: int
    number: str
    letter: Letter
    kind: str | None
    priority: str
    abuse: Sequence[ExtractedValue[AbuseKind]]


def add_rating_links(
    transaction: StoreTransaction,
    rules: ActiveRules,
    case: SurveyedCase,
    plain: OutgoingLetter,
    write: Callable[[RatingLinks], OutgoingLetter | None],
    now: datetime,
) -> OutgoingLetter:
    """The answer with its links of rating where its reader may be asked, else as it was.

    `write` composes the answer anew with the links. A template of the company's own that shows none asks nobody.
    """
    if rules.rate_links is None or (question := _question(rules)) is None:
        return plain
    if not may_be_rated(case.letter, case.kind, case.priority, abusive=bool(case.abuse)):
        return plain
    asking = write(rules.rate_links.links(case.number, question))
    if asking is None or asking.content == plain.content:
        return plain
    local = now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)).date()
    quarter = str(Period.of(PeriodKind.QUARTER, local))
    may = invitations.invite(transaction, case.letter_id, plain.recipient, quarter, now)
    return asking if may else plain


def _question(rules: ActiveRules) -> SurveyQuestion | None:
    """The one-click question: of every group a score of 1 to 5, so any group's will do for the links."""
    questionnaires = rules.rulebook.questionnaires
    return questionnaires[0].by_mail if questionnaires else None
