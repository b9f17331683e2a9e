"""A client refuses reminders; bills still come."""

from __future__ import annotations

from datetime import datetime

from mailbot.store import Store
from mailbot.store.mail import reminder_opt_outs


def stop_reminders(store: Store, email: str, now: datetime) -> None:
    """No more reminders to the address, as the link in one of them asked."""
    store.do(reminder_opt_outs.refuse, email, "ссылка в письме", now)
