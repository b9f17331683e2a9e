"""The papers that can be made, each with its template."""

from __future__ import annotations

from typing import Final

from mailbot.documents.account_page import certificate_page, statement_page
from mailbot.documents.bill_page import GROUPS, bill_page
from mailbot.documents.print_cover import COVER
from mailbot.documents.typesetting import DocumentTemplates, render_pdf
from mailbot.model.bill.bill import AccountPaper, Bill

STATEMENT, CERTIFICATE = "statement.typ", "certificate.typ"

TEMPLATES: Final = {
    "individual.typ": "платёжный документ гражданина",
    "organisation.typ": "счёт, акт, счёт-фактуру и ведомость организации",
    STATEMENT: "акт сверки",
    CERTIFICATE: "справку об отсутствии задолженности",
    COVER: "опись пачки квитанций",
}
"""The templates by their names, and what is set by them; files beginning with «_» are taken in by these."""


def render_bill(bill: Bill, documents: DocumentTemplates) -> bytes:
    """The bill as PDF; the same bill gives the same bytes. For an organisation: invoice (счёт), act, VAT invoice
    (счёт-фактура) and the sheet of volumes in one file.

    The payment QR is on it where something is to be paid.
    """
    page = bill_page(bill, documents.payment_text(bill))
    return render_pdf(documents.files, f"{GROUPS[bill.account.group]}.typ", page, bill.issued_on)


def render_statement(paper: AccountPaper, documents: DocumentTemplates) -> bytes:
    """The reconciliation statement (акт сверки) as PDF."""
    return render_pdf(documents.files, STATEMENT, statement_page(paper), paper.issued_on)


def render_certificate(paper: AccountPaper, documents: DocumentTemplates) -> bytes:
    """The certificate that nothing is owed (справка об отсутствии задолженности) as PDF.

    RequestRefused where something is: nobody may be given a certificate of what is not so.
    """
    return render_pdf(documents.files, CERTIFICATE, certificate_page(paper), paper.issued_on)
