"""What the questionnaires of a period came to, as of a moment."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from mailbot.model import Rulebook
from mailbot.model.period import Period
from mailbot.model.survey import SatisfactionFigures
from mailbot.reporting.satisfaction import calculate_satisfaction
from mailbot.store import surveys


def satisfaction_of(
    connection: Connection, rulebook: Rulebook, period: Period, as_of: datetime
) -> tuple[SatisfactionFigures, ...]:
    """By group of clients; to be asked in the transaction that reads the rest of a report."""
    zone = ZoneInfo(rulebook.channels.time_zone)
    return calculate_satisfaction(
        rulebook.questionnaires,
        surveys.responses(connection, period, as_of, zone),
        surveys.asked(connection, period, as_of, zone),
    )
