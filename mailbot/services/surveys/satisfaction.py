"""What the questionnaires of a period came to, as of a moment."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import Rulebook
from mailbot.model.report.period import Period
from mailbot.model.report.survey import SatisfactionFigures
from mailbot.reporting.satisfaction import calculate_satisfaction
from mailbot.store import StoreTransaction
from mailbot.store.surveys import responses


def satisfaction_of(
    transaction: StoreTransaction, rulebook: Rulebook, period: Period, as_of: datetime
) -> tuple[SatisfactionFigures, ...]:
    """By group of clients; to be asked in the transaction that reads the rest of a report."""
    zone = ZoneInfo(rulebook.channels.time_zone)
    return calculate_satisfaction(
        rulebook.questionnaires,
        responses.responses(transaction, period, as_of, zone),
        responses.asked(transaction, period, as_of, zone),
    )
