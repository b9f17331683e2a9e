"""What the database holds of the reports of a period, by reader, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from mailbot.model import DeliveryState
from mailbot.model.report.period import Period
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.schema.reports_and_surveys import report_letter


@dataclass(frozen=True, slots=True)
class SentReport:
    """A report on its way to a reader. `figures_sha256` tells whether a later reckoning came to the same figures."""

    recipient: str
    made_at: datetime
    figures_sha256: str
    state: DeliveryState


def reports_of(connection: Connection, period: Period) -> tuple[SentReport, ...]:
    query = (
        select(report_letter, outbox.c.state)
        .join(outbox, outbox.c.id == report_letter.c.outbox_id)
        .where(report_letter.c.period == str(period))
        .order_by(report_letter.c.recipient)
    )
    return tuple(
        SentReport(row.recipient, row.made_at, row.figures_sha256, DeliveryState(row.state))
        for row in connection.execute(query)
    )
