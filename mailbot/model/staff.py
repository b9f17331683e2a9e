"""The people who work at the queue (сотрудники): who they are, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class StaffRole(StrEnum):
    """What a member may do; each role may do all that those before it may."""

    OPERATOR = "operator"  # works on cases
    MANAGER = "manager"  # also reads reports, hands out work, changes answers and deadlines
    ADMINISTRATOR = "administrator"  # also people, keys, the log


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person with a login. `signed_up` tells whether a password was set; `disabled`: may not log in."""

    id: int
    login: str
    name: str
    role: StaffRole
    signed_up: bool
    disabled: bool

    def may(self, role: StaffRole) -> bool:
        """Does the member's role hold what `role` may do?"""
        order = tuple(StaffRole)
        return not self.disabled and order.index(self.role) >= order.index(role)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what to which object; append-only."""

    at: datetime
    by: str
    what: str
    about: str
    detail: str
