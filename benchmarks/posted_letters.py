"""Letters of the length that clients write, as many as are wanted, the same ones each time.

Readings, complaints and questions in the proportion 4 : 3 : 3, from as many writers; plain and HTML, in four charsets, with
signatures and quoted letters. They measure speed, and say nothing about understanding.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

FIRST_MOMENT = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
SURNAMES = (
    "Аксёнова",
    "Бурдин",
    "Вяткина",
    "Гилёв",
    "Дурова",
    "Ершов",
    "Жданова",
    "Зыков",
    "Исаева",
    "Катаев",
)
NAMES = ("Анна Петровна", "Пётр Ильич", "Зоя Ивановна", "Иван Сергеевич", "Мария Фёдоровна", "Олег Юрьевич")
STREETS = ("Мира", "Зелёная", "Октябрьская", "Кирова", "Строителей", "Набережная", "Школьная")
CHARSETS = ("utf-8", "utf-8", "utf-8", "windows-1251", "koi8-r")
SUBJECTS = {
    "reading": (
        "Показания",
        "показания счетчика горячей воды",
        "Передаю показания за ноябрь",
        "л/с {account}",
    ),
    "complaint": ("Холодно", "Жалоба", "Нет горячей воды третий день", "Прошу принять меры"),
    "question": ("Вопрос", "Вопрос по квитанции", "Почему выросла сумма", "Справка"),
}
OPENINGS = ("Здравствуйте!", "Добрый день.", "Добрый вечер, уважаемые сотрудники!", "Доброго времени суток.")
CORE = {
    "reading": (
        "Передаю показания за ноябрь по лицевому счёту {account}: горячая вода {value} м3, отопление {heat} Гкал.",
        "Лицевой счет {account}, {street}, д. {house}, кв. {flat}. ГВС {value}.",
        "л/с {account}\nгорячая вода: {value}\nномер счётчика {serial}",
    ),
    "complaint": (
        "В квартире по адресу ул. {street}, д. {house}, кв. {flat} уже {days} дня холодные батареи, "
        "термометр показывает {degrees} градусов. У нас маленький ребёнок.",
        "С {days} числа нет горячей воды, хотя в объявлении было написано про один день. {street} {house}-{flat}.",
        "Течёт стояк отопления в подъезде дома {house} по улице {street}, звонили вам {days} раза, никто не пришёл.",
    ),
    "question": (
        "Объясните, пожалуйста, почему в квитанции за октябрь по счёту {account} сумма {rubles} рублей, "
        "если в сентябре было вдвое меньше.",
        "Какие документы нужны, чтобы переоформить договор на нового собственника? Квартира {flat}, {street}, {house}.",
        "Подходит срок поверки счётчика {serial}. Кто её проводит, сколько стоит и можно ли записаться на субботу?",
    ),
}
MORE = (
    "Живём в этом доме с 1987 года, раньше такого не было.",
    "В управляющей компании сказали, что это к вам, а до диспетчера не дозвониться.",
    "Соседи сверху и снизу жалуются на то же самое.",
    "Оплачиваем всегда вовремя, долгов не имеем, все чеки сохраняем.",
    "Прошу ответить письменно на этот адрес, по телефону мне неудобно разговаривать на работе.",
    "В прошлом году писали вам о том же, ответа по существу так и не получили.",
    "Если нужно, могу прислать фотографию и копию квитанции.",
    "Надеюсь на понимание и скорый ответ.",
)
QUOTE = (
    "\n\n{day:%d.%m.%Y} в 10:24 Абонентский отдел писал(а):\n> Здравствуйте!\n> Ваше обращение получено. Мы ответим в срок, "
    "который установлен стандартом.\n> Напоминаем, что показания приборов учёта принимаются до 25 числа.\n"
)


def letters(count: int) -> Iterator[tuple[bytes, datetime]]:
    """`count` letters and the moments at which the mailbox received them, a minute apart."""
    for number in range(count):
        yield _letter(number, random.Random(number)), FIRST_MOMENT + timedelta(minutes=number)


def _letter(number: int, draw: random.Random) -> bytes:
    kind = draw.choices(tuple(CORE), (4, 3, 3))[0]
    words = {
        "account": 4_400_000 + number,
        "street": draw.choice(STREETS),
        "house": draw.randint(1, 60),
        "flat": draw.randint(1, 120),
        "value": draw.randint(20, 900),
        "heat": f"{draw.randint(1, 40)},{draw.randint(0, 999):03}",
        "serial": draw.randint(10_000_000, 99_999_999),
        "days": draw.randint(2, 4),
        "degrees": draw.randint(11, 17),
        "rubles": draw.randint(900, 9_000),
    }
    name = f"{draw.choice(SURNAMES)} {draw.choice(NAMES)}"
    more = 0 if kind == "reading" and draw.random() < 0.7 else draw.randint(1, 6)
    text = "\n\n".join(
        (draw.choice(OPENINGS), draw.choice(CORE[kind]).format(**words), *draw.sample(MORE, more))
    )
    text += f"\n\nС уважением,\n{name}\nтел. 8 919 {draw.randint(100, 999)}-{draw.randint(10, 99)}-{draw.randint(10, 99)}\n"
    moment = FIRST_MOMENT + timedelta(minutes=number)
    if draw.random() < 0.2:
        text += QUOTE.format(day=moment - timedelta(days=3))
    return _message(number, draw, name, draw.choice(SUBJECTS[kind]).format(**words), text, moment)


def _message(number: int, draw: random.Random, name: str, subject: str, text: str, moment: datetime) -> bytes:
    charset = draw.choice(CHARSETS)
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{name} <client{number}@mail.example>"
    message["To"] = "8666@bk.ru"
    message["Subject"] = subject
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{number}.posted@mail.example>"
    message.set_content(text, charset=charset, cte=draw.choice(("base64", "quoted-printable", "8bit")))
    if draw.random() < 0.4:
        lines = "".join(f"<div>{line}</div>" for line in text.splitlines())
        message.add_alternative(f"<html><body>{lines}</body></html>", subtype="html", charset=charset)
    if draw.random() < 0.12:
        message.add_attachment(_photograph(draw), maintype="image", subtype="png", filename="счётчик.png")
    return message.as_bytes()


def _photograph(draw: random.Random) -> bytes:
    """A picture as heavy as a photograph that a mail program has made smaller: some 150 kB of noise (PNG, ISO 15948)."""
    width, height = 320, 150
    rows = b"".join(b"\0" + draw.randbytes(width * 3) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
