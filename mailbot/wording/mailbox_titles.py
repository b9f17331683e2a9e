"""The duties of the mailbox in words: what stands still while one fails, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from mailbot.model.mailbox_duty import MailboxDuty

MAILBOX_DUTIES: Mapping[MailboxDuty, str] = {
    MailboxDuty.CONNECTING: "Ящик не открывается: новых писем никто не видит. Посмотрите его в почтовой программе и "
    "устраните причину.",
    MailboxDuty.LISTING: "Список папок ящика не прочитать: новые папки пока не видны.",
    MailboxDuty.COLLECTING: "Письма из папки «{folder}» не забираются. Откройте её в почтовой программе: прочитайте "
    "новые письма сами, а если папка не нужна, перечислите остальные в imap.folders.",
    MailboxDuty.COMPLETING: "Письма, от которых сервер отдал только часть, целиком не получить. Прочитайте их в почтовой "
    "программе: обращения по ним ждут сотрудника.",
    MailboxDuty.SETTLING: "Папку отправленных не спросить о письмах, про которые неизвестно, дошли ли они. Проверьте "
    "её в почтовой программе.",
    MailboxDuty.COPYING: "Копии наших писем не ложатся в папку отправленных; клиентам письма уходят. Проверьте, есть "
    "ли в ящике место.",
    MailboxDuty.JUNK: "Папку «Спам» не посмотреть. Просматривайте её сами: там бывают письма клиентов.",
    MailboxDuty.WAITING: "О новых письмах сервер сам не сообщает: ящик просматривается время от времени.",
}
"""`{folder}` is the folder whose letters are collected."""


def describe_duty_fault(duty: MailboxDuty, folder: str, why: str) -> str:
    """One line for staff: what stands still, what to do, and what the server said (or our own fault)."""
    return f"{MAILBOX_DUTIES[duty].replace('{folder}', folder)} Причина: {why}"
