"""Text that still stands in a transfer encoding: undone with the way back, and what could not be undone."""

from mailbot.parsing.encoded.decoding_order import decode_source, decode_stretches, is_truncated
from mailbot.parsing.encoded.undecoded_remains import has_encoded_remains

__all__ = ["decode_source", "decode_stretches", "has_encoded_remains", "is_truncated"]
