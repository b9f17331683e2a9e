"""What the closed sets of the people at the queue are called: their roles, and what they did."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.case.staff_act import CaseAct, OfficeAct
from mailbot.model.staff import StaffRole

STAFF_ROLES: Mapping[str, str] = {
    StaffRole.OPERATOR: "оператор",
    StaffRole.MANAGER: "руководитель",
    StaffRole.ADMINISTRATOR: "администратор",
}
CASE_ACTS_DONE: Mapping[str, str] = {
    CaseAct.ANSWER: "Ответ отправится через полминуты",
    CaseAct.ASK: "Письмо клиенту отправится через полминуты, обращение остаётся в работе",
    CaseAct.TOLD: "Отмечено: клиенту ответили",
    CaseAct.SILENCE: "Оставлено без ответа",
    CaseAct.NOTHING_MORE: "Закрыто: показания подтверждены, ответа больше не ждут",
    CaseAct.ANSWER_OWED: "Ответ нужен: предложение о повторе снято",
    CaseAct.IGNORE: "Отмечено: не обращение клиента",
    CaseAct.TAKE_BACK: "Возвращено в очередь",
    CaseAct.SECOND_LOOK: "Второй взгляд записан",
    CaseAct.LABEL: "Вид и тема исправлены",
    CaseAct.READING: "Показание сохранено",
    CaseAct.ASSIGN: "Передано",
    CaseAct.PUT_OFF: "Отложено",
    CaseAct.JOIN: "Присоединено",
}
"""Told to whoever did it, beside the button that takes it back."""
AUDITED_ACTS: Mapping[str, str] = {
    CaseAct.ANSWER: "ответ клиенту",
    CaseAct.ASK: "письмо клиенту",
    CaseAct.TOLD: "ответили иначе",
    CaseAct.SILENCE: "оставлено без ответа",
    CaseAct.NOTHING_MORE: "закрыто по показаниям",
    CaseAct.ANSWER_OWED: "ответ нужен",
    CaseAct.IGNORE: "не обращение",
    CaseAct.TAKE_BACK: "возвращено в очередь",
    CaseAct.SECOND_LOOK: "второй взгляд",
    CaseAct.LABEL: "вид и тема",
    CaseAct.READING: "показание из письма",
    CaseAct.ASSIGN: "передано",
    CaseAct.PUT_OFF: "отложено",
    CaseAct.JOIN: "присоединено",
    OfficeAct.NOTE: "заметка",
    OfficeAct.UNDO: "отмена действия",
    OfficeAct.REGISTER: "обращение принято",
    OfficeAct.SURVEY: "анкета",
    OfficeAct.READING_ADD: "показание внесено",
    OfficeAct.READING_CORRECT: "показание исправлено",
    OfficeAct.PAYMENT: "платёж",
    OfficeAct.PAYMENT_ASSIGN: "платёж отнесён на счёт",
    OfficeAct.PAYMENT_CANCEL: "платёж отменён",
    OfficeAct.PAYMENTS_IMPORT: "платежи из банка",
    OfficeAct.RECALCULATE: "основание перерасчёта",
    OfficeAct.RECALCULATE_CANCEL: "основание отменено",
    OfficeAct.BILL_AGAIN: "квитанция ещё раз",
    OfficeAct.SETTINGS: "настройки",
    OfficeAct.INVITE: "приглашение",
    OfficeAct.RESET: "ссылка на новый пароль",
    OfficeAct.DISABLE: "вход закрыт",
    OfficeAct.ENABLE: "вход открыт",
    OfficeAct.ROLE: "роль",
    OfficeAct.PASSWORD: "пароль",
    OfficeAct.LOGIN: "вход",
    OfficeAct.LOGIN_FAILED: "неудачный вход",
    OfficeAct.LOGOUT: "выход",
    OfficeAct.API_KEY: "ключ API",
}
"""As the audit log names it."""
