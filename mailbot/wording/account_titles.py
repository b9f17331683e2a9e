"""What the closed sets of accounts, their books and their bills are called: one Russian title a member."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.bill.sending import BillState
from mailbot.model.ledger.account_event import AccountEventKind
from mailbot.model.ledger.accounts_and_meters import ClientGroup, DeliveryMethod
from mailbot.model.ledger.charges import RecalculationGround
from mailbot.model.ledger.sources import PaymentSource, ReadingSource
from mailbot.model.outgoing.finished_letter import LetterPurpose

CLIENT_GROUPS: Mapping[str, str] = {
    ClientGroup.INDIVIDUAL: "физическое лицо",
    ClientGroup.BUSINESS: "организация или нежилое помещение",
    ClientGroup.PROVIDER: "исполнитель коммунальных услуг",
}
DELIVERY_METHODS: Mapping[str, str] = {
    DeliveryMethod.EMAIL: "на почту",
    DeliveryMethod.PAPER: "на бумаге",
    DeliveryMethod.EDO: "через ЭДО",
}
READING_SOURCES: Mapping[str, str] = {
    ReadingSource.MAIL: "письмо",
    ReadingSource.OFFICE: "принесли в офис",
    ReadingSource.PHONE: "по телефону",
    ReadingSource.ORAL: "устно",
    ReadingSource.SITE: "сайт",
    ReadingSource.MESSENGER: "мессенджер",
    ReadingSource.TABLE: "таблица",
    ReadingSource.PERSON: "сотрудник",
}
PAYMENT_SOURCES: Mapping[str, str] = {PaymentSource.BANK: "банк", PaymentSource.OFFICE: "касса"}
BILL_STATES: Mapping[str, str] = {
    BillState.QUEUED: "в очереди",
    BillState.SENT: "отправлена",
    BillState.HELD: "задержана",
    BillState.REFUSED: "не принята",
    BillState.RETURNED: "вернулась",
    BillState.UNCERTAIN: "неизвестно, дошла ли",
    BillState.TO_PRINT: "ждёт печати",
    BillState.PRINTED: "распечатана",
    BillState.TO_EXPORT: "ждёт выгрузки в ЭДО",
    BillState.EXPORTED: "выгружена в ЭДО",
}
"""Of one bill (квитанция)."""
BILL_STATES_OF_MANY: Mapping[str, str] = {
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
"""Beside how many they are."""
ACCOUNT_EVENTS: Mapping[str, str] = {
    AccountEventKind.BILL: "квитанция",
    AccountEventKind.DELIVERY: "как присылать квитанцию",
}
"""Of what the log of an account tells."""
ACCOUNT_LETTERS: Mapping[LetterPurpose, str] = {
    LetterPurpose.BILL: "квитанция",
    LetterPurpose.REMINDER: "напоминание",
}
"""Letters that belong to an account, not to a case."""
RECALCULATION_GROUNDS: Mapping[str, str] = {
    RecalculationGround.ABSENCE: "временное отсутствие",
    RecalculationGround.GAP: "перерыв в подаче",
    RecalculationGround.COLD_AIR: "холодно в помещении",
    RecalculationGround.COLD_WATER: "горячая вода ниже 40 °C",
}
