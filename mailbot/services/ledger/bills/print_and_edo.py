"""Bills that do not go by mail: one file to print, in the order of the walk, and a folder for the operator of ЭДО.

Each bill leaves once. The file is whole and in its place before its bills are marked: whoever is cut off in between
prints again, and nobody is left without a bill.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from pypdf import PdfWriter

from mailbot.documents.print_cover import render_cover
from mailbot.model import RequestRefused
from mailbot.model.bill.bill import Bill
from mailbot.model.bill.sending import BillSending, BillState
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.month_sending import BillSendingResult, issue_day, send_month
from mailbot.services.ledger.bills.press import BillRenderer
from mailbot.services.ledger.bills.walking_order import count_by_house, sort_by_route
from mailbot.store import Store
from mailbot.store.accounts import accounts
from mailbot.store.bills import monthly_sending, sending_status

PORTION = 50
INDEX = "опись.csv"
COLUMNS = (
    "Файл",
    "Лицевой счёт",
    "Номер",
    "Плательщик",
    "Адрес",
    "Месяц",
    "Начислено",
    "К оплате",
    "Оплатить до",
)
WAITING = (BillState.TO_PRINT, BillState.TO_EXPORT)


@dataclass(frozen=True, slots=True)
class BillBatch:
    """What was printed or exported: the batch, how many bills, (house, count) in the order of the stack."""

    batch: str
    count: int
    houses: tuple[tuple[str, int], ...] = ()
    faults: tuple[tuple[str, str], ...] = field(default=())


def print_month(
    store: Store,
    month: Month,
    rules: ActiveRules,
    path: Path,
    *,
    by: str,
    clock: Callable[[], datetime],
    again: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> BillBatch:
    """Write the month's paper bills into one PDF, a cover on top; mark them printed. `again`: the printed ones too.

    RequestRefused where nothing waits, or the file cannot be written.
    """
    made = send_month(store, month, rules, by=by, clock=clock, wanted=DeliveryMethod.PAPER)
    press, numbers, batch = _waiting(store, made, rules, DeliveryMethod.PAPER, clock(), again=again)
    addresses = store.ask(accounts.addresses)
    wanted = set(numbers)
    stops = sort_by_route((number, address) for number, address in addresses if number in wanted)
    houses = count_by_house(stops)
    writer = PdfWriter()
    name = f"{month.number:02}.{month.year}"
    writer.append(BytesIO(render_cover(rules.documents, name, batch, houses, issue_day(rules, clock()))))
    for bill in _bills(store, press, [stop.account for stop in stops], told):
        writer.append(BytesIO(press.paper(bill)), import_outline=False)
    _write(path, writer)
    _mark(store, numbers, month, batch, clock(), again=again)
    return BillBatch(batch, len(numbers), houses, tuple(made.faults))


def export_edo(
    store: Store,
    month: Month,
    rules: ActiveRules,
    folder: Path,
    *,
    by: str,
    clock: Callable[[], datetime],
    again: bool = False,
    told: Callable[[int], None] = lambda _: None,
) -> BillBatch:
    """Write the month's bills for ЭДО into the folder, a PDF each, and an index; mark them exported."""
    made = send_month(store, month, rules, by=by, clock=clock, wanted=DeliveryMethod.EDO)
    press, numbers, batch = _waiting(store, made, rules, DeliveryMethod.EDO, clock(), again=again)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / INDEX).open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file, delimiter=";")
            table.writerow(COLUMNS)
            for bill in _bills(store, press, numbers, told):
                (folder / f"{bill.number}.pdf").write_bytes(press.paper(bill))
                table.writerow(_row(bill))
    except OSError as error:
        raise RequestRefused(
            f"{folder}: записать не удалось ({error.strerror}). Ничего не отмечено."
        ) from None
    _mark(store, numbers, month, batch, clock(), again=again)
    return BillBatch(batch, len(numbers), (), tuple(made.faults))


def _waiting(
    store: Store,
    made: BillSendingResult,
    rules: ActiveRules,
    way: DeliveryMethod,
    now: datetime,
    *,
    again: bool,
) -> tuple[BillRenderer, list[str], str]:
    every = store.ask(sending_status.of_month, made.month, way)
    numbers = [bill.account for bill in every if again or bill.state in WAITING]
    if not numbers:
        more = f" Отданы уже: {len(every)}; ещё раз — с ключом --again." if every else ""
        raise RequestRefused(f"За {made.month} таких квитанций нет.{more}")
    sending = made.sending
    assert isinstance(sending, BillSending)
    batch = f"{now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone)):%Y%m%d-%H%M%S}"
    return BillRenderer(rules, sending), numbers, batch


def _bills(
    store: Store, press: BillRenderer, numbers: Sequence[str], told: Callable[[int], None]
) -> Iterator[Bill]:
    """The bills in the order of `numbers`, some at a time."""
    for at in range(0, len(numbers), PORTION):
        some = numbers[at : at + PORTION]
        drawn = {bill.account.number: bill for bill in store.ask(press.bills, some)}
        yield from (drawn[number] for number in some)
        told(len(some))


def _mark(
    store: Store, numbers: Sequence[str], month: Month, batch: str, now: datetime, *, again: bool
) -> None:
    with store.write() as transaction:
        for at in range(0, len(numbers), 5000):
            monthly_sending.mark_left(transaction, numbers[at : at + 5000], month, batch, now, again=again)


def _write(path: Path, writer: PdfWriter) -> None:
    """Whole or not at all: half a stack would pass for the stack."""
    partly = path.with_name(f"{path.name}.part")
    try:
        with partly.open("wb") as file:
            writer.write(file)
        partly.replace(path)
    except OSError as error:
        raise RequestRefused(f"{path}: записать не удалось ({error.strerror}). Ничего не отмечено.") from None


def _row(bill: Bill) -> list[str]:
    figures = (f"{bill.charge.total:f}", f"{bill.to_pay:f}")
    return [
        f"{bill.number}.pdf", bill.account.number, bill.number, bill.name, bill.account.premises.address,
        str(bill.month), *(figure.replace(".", ",") for figure in figures), f"{bill.due:%d.%m.%Y}",
    ]  # fmt: skip
