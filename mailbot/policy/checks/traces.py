"""What may be contact data although none was recognised: a letter with a trace of them is never silenced.

People write addresses in Tatar, accounts with hyphens and streets without a capital. A person can tell a
flat from a temperature; the machine, where it cannot, leaves the letter to a person.
"""

from __future__ import annotations

import re

from mailbot.model import Letter, Role, Span

_NUMBERED = re.compile(r"[^\W\d_]{2,}.*\d|\d.*[^\W\d_]{2,}")  # «Пермякова Анна, Мира 5-12» in `From`
_OWN_WORDS = (Role.WRITTEN, Role.FORWARDED, Role.SIGNATURE)
_MEASURE = r"(?!\s*(?:°|градус|гр\b|с\b|час|ч\b|мин|руб|р\b|₽|коп|тыс|день|дня|дней|недел|месяц|год|лет|числ|м2|м²|м3|куб|%|чел|раз))"
_MONTH = r"(?!\s*(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек))"

TRACES = (
    (
        "число, похожее на лицевой счёт или телефон",
        re.compile(r"(?<![\d.,])\d(?:[ \u00a0-]?\d){4,11}(?!\d|[.,]\d)" + _MEASURE),
    ),
    (
        "номер дома или квартиры",
        re.compile(
            r"(?<!\w)(?:кв|квартир\w{0,2}|фатир|хата|буд|будин\w*|дом\w{0,2}|д|йорт|ком|комнат\w{0,2}|общ\w*|kv|dom|apt|flat|house)"
            r"\.?\s?№?\s?\d{1,3}(?!\d|[.,]\d)" + _MEASURE
        ),
    ),
    (
        "улица",
        re.compile(
            r"(?<!\w)(?:ул|улиц\w|урам\w*|вул|вулиц\w|street|str|ulits\w|пер|переул\w+)\.?\s+[\w-]{3,}(?:\s+\d|,|\.|$)"
        ),
    ),
    (
        "название с номером дома",
        re.compile(
            r"(?<!\w)(?:на|по|с)\s+[а-яё]{3,}(?:ск|ечн|есн|одн|ов|ев|ин|н)?(?:ой|ей|ого|ова|ева|ина|а|и|ы)\s+\d{1,3}(?!\d|[.,]\d)"
            + _MEASURE
            + _MONTH
        ),
    ),
)
"""(What it looks like, in Russian; how): over the writer's lower-case words and signature."""


def trace_of(letter: Letter) -> tuple[str, tuple[Span, ...]]:
    """The first trace of contact data and where it stands; an empty word where there is none."""
    if _NUMBERED.search(letter.from_.name):
        return f"имя отправителя «{letter.from_.name}»", ()
    for part in letter.parts:
        text = part.view(*_OWN_WORDS).lower()
        for what, pattern in TRACES:
            if found := pattern.search(text):
                return what, (Span(part.name, found.start(), found.end()),)
    return "", ()
