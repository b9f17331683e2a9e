"""The store as those above the services hold it: they hand it on, and neither ask it anything nor write to it."""

from __future__ import annotations

from mailbot.store import Store, StoreUnavailable

__all__ = ["Store", "StoreUnavailable"]
