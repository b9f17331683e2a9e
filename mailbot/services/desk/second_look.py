"""The second look: once a week a sample of the machine's silences is drawn and put before a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import Action, CaseState
from mailbot.model.case.second_look import SAMPLE, DrawnCase
from mailbot.model.case.staff_act import CaseAct
from mailbot.model.report.period import Period, PeriodKind
from mailbot.reporting.second_looks import sample
from mailbot.services.desk.case_acts.acts import ActContext, record_act
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store, StoreTransaction
from mailbot.store.cases import review_queue, summaries
from mailbot.store.casework import moves_and_answers, second_looks
from mailbot.store.reports.period_log import first_letter

MAKE_UP = 5
"""Weeks looked back for samples that an outage kept back."""


def draw_due(store: Store, rules: ActiveRules, now: datetime) -> tuple[Period, ...]:
    """Draw the samples of the finished weeks that have none, the oldest first; of which weeks."""
    begun = store.ask(first_letter)
    if begun is None:
        return ()
    zone = ZoneInfo(rules.rulebook.channels.time_zone)
    last = Period.of(PeriodKind.WEEK, now.astimezone(zone).date() - timedelta(days=7))
    weeks = [week for week in last.back(MAKE_UP) if week.ends(zone) > begun]
    return tuple(week for week in weeks if _draw(store, week, zone, now))


def _draw(store: Store, week: Period, zone: ZoneInfo, now: datetime) -> bool:
    name = str(week)
    if store.ask(second_looks.drawn, name):
        return False
    try:
        with store.write() as transaction:
            for_look = [
                case
                for action in Action
                if action.is_silent
                for case in sample(
                    second_looks.closed_by_machine(transaction, action, week.begins(zone), week.ends(zone)),
                    name,
                    SAMPLE,
                )
            ]
            second_looks.draw(transaction, name, for_look, now)
    except second_looks.AlreadyDrawn:
        return False
    return True


def confirm(store: Store, page: ActContext) -> None:
    """The person agrees: no answer is owed."""
    with record_act(store, page, CaseAct.SECOND_LOOK, "верно, ответ не положен") as (transaction, case_id):
        second_looks.save_finding(transaction, case_id, owed=False, by=page.by, now=page.now)


def overrule(store: Store, page: ActContext) -> None:
    """The person finds that an answer is owed: the case waits for people again, in the same transaction."""
    with record_act(store, page, CaseAct.SECOND_LOOK, "ответ нужен") as (transaction, case_id):
        second_looks.save_finding(transaction, case_id, owed=True, by=page.by, now=page.now)
        if summaries.case_of(transaction, page.number).state.ends_unanswered:
            why = "второй взгляд: ответ нужен"
            moves_and_answers.move(
                transaction, page.number, CaseState.AWAITING_REVIEW, page.by, why, page.now
            )


@dataclass(frozen=True, slots=True)
class NextLook:
    """The letter that waits longest for a second look, what its case is called, and how many wait with it."""

    drawn: DrawnCase
    reference: str
    left: int


def next_look(store: Store) -> NextLook | None:
    """None where nothing waits."""
    return store.ask(_next_look)


def _next_look(transaction: StoreTransaction) -> NextLook | None:
    waiting = second_looks.waiting(transaction)
    if not waiting:
        return None
    first = waiting[0]
    return NextLook(
        first, review_queue.references(transaction, (first.case_id,))[first.case_id], len(waiting)
    )


def count_waiting(store: Store) -> int:
    """How many letters wait for a second look."""
    return store.ask(second_looks.count_waiting)
