"""Grounds of recalculation entered and cancelled: for one account, or for every account of a house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.billing.recalculation_grounds import find_ground_faults, find_intrinsic_faults
from mailbot.model import RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.ledger.accounts_and_meters import Account
from mailbot.model.ledger.charges import Adjustment
from mailbot.services.ledger.house_addresses import HouseAccounts, accounts_of_house
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import accounts
from mailbot.store.ledger import adjustments
from mailbot.store.ledger.adjustments import LedgerAdjustment
from mailbot.store.staff import audit_log
from mailbot.wording.account_titles import RECALCULATION_GROUNDS
from mailbot.wording.resources import RESOURCES

MAX_REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class RecalculationResult:
    """Accounts that got the ground; `without` have not that resource, `before` had the very ground already."""

    accounts: tuple[Account, ...]
    without: tuple[Account, ...] = ()
    before: tuple[Account, ...] = ()
    alike: tuple[str, ...] = ()


def add(
    transaction: StoreTransaction, number: str, ground: Adjustment, *, by: str, now: datetime, today: date
) -> RecalculationResult:
    """Enter a ground for one account; RequestRefused tells everything that forbids it."""
    number = "".join(number.split())
    account = _accounts(transaction, [number]).get(number)
    if account is None:
        raise RequestRefused(f"Лицевого счёта {number} в реестре нет. Проверьте номер.")
    _refuse(find_ground_faults(ground, account, today), by)
    if ground in adjustments.hold(transaction, [number]).get(number, ()):
        raise RequestRefused(f"Такое основание у счёта {number} уже есть: mailbot recalculate list {number}")
    _keep(transaction, [account], ground, number, by, now)
    return RecalculationResult((account,))


def enter(
    store: Store, number: str, ground: Adjustment, *, by: str, now: datetime, today: date
) -> RecalculationResult:
    """The same in a transaction of its own."""
    return store.do(add, number, ground, by=by, now=now, today=today)


def add_to_house(
    transaction: StoreTransaction, words: str, ground: Adjustment, *, by: str, now: datetime, today: date
) -> RecalculationResult:
    """Enter a ground for every account whose address begins with `words`, all or none.

    Accounts without the resource, and those that have the very ground already, are left out and told of.
    """
    if ground.ground.of_residents:
        raise RequestRefused("Отсутствие вносят каждому счёту отдельно: у каждого свои жильцы и документы.")
    _refuse(find_intrinsic_faults(ground, today), by)
    house = _house(transaction, words)
    house_accounts = _accounts(transaction, house.accounts)
    standing = adjustments.hold(transaction, house_accounts)
    served = [account for account in house_accounts.values() if ground.resource in account.resources]
    before = tuple(account for account in served if ground in standing.get(account.number, ()))
    fresh = tuple(account for account in served if account not in before)
    _refuse([fault for account in fresh for fault in find_ground_faults(ground, account, today)], by)
    _keep(transaction, fresh, ground, words, by, now)
    without = tuple(
        account for account in house_accounts.values() if ground.resource not in account.resources
    )
    return RecalculationResult(fresh, without, before, house.alike)


def _house(transaction: StoreTransaction, words: str) -> HouseAccounts:
    if not any(sign.isdigit() for sign in words):
        raise RequestRefused(
            f"Назовите дом с номером, например «Мира, 5»: «{words}» — слишком много счетов сразу."
        )
    known = accounts.addresses(transaction)
    house = accounts_of_house(known, words)
    if not house.accounts:
        example = f" Адреса в реестре выглядят так: «{known[0][1]}»." if known else ""
        alike = f" Похожи: {'; '.join(house.alike[:3])}." if house.alike else ""
        raise RequestRefused(f"Ни один адрес не начинается со слов «{words}».{alike}{example}")
    return house


def _accounts(transaction: StoreTransaction, numbers: Sequence[str]) -> Mapping[str, Account]:
    return accounts.accounts_of(transaction, numbers)


def _refuse(found: Sequence[str], by: str) -> None:
    if not by.strip():
        raise RequestRefused("Назовите, кто вносит основание.")
    if found:
        raise RequestRefused(*found)


def _keep(
    transaction: StoreTransaction,
    accounts: Sequence[Account],
    ground: Adjustment,
    about: str,
    by: str,
    now: datetime,
) -> None:
    adjustments.add(transaction, [account.number for account in accounts], ground, by, now)
    if accounts:
        audit_log.log_act(
            transaction,
            by,
            OfficeAct.RECALCULATE,
            about,
            f"{format_ground(ground)}; счетов: {len(accounts)}",
            now,
        )


def cancel(store: Store, ground_id: int, *, by: str, why: str, now: datetime) -> LedgerAdjustment:
    """Cancel a ground: charges to come are reckoned without it, closed months are corrected by the next."""
    reason = " ".join(why.split())
    if not reason or not by.strip():
        raise RequestRefused("Напишите, кто и почему отменяет основание.")
    if len(reason) > MAX_REASON_LENGTH:
        raise RequestRefused(f"Причина длиннее {MAX_REASON_LENGTH} знаков; сократите её.")
    with store.write() as transaction:
        old = adjustments.cancel(transaction, ground_id, reason, by, now)
        detail = f"основание № {old.id}, {format_ground(old.ground)}: {reason}"
        audit_log.log_act(transaction, by, OfficeAct.RECALCULATE_CANCEL, old.account, detail, now)
    return old


def cancel_of_account(
    store: Store, number: str, ground_id: int, *, by: str, why: str, now: datetime
) -> LedgerAdjustment:
    """The same of a ground of the account; RequestRefused where it has none of that id."""
    if ground_id not in {adjustment.id for adjustment in store.ask(adjustments.of_account, number)}:
        raise RequestRefused("Такого основания у этого счёта нет. Обновите страницу.")
    return cancel(store, ground_id, by=by, why=why, now=now)


def format_ground(ground: Adjustment) -> str:
    """The ground in a line: «перерыв в подаче, отопление, 03.11.2026–05.11.2026, акт № 7»."""
    period = f"{ground.first:%d.%m.%Y}–{ground.last:%d.%m.%Y}"
    return (
        f"{RECALCULATION_GROUNDS[ground.ground]}, {RESOURCES[ground.resource]}, {period}, {ground.document}"
    )
