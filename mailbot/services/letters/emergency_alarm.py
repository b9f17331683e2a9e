"""The alarm: of an emergency somebody is told at once, and the next one where it stays unread."""

from __future__ import annotations

from datetime import datetime

from mailbot.composing import compose_alarm
from mailbot.model.case.emergency import AlarmRules, Emergency
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.store import Store
from mailbot.store.cases import emergency_alarms
from mailbot.store.reports import sent_reports

MAX_ALARMS = 12
"""Letters about one emergency: three hours at the shipped pace, then the queue and the board alone go on showing it."""

MAX_CASES = 50
"""Emergencies in one look; a flood of them is seen by whoever opens the first."""


def sound_alarms(store: Store, rules: ActiveRules, address: str, now: datetime) -> int:
    """Tell of every emergency that nobody has opened; how many letters were laid into the outbox.

    `address` is where the pages are reached («https://mail.example»), empty for none. The note in the case's log and
    the letter are committed together: nobody is noted as told who is not. Without people nothing is sent; `doctor` and
    the board call that a fault.
    """
    alarm = rules.rulebook.alarm
    if not alarm.people:
        return 0
    emergencies = store.ask(emergency_alarms.load_unopened, now - alarm.wait, MAX_ALARMS, MAX_CASES)
    return sum(_sound(store, rules, emergency, address, now) for emergency in emergencies)


def _sound(store: Store, rules: ActiveRules, emergency: Emergency, address: str, now: datetime) -> bool:
    to = next_recipient(rules.rulebook.alarm, emergency.alarms)
    topic = rules.rulebook.topic(emergency.topic) if emergency.topic else None
    try:
        with store.write() as transaction:
            alarmed = emergency_alarms.save_alarm(transaction, emergency, to, now)
            outgoing = compose_alarm(
                alarmed, topic.title if topic else "", rules.templates, to=to, address=address, now=now
            )
            sent_reports.queue_house(transaction, outgoing, now, urgent=True)
    except emergency_alarms.AlreadyAlarmed:
        return False
    return True


def next_recipient(rules: AlarmRules, alarms_sent: int) -> str:
    """Whom to tell after so many alarms: the people in their order, and round again."""
    return rules.people[alarms_sent % len(rules.people)]
