"""Bytes → Letter: MIME, charsets and their repair, HTML to text, quoted text, attachments, automatic mail."""

from mailbot.parsing.delivery_report import delivery_report
from mailbot.parsing.envelope import read_envelope
from mailbot.parsing.parse import parse
from mailbot.parsing.transliteration import NAME as TRANSLITERATION

__all__ = ["TRANSLITERATION", "delivery_report", "parse", "read_envelope"]
