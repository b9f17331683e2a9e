"""Grounds of recalculation entered and cancelled: for one account, or for every account of a house."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mailbot.billing.recalculation_grounds import NAMES, RESOURCES, find_ground_faults, find_intrinsic_faults
from mailbot.model import RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.ledger.accounts_and_meters import Account
from mailbot.model.ledger.charges import Adjustment, RecalculationGround
from mailbot.services.ledger.house_addresses import HouseAccounts, accounts_of_house
from mailbot.store import Store, StoreTransaction
from mailbot.store.accounts import accounts
from mailbot.store.ledger import adjustments
from mailbot.store.ledger.adjustments import LedgerAdjustment
from mailbot.store.staff import audit_log

MAX_REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class RecalculationResult:
    """Accounts that got the ground; `without` have not that resource, `before` had the very ground already."""

    accounts: tuple[Account, ...]
    without: tuple[Account, ...] = ()
    before: tuple[Account, ...] = ()
    alike: tuple[str, ...] = ()


def add(
    work: StoreTransaction, number: str, ground: Adjustment, *, by: str, now: datetime, today: date
) -> RecalculationResult:
    """Enter a ground for one account; Refused tells everything that forbids it."""
    number = "".join(number.split())
    account = _accounts(work, [number]).get(number)
    if account is None:
        raise RequestRefused(f"Лицевого счёта {number} в реестре нет. Проверьте номер.")
    _refuse(find_ground_faults(ground, account, today), by)
    if ground in work.do(adjustments.hold, [number]).get(number, ()):
        raise RequestRefused(f"Такое основание у счёта {number} уже есть: mailbot recalculate list {number}")
    _keep(work, [account], ground, number, by, now)
    return RecalculationResult((account,))


def add_to_house(
    work: StoreTransaction, words: str, ground: Adjustment, *, by: str, now: datetime, today: date
) -> RecalculationResult:
    """Enter a ground for every account whose address begins with `words`, all or none.

    Accounts without the resource, and those that have the very ground already, are left out and told of.
    """
    if ground.ground is RecalculationGround.ABSENCE:
        raise RequestRefused("Отсутствие вносят каждому счёту отдельно: у каждого свои жильцы и документы.")
    _refuse(find_intrinsic_faults(ground, today), by)
    house = _house(work, words)
    found = _accounts(work, house.accounts)
    standing = work.do(adjustments.hold, found)
    served = [one for one in found.values() if ground.resource in one.resources]
    before = tuple(one for one in served if ground in standing.get(one.number, ()))
    fresh = tuple(one for one in served if one not in before)
    _refuse([told for one in fresh for told in find_ground_faults(ground, one, today)], by)
    _keep(work, fresh, ground, words, by, now)
    without = tuple(one for one in found.values() if ground.resource not in one.resources)
    return RecalculationResult(fresh, without, before, house.alike)


def _house(work: StoreTransaction, words: str) -> HouseAccounts:
    if not any(sign.isdigit() for sign in words):
        raise RequestRefused(
            f"Назовите дом с номером, например «Мира, 5»: «{words}» — слишком много счетов сразу."
        )
    known = work.do(accounts.addresses)
    house = accounts_of_house(known, words)
    if not house.accounts:
        example = f" Адреса в реестре выглядят так: «{known[0][1]}»." if known else ""
        alike = f" Похожи: {'; '.join(house.alike[:3])}." if house.alike else ""
        raise RequestRefused(f"Ни один адрес не начинается со слов «{words}».{alike}{example}")
    return house


def _accounts(work: StoreTransaction, numbers: Sequence[str]) -> Mapping[str, Account]:
    return work.do(accounts.accounts_of, numbers)


def _refuse(found: Sequence[str], by: str) -> None:
    if not by.strip():
        raise RequestRefused("Назовите, кто вносит основание.")
    if found:
        raise RequestRefused(*found)


def _keep(
    work: StoreTransaction,
    accounts: Sequence[Account],
    ground: Adjustment,
    about: str,
    by: str,
    now: datetime,
) -> None:
    work.do(adjustments.add, [account.number for account in accounts], ground, by, now)
    if accounts:
        work.do(
            audit_log.log_act,
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
    with store.write() as work:
        old = work.do(adjustments.cancel, ground_id, reason, by, now)
        detail = f"основание № {old.id}, {format_ground(old.ground)}: {reason}"
        work.do(audit_log.log_act, by, OfficeAct.RECALCULATE_CANCEL, old.account, detail, now)
    return old


def format_ground(ground: Adjustment) -> str:
    """The ground in a line: «перерыв в подаче, отопление, 03.11.2026–05.11.2026, акт № 7»."""
    period = f"{ground.first:%d.%m.%Y}–{ground.last:%d.%m.%Y}"
    return f"{NAMES[ground.ground]}, {RESOURCES[ground.resource]}, {period}, {ground.document}"
