"""The lists of cases: what stands on a page of one, how many a filter finds, and the case to go on with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mailbot.model import StaffMember
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import review_queue, summaries
from mailbot.store.cases.queue_filters import AGES, BOARD, DueBucket
from mailbot.store.cases.review_queue import CLIENTS, CORRESPONDENTS, NOBODY, QueueFilter, QueueLine

__all__ = [
    "AGES",
    "BOARD",
    "CLIENTS",
    "CORRESPONDENTS",
    "NOBODY",
    "CaseListPage",
    "DueBucket",
    "QueueFilter",
    "QueueLine",
    "count_cases",
    "line_of",
    "list_page",
    "next_case",
    "references",
]


@dataclass(frozen=True, slots=True)
class CaseListPage:
    """A page of a list. `looked_at`: which colleague has a case open, by its id; `more`: does another page follow?"""

    lines: tuple[QueueLine, ...]
    looked_at: Mapping[int, str]
    more: bool


def list_page(
    store: Store, wanted: QueueFilter, number: int, per_page: int, member: StaffMember, now: datetime
) -> CaseListPage:
    """The page of that number, from 1."""
    return store.ask(_list_page, wanted, number, per_page, member.id, now)


def _list_page(
    transaction: StoreTransaction,
    wanted: QueueFilter,
    number: int,
    per_page: int,
    staff_id: int,
    now: datetime,
) -> CaseListPage:
    lines = review_queue.lines(transaction, wanted, per_page + 1, (number - 1) * per_page)
    looked_at = review_queue.looked_at(transaction, tuple(line.id for line in lines), staff_id, now)
    return CaseListPage(lines[:per_page], looked_at, len(lines) > per_page)


def count_cases(store: Store, filters: Iterable[QueueFilter]) -> tuple[int, ...]:
    """How many cases each filter finds."""
    return store.ask(_count_cases, tuple(filters))


def _count_cases(transaction: StoreTransaction, filters: tuple[QueueFilter, ...]) -> tuple[int, ...]:
    return tuple(review_queue.count(transaction, wanted) for wanted in filters)


def line_of(store: Store, reference: str) -> QueueLine:
    """The case as a list shows it; NoSuchCase where there is none of the reference."""
    return store.ask(_line_of, reference)


def _line_of(transaction: StoreTransaction, reference: str) -> QueueLine:
    return review_queue.line_of(transaction, summaries.case_of(transaction, reference).id)


def references(store: Store, ids: tuple[int, ...]) -> Mapping[int, str]:
    """What the cases of these ids are called in an address."""
    return store.ask(review_queue.references, ids)


def next_case(
    store: Store,
    wanted: QueueFilter,
    line: QueueLine,
    member: StaffMember,
    passed: Collection[int],
    ahead: int,
    now: datetime,
) -> QueueLine | None:
    """The case to go on with after `line`: the next of the same list, after its end the nearest before, looked for among
    `ahead` cases; none of those `passed` over, nor one that somebody else has taken or opened."""
    return store.ask(_next_case, wanted, line, member, frozenset(passed), ahead, now)


def _next_case(
    transaction: StoreTransaction,
    wanted: QueueFilter,
    line: QueueLine,
    member: StaffMember,
    passed: frozenset[int],
    ahead: int,
    now: datetime,
) -> QueueLine | None:
    for side in (review_queue.after, review_queue.before):
        lines = side(transaction, wanted, line, ahead)
        taken = review_queue.looked_at(transaction, tuple(line.id for line in lines), member.id, now)
        for queue_line in lines:
            if (
                queue_line.id not in passed
                and queue_line.assignee in (None, member.login)
                and queue_line.id not in taken
            ):
                return queue_line
    return None
