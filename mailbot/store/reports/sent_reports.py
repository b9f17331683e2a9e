"""Which report went to whom: one of a period for one reader, whatever dies in the middle."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from mailbot.model import LetterPurpose, OutgoingLetter
from mailbot.model.report.period import Period
from mailbot.store.decisions.recording import queue
from mailbot.store.mail.outbox import HOUSE
from mailbot.store.schema.letters_and_cases import outbox
from mailbot.store.schema.reports_and_surveys import report_letter


class ReportAlreadySent(Exception):
    """The reader has this report already, or it is on its way; nothing of this attempt was kept."""


def keep(
    connection: Connection,
    period: Period,
    outgoing: OutgoingLetter,
    as_of: datetime,
    digest: str,
    now: datetime,
) -> None:
    """Put the finished report into the outbox, once; ReportAlreadySent where it is there: another machine may be as quick."""
    try:
        with connection.begin_nested():
            outbox_id = queue(connection, None, outgoing, None, now, automatic=True, provider=HOUSE)
            values = {"period": str(period), "recipient": outgoing.recipient, "outbox_id": outbox_id}
            connection.execute(
                insert(report_letter).values(**values, as_of=as_of, made_at=now, figures_sha256=digest)
            )
    except IntegrityError:
        raise ReportAlreadySent(f"{period} → {outgoing.recipient}") from None


def has_report(connection: Connection, period: Period, recipient: str) -> bool:
    """Does the reader have this report, or is it on its way?"""
    query = select(report_letter.c.outbox_id).where(
        report_letter.c.period == str(period), report_letter.c.recipient == recipient
    )
    return connection.scalar(query) is not None


def count_reports(connection: Connection, recipient: str) -> int:
    """How many reports the address was sent, of any period: the next copy of one needs a Message-ID of its own."""
    query = select(func.count()).select_from(outbox)
    return (
        connection.scalar(
            query.where(outbox.c.purpose == LetterPurpose.REPORT, outbox.c.recipient == recipient)
        )
        or 0
    )


def begun_before(connection: Connection, period: Period, recipient: str) -> bool:
    """Was the reader sent the report of an earlier period of that kind? Then this one is owed too."""
    earlier = select(report_letter.c.outbox_id).where(
        report_letter.c.recipient == recipient,
        report_letter.c.period < str(period),
        report_letter.c.period.like("____-W__"),
    )
    return connection.scalar(select(exists(earlier))) or False


def queue_house(
    connection: Connection, outgoing: OutgoingLetter, now: datetime, *, urgent: bool = False
) -> None:
    """A letter of the house to its own people, which answers nothing: before all bills, at no pace; an urgent one first of all."""
    queue(connection, None, outgoing, None, now, automatic=True, provider=HOUSE, urgent=urgent)


def forget(connection: Connection, period: Period, recipient: str) -> None:
    """A person has the report sent again: what is known of the first one stays in the outbox."""
    own = (report_letter.c.period == str(period), report_letter.c.recipient == recipient)
    connection.execute(delete(report_letter).where(*own))
