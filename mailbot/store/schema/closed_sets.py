"""Columns that hold a member of a closed set: as wide as its members need, and checked where the database is to hold it."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, String

STEP = 16
"""Widths grow by so much: few new members need a migration. PostgreSQL refuses what is longer, SQLite keeps anything."""


def member_of(*sets: type[StrEnum], at_least: int = STEP) -> String:
    """The type of a column that holds a member of one of the sets."""
    longest = max(len(member) for members in sets for member in members)
    return String(max(at_least, -(-longest // STEP) * STEP))


def one_of(members: type[StrEnum], column: str) -> CheckConstraint:
    """The check that the column holds a member; a migration must repeat it when one is added."""
    listed = ", ".join(f"'{member.value}'" for member in members)
    return CheckConstraint(f'"{column}" IN ({listed})', name=column)
