"""Bills on their way as a terminal shows them: what a sending did, what was printed, what stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from mailbot.model.bill.sending import BillState, SentBill
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.model.outgoing.sending_pace import ALL
from mailbot.services.ledger.bills.month_sending import BillSendingResult
from mailbot.services.ledger.bills.print_and_edo import BillBatch
from mailbot.store.mail.sending_pace import ProviderPace
from mailbot.wording.account_titles import BILL_STATES, BILL_STATES_OF_MANY, DELIVERY_METHODS

MAX_LISTED = 20
NEXT_COMMANDS = {BillState.TO_PRINT: "mailbot bill print", BillState.TO_EXPORT: "mailbot bill edo"}
"""What to do with bills that stand so."""


def show_sending(out: Console, outcome: BillSendingResult, *, tried: bool) -> None:
    """What a sending did, or would do; then what a person must know."""
    if tried:
        out.print("Проверка, ничего не отправлено.")
    done = ", ".join(
        f"{DELIVERY_METHODS[way]} {outcome.ways[way]}" for way in DeliveryMethod if outcome.ways.get(way)
    )
    out.print(f"Квитанции за {outcome.month}: {done or 'новых нет'}.")
    _listed(out, "Почты нет, будут на бумаге", outcome.on_paper)
    _listed(out, "Задержаны", outcome.held)
    _listed(out, "Не сделаны", outcome.faults)
    if outcome.finished:
        out.print(f"Квитанции за {outcome.month} готовы все.")
    if not tried and outcome.ways.get(DeliveryMethod.EMAIL):
        out.print("Письма уходят по очереди, пока работает «mailbot run»; как идёт — mailbot bill status.")


def show_printed(out: Console, left: BillBatch, path: Path) -> None:
    """What was printed or exported: house by house where it is a stack."""
    for house, count in left.houses:
        out.print(f"{count:>5}  {house}", markup=False)
    out.print(f"Партия {left.batch}: квитанций {left.count}, {path}", markup=False, soft_wrap=True)
    _listed(out, "Не сделаны", left.faults)


def show_status(
    out: Console,
    tally: Mapping[BillState, int],
    trouble: Sequence[SentBill],
    paces: Sequence[ProviderPace],
    time_zone: str,
) -> None:
    """How many bills stand where, what a person must look at, and which provider is paused."""
    if not tally:
        out.print("Квитанций за этот месяц ещё не было. Отправить: mailbot bill send --month …")
    for state in BillState:
        if tally.get(state):
            todo = f": {NEXT_COMMANDS[state]}" if state in NEXT_COMMANDS else ""
            out.print(f"{tally[state]:>7}  {BILL_STATES_OF_MANY[state]}{todo}")
    lines = [(bill.account, f"{BILL_STATES[bill.state]}: {bill.detail}") for bill in trouble]
    _listed(out, "Посмотрите", lines)
    for pace in paces:
        name = "все вместе" if pace.provider == ALL else pace.provider
        if pace.paused_until is not None:
            until = pace.paused_until.astimezone(ZoneInfo(time_zone))
            out.print(
                f"Почта {name}: пауза до {until:%d.%m %H:%M}, {pace.why}. Квитанции ждут, они не потеряны. "
                f"Снять паузу: --resume {pace.provider}",
                markup=False,
                soft_wrap=True,
            )


def _listed(out: Console, title: str, lines: Sequence[tuple[str, str]]) -> None:
    if not lines:
        return
    out.print(f"{title}: {len(lines)}")
    for number, why in lines[:MAX_LISTED]:
        out.print(f"  счёт {number}: {why}", markup=False, soft_wrap=True)
    if len(lines) > MAX_LISTED:
        out.print(f"  … и ещё {len(lines) - MAX_LISTED}")
