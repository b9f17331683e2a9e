"""Bills that have left the house: requisites confirmed, a month sent, and each letter met with what a test wants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from mailbot.command_setup import load_files
from mailbot.config import Settings, resource_folder
from mailbot.model import SendOutcome, SendResult
from mailbot.model.ledger.accounts_and_meters import Month
from mailbot.model.outgoing.sending_pace import BillLimits, Pacing
from mailbot.services.in_force.rules_and_templates import ActiveRules, load_current_rules
from mailbot.services.ledger.bills.month_sending import send_month
from mailbot.store import Store
from mailbot.store.mail import outbox

QUICK = BillLimits(per_minute=6000, per_day=100_000, all_per_minute=6000, all_per_day=100_000, ramp=(100,))
SENT = SendResult(SendOutcome.SENT, "250 OK")


def confirm(folder: Path) -> Path:
    """The package's requisites and channels in a folder of rules, as if the company had put in its own."""
    folder.mkdir(exist_ok=True)
    for name in ("bank.toml", "channels.toml"):
        text = (resource_folder("rules") / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace("confirmed = false", "confirmed = true", 1), encoding="utf-8")
    return folder


def post(store: Store, settings: Settings, month: Month, at: datetime, by: str = "Зуева А.") -> ActiveRules:
    """Send the bills of the month; by what rules."""
    rules = load_current_rules(store, load_files(settings))
    outcome = send_month(store, month, rules, by=by, clock=lambda: at)
    assert not outcome.faults, outcome.faults
    return rules


def deliver(
    store: Store, at: datetime, fates: Mapping[str, SendResult] | None = None, most: int = 100_000
) -> int:
    """Let so many of the bills that wait leave, each as the server takes it: by recipient, else well; how many did."""
    now, count = at, 0
    for _ in range(most):
        pacing = Pacing(QUICK, now.date(), quiet=False)
        with store.write() as transaction:
            claimed = outbox.claim_outgoing(transaction, "test", timedelta(minutes=1), now, pacing)
            if claimed is None:
                return count
            fate = (fates or {}).get(claimed.recipient, SENT)
            outbox.record_delivery(transaction, claimed.id, fate, now, now + timedelta(days=1), pacing)
        now, count = now + timedelta(seconds=1), count + 1
    return count
