"""Decision → Outgoing: templates, threading headers, and the finished bytes of a letter of ours.

load_templates ─► Templates ─┐
decision, letter, facts ─► view ─► rendered text ─► headers ─► message bytes ─► Outgoing
"""

from mailbot.composing import wording
from mailbot.composing.account_lines import AccountLines, format_account
from mailbot.composing.addressing import NoRecipient
from mailbot.composing.alarm_mail import compose_alarm
from mailbot.composing.bill_mail import bill_file_name, compose_bill
from mailbot.composing.document_lines import RenderedDocument, document_line
from mailbot.composing.forms import NEEDED, specimens_of
from mailbot.composing.halves import HalfDifference, counterpart_path, find_differing_letters
from mailbot.composing.loading import load_templates
from mailbot.composing.reminder_mail import compose_reminder
from mailbot.composing.reply import compose, compose_person_answer
from mailbot.composing.report_mail import compose_report, compose_warning
from mailbot.composing.snippets import Snippet
from mailbot.composing.specimen import specimens
from mailbot.composing.substance import classify_non_answer
from mailbot.composing.templates import LEDGER_WITHHELD, PERSON_ANSWER, MailTemplates
from mailbot.composing.view import VARIABLES, MailView, ReadingLine

__all__ = [
    "LEDGER_WITHHELD",
    "NEEDED",
    "PERSON_ANSWER",
    "VARIABLES",
    "AccountLines",
    "HalfDifference",
    "MailTemplates",
    "MailView",
    "NoRecipient",
    "ReadingLine",
    "RenderedDocument",
    "Snippet",
    "bill_file_name",
    "classify_non_answer",
    "compose",
    "compose_alarm",
    "compose_bill",
    "compose_person_answer",
    "compose_reminder",
    "compose_report",
    "compose_warning",
    "counterpart_path",
    "document_line",
    "find_differing_letters",
    "format_account",
    "load_templates",
    "specimens",
    "specimens_of",
    "wording",
]
