"""The papers that can be made, each with its template."""

from __future__ import annotations

from mailbot.documents.bill_page import GROUPS, bill_page
from mailbot.documents.typesetting import Documents, typeset
from mailbot.model.bill import Bill


def render_bill(bill: Bill, templates: Documents) -> bytes:
    """The bill as PDF: one page for a flat, more for an organisation; the same bill gives the same bytes.

    The payment QR is on it where something is to be paid.
    """
    page = bill_page(bill, templates.payment_text(bill))
    return typeset(templates.files, f"{GROUPS[bill.account.group]}.typ", page, bill.issued_on)
