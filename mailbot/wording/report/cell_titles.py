"""The Russian words of a report's cells: kinds, channels, weekdays, ages."""

from __future__ import annotations

from mailbot.model.letter.facts import LetterKind
from mailbot.wording.case_titles import CHANNELS as CHANNEL_NAMES

KINDS = {
    LetterKind.READING: "Показания",
    LetterKind.COMPLAINT: "Жалобы",
    LetterKind.QUESTION: "Вопросы",
    LetterKind.OTHER: "Прочее",
}
UNREAD = "Не разобрано"
"""The kind of a letter that the machine could not read and no person has named."""
NO_TOPIC = "Без темы"
CHANNELS = {name: words.capitalize() for name, words in CHANNEL_NAMES.items()}
WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
AGES = ("до 1 дня", "1–3 дня", "3–10 дней", "10–30 дней", "больше 30 дней")
AGE_LIMITS = (1, 3, 10, 30)
"""Days on the wall; the last age has no limit."""
OUTCOMES = {
    "no_appeal": "не обращение",
    "silenced": "без ответа по стандарту",
    "answered": "отвечено",
    "asked": "ждём ответа клиента",
    "open": "без ответа",
}
