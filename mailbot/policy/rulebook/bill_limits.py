"""`[bills]` of `limits.toml`: how fast bills may leave."""

from __future__ import annotations

from mailbot.model.outgoing.sending_pace import BillLimits
from mailbot.toml import TableFields


def bill_limits(row: TableFields) -> BillLimits:
    """The limits; a fault is told with its line. What one provider gets cannot be more than all get together."""
    limits = BillLimits(
        per_minute=row.whole("per_minute", 1),
        per_day=row.whole("per_day", 1),
        all_per_minute=row.whole("all_per_minute", 1),
        all_per_day=row.whole("all_per_day", 1),
        ramp=row.wholes("ramp"),
        pause_hours=row.whole("pause_hours", 1),
        address_per_day=row.whole("address_per_day", 1),
        quiet_from=row.moment("quiet_from"),
        quiet_until=row.moment("quiet_until"),
    )
    if not all(1 <= share <= 100 for share in limits.ramp):
        row.fault("ramp", "поле «ramp»: доли первых дней — целые проценты от 1 до 100, например [10, 25, 50]")
    for limit, every in (("per_minute", "all_per_minute"), ("per_day", "all_per_day")):
        if getattr(limits, limit) > getattr(limits, every):
            row.fault(limit, f"поле «{limit}» больше, чем «{every}»; уменьшите его")
    return limits
