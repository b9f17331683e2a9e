"""Decision → Outgoing: templates, threading headers, and the finished bytes of a letter of ours.

load_templates ─► Templates ─┐
decision, letter, facts ─► view ─► rendered text ─► headers ─► message bytes ─► Outgoing
"""

from mailbot.composing import wording
from mailbot.composing.letters.alarm import compose_alarm
from mailbot.composing.letters.bill import bill_file_name, compose_bill
from mailbot.composing.letters.reminder import compose_reminder
from mailbot.composing.letters.reply import compose, compose_person_answer
from mailbot.composing.letters.report import compose_report, compose_warning
from mailbot.composing.message.recipient import NoRecipient
from mailbot.composing.templates.answer_substance import classify_non_answer
from mailbot.composing.templates.loaded_templates import LEDGER_WITHHELD, PERSON_ANSWER, MailTemplates
from mailbot.composing.templates.loading import load_templates
from mailbot.composing.templates.snippets import Snippet
from mailbot.composing.templates.template_forms import NEEDED, specimens_of
from mailbot.composing.templates.text_and_html import HalfDifference, counterpart_path, find_differing_letters
from mailbot.composing.views.account_lines import AccountLines, format_account
from mailbot.composing.views.answer_specimens import specimens
from mailbot.composing.views.answer_view import VARIABLES, MailView, ReadingLine
from mailbot.composing.views.document_lines import RenderedDocument, document_line

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
