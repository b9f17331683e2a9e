"""Specimens of data that every template must render with: one with everything, one with next to nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from mailbot.composing import wording
from mailbot.composing.views.account_lines import (
    AccountLines,
    BillDeliveryLines,
    MeterLine,
    SubmittedValueLine,
    SumLine,
)
from mailbot.composing.views.answer_view import MailView, ReadingLine
from mailbot.composing.views.document_lines import DocumentLine
from mailbot.model import ContactChannels, DocumentKind
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.ledger.balance import BalanceStanding
from mailbot.model.report.survey import RatingLinks

RECEIVED = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
DEADLINE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def specimens(channels: ContactChannels, zone: tzinfo) -> tuple[MailView, ...]:
    """Fictional letters, so that each branch of a template is run before a client's letter does."""
    hot = ReadingLine("7023188", "08123456", "горячая вода", "148,50", "м³", consumption="4,50")
    heat = ReadingLine("7023188", "", "", "1,117", "", counted="в декабре 2026 года")
    low = ReadingLine("", "", "отопление", "12", "Гкал", reason="показание меньше прошлого")
    full = MailView(
        number="26-000123",
        date=wording.format_date(RECEIVED, zone),
        respond_by=wording.format_deadline(DEADLINE, RECEIVED, zone),
        greeting=wording.format_greeting("Зырянова Светлана Юрьевна"),
        accepted=(hot, heat),
        refused=(low,),
        answer=(("Счёт пересчитан.", "Новый счёт придёт в декабре."), ("Спасибо за письмо.",)),
        channels=channels,
        accounts=(_owing(), _new()),
        bill=BillDeliveryLines(
            "7023188", "п. Прикамский, ул. Мира, 5-12", "zyryanova@mail.example", DeliveryMethod.EMAIL
        ),
        documents=(
            DocumentLine(DocumentKind.BILL, "квитанция за октябрь 2026", "7023188"),
            DocumentLine(DocumentKind.STATEMENT, "акт сверки: январь 2026 — октябрь 2026", "7023188"),
        ),
    )
    bare = MailView(
        number="26-000124",
        date="",
        respond_by=wording.format_deadline(None, RECEIVED, zone),
        greeting=wording.format_greeting(""),
        accepted=(),
        refused=(),
        answer=(),
        channels=channels,
        alarmed=False,
    )
    return full, bare


def rated_specimens(channels: ContactChannels, zone: tzinfo) -> tuple[MailView, ...]:
    """Answers of people: one asks its reader to rate it, so that the piece with the links is run too."""
    full, bare = specimens(channels, zone)
    page = "https://example/rate/26-000123.0"
    scores = tuple((score, f"{page}?score={score}") for score in range(1, 6))
    return replace(full, rating=RatingLinks(scores, f"{page}/stop")), bare


def _owing() -> AccountLines:
    """An account with something of everything."""
    heat = SumLine("Отопление", "октябрь 2026", "0,85 Гкал × 2 345,60 ₽", "1 993,76 ₽", "показания")
    fine = SumLine("Пеня за просрочку оплаты", "октябрь 2026", "", "12,40 ₽", "")
    return AccountLines(
        number="7023188",
        address="п. Прикамский, ул. Мира, 5-12",
        as_of="21.11.2026",
        standing=BalanceStanding.DEBT,
        balance="2 506,16 ₽",
        overdue="500,00 ₽",
        charged="2 006,16 ₽",
        month="октябрь 2026",
        due="15.11.2026",
        compared="Это на 250,00 ₽ больше, чем за сентябрь 2026 (1 756,16 ₽).",
        lines=(heat, fine),
        payments=(("03.11.2026", "1 756,16 ₽"),),
        meters=(
            MeterLine("08123456", "горячая вода", "148,50", "м³", "20.10.2026"),
            MeterLine("5501", "отопление", "", "Гкал", ""),
        ),
        sent=(SubmittedValueLine("148,50 м³", "горячая вода", "20.10.2026", "принято"),),
    )


def _new() -> AccountLines:
    """An account of which the ledger holds nothing yet."""
    return AccountLines(
        number="7023189",
        address="п. Прикамский, ул. Мира, 5-13",
        as_of="21.11.2026",
        standing=BalanceStanding.EVEN,
        balance="0,00 ₽",
        overdue="",
        charged="",
        month="",
        due="",
        compared="",
        lines=(),
        payments=(),
        meters=(),
        sent=(),
    )
