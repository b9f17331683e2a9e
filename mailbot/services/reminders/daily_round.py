"""The daemon's calendar: reminders once a day, by day, on one machine of many, where the company has switched them on."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailbot.model import RequestRefused
from mailbot.model.outgoing.reminder import ReminderKind
from mailbot.services.client_links.reminder_stop import StopLinks
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.reminders.sending import ReminderRound, remind
from mailbot.store import Store
from mailbot.store.database import leases

log = logging.getLogger(__name__)

LEASE = "reminders"


def remind_daily(store: Store, rules: ActiveRules, links: StopLinks, holder: str, now: datetime) -> bool:
    """Send what is due today, if nobody has done so; was it done here? Nothing in quiet hours.

    The day's lease is asked of the database and lasts till midnight. Whoever dies in the middle leaves the rest to
    the next day, or to the command: a reminder is no promise.
    """
    here = now.astimezone(ZoneInfo(rules.rulebook.channels.time_zone))
    if not rules.rulebook.reminders.daily or rules.rulebook.bills.quiet(here.time()):
        return False
    midnight = datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo)
    once = f"{holder} {now.isoformat()}"  # a name that nobody has again: the lease is taken once a day
    if not store.do(leases.take_lease, LEASE, once, midnight, now):
        return False
    try:
        for kind in ReminderKind:
            outcome = remind(kind, ReminderRound(store, rules, links, now))
            log.info("Напоминания (%s): поставлено в отправку %s", kind.value, len(outcome.sent))
    except RequestRefused as error:
        log.warning("Напоминания не отправлены: %s", error)
        return False
    return True
