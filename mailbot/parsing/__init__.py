"""Bytes → Letter: MIME, charsets and their repair, HTML to text, quoted text, attachments, automatic mail."""

from mailbot.parsing.envelope import read_envelope
from mailbot.parsing.parse import parse

__all__ = ["parse", "read_envelope"]
