"""Letters that make `handle` fail: planted faults, told by the letter's subject."""

from __future__ import annotations

import time
from datetime import datetime

from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.letters.handle import handle
from mailbot.store import Store
from mailbot.store.mail import incoming

RAISES = b"Subject: planted fault"
HANGS = b"Subject: planted hang"


def handle_with_faults(store: Store, rules: ActiveRules, letter_id: int, now: datetime) -> None:
    """The real decision of a letter, but for the two that stand for a fault of ours."""
    content = store.ask(incoming.load_raw, letter_id).content
    if RAISES in content:
        raise RuntimeError("planted fault")
    if HANGS in content:
        time.sleep(3600)
    handle(store, rules, letter_id, now)
