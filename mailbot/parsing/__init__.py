"""Bytes → Letter: MIME, charsets and their repair, HTML to text, quoted text, attachments, automatic mail."""

from mailbot.parsing.automatic_mail.delivery_report import delivery_report
from mailbot.parsing.headers.envelope import read_envelope
from mailbot.parsing.parse import parse
from mailbot.parsing.text_repair.transliteration import NAME as TRANSLITERATION

__all__ = ["TRANSLITERATION", "delivery_report", "parse", "read_envelope"]
