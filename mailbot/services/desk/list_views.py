"""Views of the lists that members keep for themselves, each under a name."""

from __future__ import annotations

from mailbot.model import StaffMember
from mailbot.store import Store
from mailbot.store.staff import saved_views
from mailbot.store.staff.saved_views import SavedView


def kept_views(store: Store, member: StaffMember) -> tuple[SavedView, ...]:
    """The member's views, in the order they were made."""
    return store.ask(saved_views.views, member.id)


def keep_view(store: Store, member: StaffMember, name: str, query: str) -> None:
    """Keep a view; one of the same name is replaced."""
    store.do(saved_views.keep_view, member.id, name, query)


def drop_view(store: Store, member: StaffMember, view_id: int) -> None:
    """Forget a view of the member's own."""
    store.do(saved_views.drop_view, member.id, view_id)
