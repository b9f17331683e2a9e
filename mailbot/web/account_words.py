"""The Russian words of an account's page: months, sums, where readings come from, grounds of recalculation."""

from __future__ import annotations

from datetime import date

from flask import Flask

from mailbot.model.charges import Ground
from mailbot.model.figures import money, quantity
from mailbot.model.ledger import ClientGroup, Delivery, Month
from mailbot.services.ledger.charge_words import what

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
GROUPS = {
    ClientGroup.INDIVIDUAL: "физическое лицо",
    ClientGroup.BUSINESS: "организация, нежилое",
    ClientGroup.PROVIDER: "исполнитель коммунальных услуг",
}
BILLS = {Delivery.PAPER: "на бумаге", Delivery.EMAIL: "на почту", Delivery.EDO: "через ЭДО"}
SOURCES = {
    "mail": "письмо",
    "office": "принесли в офис",
    "phone": "по телефону",
    "site": "сайт",
    "counter": "устно",
    "table": "таблица",
    "person": "сотрудник",
}
PAID = {"bank": "банк", "office": "касса"}
GROUNDS = {
    Ground.ABSENCE: "временное отсутствие",
    Ground.GAP: "перерыв в подаче",
    Ground.COLD_AIR: "холодно в помещении",
    Ground.COLD_WATER: "горячая вода ниже 40 °C",
}
EVENTS = {"preference": "способ доставки", "tie": "привязка адреса"}
"""Names of changes that need words; what is not here stands under its own."""


def month_words(month: Month) -> str:
    """«ноябрь 2026»."""
    return f"{MONTHS[month.number - 1]} {month.year}"


def month_short(month: Month) -> str:
    """«11.26», under a column."""
    return f"{month.number:02}.{month.year % 100:02}"


def day(at: date | None) -> str:
    """«20.11.2026»; empty for none."""
    return f"{at:%d.%m.%Y}" if at else ""


def teach(app: Flask) -> None:
    """Give all templates these words."""
    app.jinja_env.filters.update(
        money=money, quantity=quantity, month=month_words, month_short=month_short, day=day, line_words=what
    )
    app.jinja_env.globals.update(
        GROUPS=GROUPS, BILLS=BILLS, SOURCES=SOURCES, PAID=PAID, GROUNDS=GROUNDS, EVENTS=EVENTS
    )
