"""The Russian words in which kinds, decisions and states are shown to people."""

from __future__ import annotations

from mailbot.model import Reading

KINDS = {"reading": "показания", "complaint": "жалоба", "question": "вопрос", "other": "иное"}
ACTIONS = {
    "answer": "ответ",
    "reading_accepted": "показания приняты",
    "review": "сотруднику",
    "no_reply": "без ответа",
    "ignore": "не обращение",
}
STATES = {
    "collected": "принято",
    "answered": "отвечено",
    "awaiting_review": "ждёт сотрудника",
    "silenced": "без ответа",
    "ignored": "не обращение",
}
DELIVERIES = {
    "ready": "в очереди",
    "sending": "отправляется",
    "sent": "отправлено",
    "held": "задержано",
    "refused": "не принято сервером",
    "uncertain": "неизвестно, дошло ли",
}
ABUSE = {"obscene": "нецензурные слова", "insult": "оскорбление", "threat": "угроза"}
RESOURCES = {"heating": "отопление", "hot_water": "горячая вода"}


def format_reading(reading: Reading) -> str:
    """One reading in words: «горячая вода 148 м3, л/с 440215, прибор 5501»."""
    words = [RESOURCES.get(str(reading.resource or ""), "ресурс не назван"), str(reading.value)]
    words += [str(reading.unit)] if reading.unit else []
    account = f", л/с {reading.account}" if reading.account else ""
    meter = f", прибор {reading.meter}" if reading.meter else ""
    return " ".join(words) + account + meter
