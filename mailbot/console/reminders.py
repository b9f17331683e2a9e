"""What a round of reminders did, in lines."""

from __future__ import annotations

from rich.console import Console

from mailbot.model.outgoing.reminder import ReminderKind
from mailbot.services.reminders.sending import ReminderRoundResult

WORDS = {ReminderKind.READINGS: "о показаниях", ReminderKind.DEBT: "об оплате"}


def show_reminders(out: Console, outcome: ReminderRoundResult, *, tried: bool) -> None:
    """`tried`: nothing was kept, so every address is listed."""
    if outcome.early:
        out.print(f"Сегодня напоминать {WORDS[outcome.kind]} некому: {outcome.early}.")
        return
    if tried:
        out.print("Проверка, ничего не отправлено.")
        for number, address in outcome.sent:
            out.print(f"{number}  {address}", markup=False)
    out.print(
        f"Напоминаний {WORDS[outcome.kind]} за {outcome.month}: {len(outcome.sent)}. "
        f"Отказались: {outcome.refused}, адреса нет: {outcome.nowhere}."
    )
    for number, why in outcome.held:
        out.print(f"Задержано, счёт {number}: {why}", markup=False, soft_wrap=True)
