"""Views of the queue that a staff member has named: a query of the list's own address, kept as written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from mailbot.store.schema.staff_and_casework import saved_view


@dataclass(frozen=True, slots=True)
class SavedView:
    """`query` is what stands behind the question mark of the list («kind=complaint&due=today»)."""

    id: int
    name: str
    query: str


def views(connection: Connection, staff_id: int) -> tuple[SavedView, ...]:
    """The member's views, in the order they were made."""
    query = select(saved_view).where(saved_view.c.staff_id == staff_id).order_by(saved_view.c.id)
    return tuple(SavedView(row.id, row.name, row.query) for row in connection.execute(query))


def keep_view(connection: Connection, staff_id: int, name: str, query: str) -> None:
    """Keep a view; one of the same name is replaced."""
    own = (saved_view.c.staff_id == staff_id, saved_view.c.name == name)
    connection.execute(delete(saved_view).where(*own))
    connection.execute(insert(saved_view).values(staff_id=staff_id, name=name, query=query))


def drop_view(connection: Connection, staff_id: int, view_id: int) -> None:
    """Forget a view of the member's own."""
    own = (saved_view.c.staff_id == staff_id, saved_view.c.id == view_id)
    connection.execute(delete(saved_view).where(*own))
