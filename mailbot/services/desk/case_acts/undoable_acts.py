"""What of a member's acts can still be undone; `acts.undo` undoes it."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.store import Store
from mailbot.store.casework import undo
from mailbot.store.casework.undo import NothingToUndo, UndoableAct

__all__ = ["NothingToUndo", "UndoableAct", "newest_act", "undoable_acts"]


def newest_act(store: Store) -> int:
    """The id of the newest act of anybody; 0 before the first."""
    return store.ask(undo.newest_act)


def undoable_acts(
    store: Store, by: str, since: int, together: Sequence[Sequence[int]] = ()
) -> tuple[UndoableAct, ...]:
    """The member's acts after the one of id `since`, the newest first; those of a range of `together` (its ends' ids, the
    first left out) were done at once with a selection, and are one."""
    return store.ask(undo.undoable, by, since, together)
