"""Papers: a bill, a statement, a certificate or a report in, PDF bytes out, by templates that staff may change."""

from mailbot.documents.loading import load_documents
from mailbot.documents.papers import render_bill, render_certificate, render_statement
from mailbot.documents.qr_code import qr_png
from mailbot.documents.questionnaire_sheet import render_questionnaire
from mailbot.documents.report_paper import render_report, report_charts
from mailbot.documents.typesetting import Documents, PaymentText

__all__ = [
    "Documents",
    "PaymentText",
    "load_documents",
    "qr_png",
    "render_bill",
    "render_certificate",
    "render_questionnaire",
    "render_report",
    "render_statement",
    "report_charts",
]
