"""The Russian words of accounts and their bills: months, sums, sources, grounds of recalculation, states of bills."""

from __future__ import annotations

from datetime import date

from flask import Flask

from mailbot.billing.recalculation_grounds import NAMES as GROUNDS
from mailbot.console.words import DELIVERIES
from mailbot.model.bill.sending import FAILED_STATES, BillLetter, BillState
from mailbot.model.ledger.accounts_and_meters import ClientGroup, DeliveryMethod, Month
from mailbot.model.ledger.charges import Adjustment
from mailbot.services.ledger.charge_words import line_title
from mailbot.wording.amounts import format_money, format_quantity

MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
GROUPS = {
    ClientGroup.INDIVIDUAL: "физическое лицо",
    ClientGroup.BUSINESS: "организация, нежилое",
    ClientGroup.PROVIDER: "исполнитель коммунальных услуг",
}
BILLS = {DeliveryMethod.PAPER: "на бумаге", DeliveryMethod.EMAIL: "на почту", DeliveryMethod.EDO: "через ЭДО"}
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
BILL_STATES = {
    BillState.QUEUED: "в очереди",
    BillState.SENT: "отправлены",
    BillState.HELD: "задержаны",
    BillState.REFUSED: "не приняты",
    BillState.RETURNED: "вернулись",
    BillState.UNCERTAIN: "неизвестно, дошли ли",
    BillState.TO_PRINT: "ждут печати",
    BillState.PRINTED: "распечатаны",
    BillState.TO_EXPORT: "ждут выгрузки",
    BillState.EXPORTED: "выгружены",
}
"""Of many bills, beside how many they are."""

EVENTS = {"delivery": "как присылать квитанцию", "bill": "квитанция"}
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


def whole(number: int) -> str:
    """«12 400» with a no-break space."""
    return f"{number:,}".replace(",", "\u00a0")


def upper_first(words: str) -> str:
    """As a line begins; what follows stays («Через ЭДО»)."""
    return words[:1].upper() + words[1:]


def letter_words(letter: BillLetter) -> str:
    """«отправлено», «вернулось», «в очереди»…"""
    return "вернулось" if letter.stands is BillState.RETURNED else DELIVERIES[letter.state]


def units(text: str) -> str:
    """«6 м³», where the books and the model write «м3»."""
    return text.replace("м3", "м³")


def details(ground: Adjustment) -> str:
    """«2 чел.» or «54 ч, 14 °C»: what the ground's own figures are."""
    words = [f"{ground.residents} чел."] if ground.residents else []
    words += [f"{format_quantity(ground.hours)} ч"] if ground.hours else []
    words += [f"{format_quantity(ground.degrees)} °C"] if ground.degrees else []
    return ", ".join([*words, "тупиковая магистраль"] if ground.dead_end else words)


def teach(app: Flask) -> None:
    """Give all templates these words."""
    app.jinja_env.filters.update(
        money=format_money,
        quantity=format_quantity,
        month=month_words,
        month_short=month_short,
        day=day,
        units=units,
        whole=whole,
        upper_first=upper_first,
        letter_words=letter_words,
        line_words=line_title,
        ground_details=details,
    )
    app.jinja_env.globals.update(
        GROUPS=GROUPS, BILLS=BILLS, SOURCES=SOURCES, PAID=PAID, GROUNDS=GROUNDS, EVENTS=EVENTS,
        BILL_STATES=BILL_STATES, TROUBLE=FAILED_STATES,
    )  # fmt: skip
