"""What the closed sets of cases and their letters are called: one Russian title a member, for page, terminal and report.

The keys are the stored values, so a row of the database finds its title without being read into its type.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.case.context import ClientProof
from mailbot.model.case.decision import Action, Priority
from mailbot.model.case.life_cycle import CaseState, DeliveryState
from mailbot.model.case.reading_state import ReadingState
from mailbot.model.case.staff_act import AnswerWay
from mailbot.model.letter.channel import Channel
from mailbot.model.letter.facts import AbuseKind, Certainty, LetterKind

LETTER_KINDS: Mapping[str, str] = {
    LetterKind.READING: "показания",
    LetterKind.COMPLAINT: "жалоба",
    LetterKind.QUESTION: "вопрос",
    LetterKind.OTHER: "иное",
}
CHANNELS: Mapping[str, str] = {
    Channel.MAIL: "почта",
    Channel.OFFICE: "офис",
    Channel.PHONE: "телефон",
    Channel.ORAL: "устно",
    Channel.SITE: "сайт",
    Channel.MESSENGER: "мессенджер",
}
ACTIONS: Mapping[str, str] = {
    Action.ANSWER: "ответ",
    Action.READING_ACCEPTED: "показания приняты",
    Action.REVIEW: "сотруднику",
    Action.NO_REPLY: "без ответа",
    Action.IGNORE: "не обращение",
}
PRIORITIES: Mapping[Priority, str] = {
    Priority.EMERGENCY: "авария",
    Priority.HIGH: "срочно",
    Priority.NORMAL: "",
}
"""What is marked in a list, and how; the rest is not."""
CASE_STATES: Mapping[str, str] = {
    CaseState.COLLECTED: "принято",
    CaseState.ANSWERED: "отвечено",
    CaseState.AWAITING_REVIEW: "ждёт сотрудника",
    CaseState.SILENCED: "без ответа",
    CaseState.IGNORED: "не обращение",
}
DELIVERY_STATES: Mapping[str, str] = {
    DeliveryState.READY: "в очереди",
    DeliveryState.SENDING: "отправляется",
    DeliveryState.SENT: "отправлено",
    DeliveryState.HELD: "задержано",
    DeliveryState.REFUSED: "не принято сервером",
    DeliveryState.UNCERTAIN: "неизвестно, дошло ли",
}
CERTAINTIES: Mapping[str, str] = {
    Certainty.YES: "да",
    Certainty.NO: "нет",
    Certainty.DOUBT: "сомнение",
}
CLIENT_PROOFS: Mapping[str, str] = {
    ClientProof.SENDER: "по адресу почты",
    ClientProof.ACCOUNT: "по лицевому счёту",
    ClientProof.PHONE: "по телефону",
    ClientProof.ADDRESS: "по фамилии и адресу",
}
READING_STATES: Mapping[str, str] = {ReadingState.ACCEPTED: "принято", ReadingState.REFUSED: "не принято"}
ANSWER_WAYS: Mapping[str, str] = {
    AnswerWay.PHONE: "по телефону",
    AnswerWay.PERSON: "лично",
    AnswerWay.PAPER: "на бумаге",
}
"""Kept in the log of a case as it stands here."""
ABUSE: Mapping[str, str] = {
    AbuseKind.OBSCENE: "нецензурные слова",
    AbuseKind.INSULT: "оскорбление",
    AbuseKind.THREAT: "угроза",
}

NOT_APPEALS = {
    "second_copy": "то же письмо другой дорогой",
    "own_address": "наше же письмо вернулось",
    "automatic": "письмо программы",
    "not_a_client": "реклама или мошенники",
    "before_start": "пришло до начала работы",
}
"""Why a letter is no appeal: the rules of `ignore.toml` that the package ships, by their short names, and the start of work."""
