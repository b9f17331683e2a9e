"""Letters for the end-to-end tests: many writers, each letter with what it is owed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime

START = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
SURNAMES = ("Иванова", "Кузнецов", "Мелехина", "Токарев", "Шаймарданова", "Чудинов", "Ощепков", "Пьянкова")
STREETS = ("Мира", "Ленина", "Советская", "Победы", "Гагарина", "Кирова")


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter put into the mailbox. `owed` is whether some letter of ours must answer it."""

    message_id: str
    sender: str
    content: bytes
    received_at: datetime
    owed: bool
    kind: str


def letters(count: int) -> Iterator[Posted]:
    """`count` letters of six sorts in turn, each from its own writer."""
    sorts = (_reading, _complaint, _payment, _automatic, _reading, _bounce, _reading, _newsletter)
    for number in range(count):
        yield sorts[number % len(sorts)](number)


def _reading(number: int) -> Posted:
    surname = SURNAMES[number % len(SURNAMES)]
    body = f"Здравствуйте!\nЛицевой счёт {450000 + number}, {surname}\nГорячая вода {100 + number} м3\n"
    return _post(number, "Показания", body, "reading", charset="windows-1251")


def _complaint(number: int) -> Posted:
    street = STREETS[number % len(STREETS)]
    body = (
        f"Третий день еле тёплые батареи, в комнате +14. Прошу принять меры.\n"
        f"{SURNAMES[number % len(SURNAMES)]} Анна Петровна, ул. {street}, д. {number % 40 + 1}, кв. 5\n"
    )
    return _post(number, "Холодно в квартире", body, "complaint", charset="koi8-r")


def _payment(number: int) -> Posted:
    body = f"Подскажите, пожалуйста, как можно оплатить квитанцию?\nл/с {450000 + number}\n"
    return _post(number, "Оплата", body, "question")


def _automatic(number: int) -> Posted:
    body = "Я нахожусь в отпуске до 1 декабря и отвечу на Ваше письмо по возвращении."
    headers = (("Auto-Submitted", "auto-replied"),)
    return _post(number, "Автоматический ответ: Показания приняты", body, "automatic", headers=headers)


def _newsletter(number: int) -> Posted:
    headers = (("List-Unsubscribe", "<mailto:stop@news.example>"), ("Precedence", "bulk"))
    return _post(number, "Скидки недели", "Пледы и обогреватели дешевле!", "automatic", headers=headers)


def _bounce(number: int) -> Posted:
    body = "The following address failed: nobody@mail.example\n550 no such user"
    headers = (("Return-Path", "<>"), ("X-Failed-Recipients", "nobody@mail.example"))
    return _post(number, "Undelivered Mail Returned to Sender", body, "automatic", headers=headers)


def _post(
    number: int,
    subject: str,
    body: str,
    kind: str,
    charset: str = "utf-8",
    headers: tuple[tuple[str, str], ...] = (),
) -> Posted:
    sender = (
        "MAILER-DAEMON@mail.example" if "Return-Path" in dict(headers) else f"writer{number}@mail.example"
    )
    received = START + timedelta(minutes=number)
    letter = EmailMessage()
    letter["From"] = sender
    letter["To"] = "8666@bk.ru"
    letter["Subject"] = Header(subject, charset).encode(maxlinelen=0)
    letter["Date"] = format_datetime(received)
    letter["Message-ID"] = f"<{number}.{kind}@mail.example>"
    for name, value in headers:
        letter[name] = value
    letter.set_content(body, charset=charset, cte="8bit" if number % 2 else "base64")
    return Posted(
        f"<{number}.{kind}@mail.example>", sender, bytes(letter), received, kind != "automatic", kind
    )
