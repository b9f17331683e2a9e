"""Decision → Outgoing: templates, threading headers, and the finished bytes of a letter of ours.

load_templates ─► Templates ─┐
decision, letter, facts ─► view ─► rendered text ─► headers ─► message bytes ─► Outgoing
"""

from mailbot.composing import wording
from mailbot.composing.account_lines import AccountLines, account_lines
from mailbot.composing.addressing import NoRecipient
from mailbot.composing.alarm_mail import compose_alarm
from mailbot.composing.bill_mail import bill_file_name, compose_bill
from mailbot.composing.document_lines import Paper, document_line
from mailbot.composing.forms import NEEDED, specimens_of
from mailbot.composing.halves import Difference, differing, other_half
from mailbot.composing.loading import load_templates
from mailbot.composing.reminder_mail import compose_reminder
from mailbot.composing.reply import compose, compose_person_answer
from mailbot.composing.report_mail import compose_report, compose_warning
from mailbot.composing.snippets import Snippet
from mailbot.composing.specimen import specimens
from mailbot.composing.substance import unanswering
from mailbot.composing.templates import PERSON_ANSWER, WITHHELD, Templates
from mailbot.composing.view import VARIABLES, MailView, ReadingLine

__all__ = [
    "NEEDED",
    "PERSON_ANSWER",
    "VARIABLES",
    "WITHHELD",
    "AccountLines",
    "Difference",
    "MailView",
    "NoRecipient",
    "Paper",
    "ReadingLine",
    "Snippet",
    "Templates",
    "account_lines",
    "bill_file_name",
    "compose",
    "compose_alarm",
    "compose_bill",
    "compose_person_answer",
    "compose_reminder",
    "compose_report",
    "compose_warning",
    "differing",
    "document_line",
    "load_templates",
    "other_half",
    "specimens",
    "specimens_of",
    "unanswering",
    "wording",
]
