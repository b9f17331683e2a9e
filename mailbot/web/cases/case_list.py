"""The lists of cases: which states each holds, and what its page shows beside them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from mailbot.model import CaseState


class CaseList(StrEnum):
    """A list by its name in the address."""

    QUEUE = "queue"
    SILENCED = "silenced"
    IGNORED = "ignored"
    ANSWERED = "answered"
    APPEALS = "appeals"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownList:
    """What the page of a list shows. `states` empty: every one.

    `deadlines`: it is the queue, by deadline and priority. `mixed`: each line says its state. `closed_by_rule`: each line
    says the rule, and may be taken back; `by_clause` where it is one of the standard's, of which the whole reason is shown.
    """

    name: CaseList
    title: str
    states: tuple[CaseState, ...]
    deadlines: bool = False
    mixed: bool = False
    closed_by_rule: bool = False
    by_clause: bool = False


def list_named(name: str) -> CaseList:
    """The list of an address; the queue where it names none."""
    return CaseList(name) if name in tuple(CaseList) else CaseList.QUEUE


def shown_list(of: CaseList) -> ShownList:
    match of:
        case CaseList.QUEUE:
            return ShownList(name=of, title="Очередь", states=(CaseState.AWAITING_REVIEW,), deadlines=True)
        case CaseList.SILENCED:
            silenced = (CaseState.SILENCED,)
            return ShownList(
                name=of, title="Без ответа", states=silenced, closed_by_rule=True, by_clause=True
            )
        case CaseList.IGNORED:
            return ShownList(name=of, title="Не обращения", states=(CaseState.IGNORED,), closed_by_rule=True)
        case CaseList.ANSWERED:
            return ShownList(name=of, title="Отвечено", states=(CaseState.ANSWERED,))
        case CaseList.APPEALS:
            appeals = tuple(state for state in CaseState if state is not CaseState.IGNORED)
            return ShownList(name=of, title="Обращения", states=appeals, mixed=True)
        case CaseList.ALL:
            return ShownList(name=of, title="Все", states=(), mixed=True)
        case _:
            assert_never(of)
