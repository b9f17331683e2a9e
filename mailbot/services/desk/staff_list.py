"""The staff as pages list them, and what everybody did."""

from __future__ import annotations

from mailbot.model import AuditLine, StaffMember
from mailbot.store import Store
from mailbot.store.staff import audit_log, members_and_sessions


def members(store: Store) -> tuple[StaffMember, ...]:
    """All members, the disabled too."""
    return store.ask(members_and_sessions.members)


def active_members(store: Store) -> tuple[StaffMember, ...]:
    """Those to whom a case may be handed."""
    return tuple(member for member in members(store) if not member.disabled)


def acts_done(store: Store, limit: int) -> tuple[AuditLine, ...]:
    """The newest lines of the audit log."""
    return store.ask(audit_log.load_log, limit)
