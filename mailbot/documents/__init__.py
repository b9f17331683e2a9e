"""Papers: a bill, a statement, a certificate or a report in, PDF bytes out, by templates that staff may change."""

from mailbot.documents.loading import load_documents
from mailbot.documents.qr_code import render_qr_png
from mailbot.documents.questionnaire_sheet import render_questionnaire
from mailbot.documents.rendering import render_bill, render_certificate, render_statement
from mailbot.documents.report_paper import render_report, report_charts
from mailbot.documents.typesetting import DocumentTemplates, PaymentText

__all__ = [
    "DocumentTemplates",
    "PaymentText",
    "load_documents",
    "render_bill",
    "render_certificate",
    "render_qr_png",
    "render_questionnaire",
    "render_report",
    "render_statement",
    "report_charts",
]
