"""Text that still stands in a transfer encoding: undone with the way back, and what could not be undone."""

from mailbot.parsing.encoded.ladder import undone, undone_source, was_cut
from mailbot.parsing.encoded.remains import remains

__all__ = ["remains", "undone", "undone_source", "was_cut"]
