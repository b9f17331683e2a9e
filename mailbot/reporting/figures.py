"""All figures of a period, from what the log knows of it as of a moment; the order of the cases changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from mailbot.model import ClockMark, Rulebook
from mailbot.model.case.log import PeriodLog
from mailbot.model.report.period import Period
from mailbot.model.report.report import CaseCount, PeriodFigures, SecondLookFigures
from mailbot.model.report.survey import SatisfactionFigures
from mailbot.reporting import arrivals, promises, who_did_what
from mailbot.reporting.case_clocks import CaseOutcome
from mailbot.reporting.case_story import MACHINE
from mailbot.reporting.correspondents import correspondent_lines
from mailbot.reporting.judged_cases import CaseCohorts, TimedCase, cell, judge_cases
from mailbot.reporting.reading_refusals import reading_figures
from mailbot.reporting.report_moments import empty_logged
from mailbot.reporting.waiting_times import waits


def figures(
    period: Period,
    logged: PeriodLog,
    rulebook: Rulebook,
    satisfaction: tuple[SatisfactionFigures, ...] = (),
    looks: tuple[SecondLookFigures, ...] = (),
) -> PeriodFigures:
    """The figures of the period; each cell holds the cases that it counts. Correspondents stand apart from clients."""
    zone = ZoneInfo(rulebook.channels.time_zone)
    if logged.as_of < period.begins(zone):
        logged = empty_logged(logged.as_of)  # a period to come has no figures, whatever is open now
    every = judge_cases(logged, rulebook)
    cohorts, correspondents = every.clients, every.correspondents
    others = {case.id for case in correspondents.came}
    appeals, owed = cohorts.appeals, cohorts.owed
    waiting = promises.still_open(cohorts.open)
    within = (period.begins(zone), period.ends(zone))
    answered, back = _answered(cohorts, *within), _taken_back(cohorts, *within)
    return PeriodFigures(
        period=period,
        as_of=logged.as_of,
        received=cell("received", "Пришло обращений", appeals),
        not_appeals=_not_appeals(every),
        by_kind=arrivals.by_kind(appeals),
        by_topic=arrivals.by_topic(appeals, rulebook),
        by_channel=arrivals.by_channel(appeals),
        by_hour=arrivals.by_hour(appeals),
        by_weekday=arrivals.by_weekday(appeals),
        first_response=waits("first_response", "Первый ответ", owed, lambda case: case.clock.response),
        answer=waits("answer", "Ответ по существу", owed, lambda case: case.clock.answer),
        topics=promises.topic_lines(owed, rulebook),
        promise=promises.promise(owed),
        unanswered=promises.unanswered(waiting, logged.as_of),
        overdue=promises.overdue(waiting),
        asked=promises.asked(waiting),
        repeats=cell("repeats", "Повторные", [appeal for appeal in appeals if appeal.repeated]),
        reopened=cell("reopened", "Открыты снова", back),
        silenced=who_did_what.silenced(cohorts.came, rulebook),
        automation=who_did_what.automation(cohorts.came, answered, cohorts.moved, *within),
        readings=reading_figures([reading for reading in logged.readings if reading.case_id not in others]),
        places=arrivals.places(appeals),
        operators=who_did_what.operators(answered, back, logged.names),
        satisfaction=satisfaction,
        clock_faults=cell(
            "clock_faults", "Часы разошлись", [case for case in every.came if case.clock.fault]
        ),
        second_looks=looks,
        correspondents=correspondent_lines(correspondents, rulebook),
    )


def _not_appeals(cohorts: CaseCohorts) -> CaseCount:
    cases = [case for case in cohorts.came if case.clock.outcome is CaseOutcome.NO_APPEAL]
    return cell("not_appeals", "Не обращения", cases)


def _answered(cohorts: CaseCohorts, begins: datetime, ends: datetime) -> Sequence[TimedCase]:
    """Cases whose answer left in the period and stands."""
    return [
        case
        for case in cohorts.moved
        if case.clock.answered_at is not None and begins <= case.clock.answered_at < ends and case.owed
    ]


def _taken_back(cohorts: CaseCohorts, begins: datetime, ends: datetime) -> Sequence[TimedCase]:
    """Cases whose answer a person took back in the period."""
    return [
        timed
        for timed in cohorts.moved
        if any(
            line.mark is ClockMark.WITHDRAWN and line.by != MACHINE and begins <= line.at < ends
            for line in timed.case.events
        )
    ]
