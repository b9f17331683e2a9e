"""What bills are made with: figures as of the moment of sending, the paper, and the letter around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailbot.composing.letters.bill import compose_bill
from mailbot.documents import render_bill, render_qr_png
from mailbot.model import OutgoingLetter, RequestRefused
from mailbot.model.bill.bill import Bill
from mailbot.model.bill.sending import BillSending
from mailbot.services.doctor import check_channels
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.month_bills import bills_of
from mailbot.store import StoreTransaction


@dataclass(frozen=True, slots=True)
class BillRenderer:
    """Makes the bills of one sending: the same account gives the same bytes, on whatever day it is asked."""

    rules: ActiveRules
    sending: BillSending

    def bills(self, transaction: StoreTransaction, numbers: Sequence[str]) -> tuple[Bill, ...]:
        """The bills of these accounts, as of the moment the sending began."""
        of = self.sending
        return bills_of(transaction, numbers, of.month, self.rules, of.issued_on, of.begun_at)

    def paper(self, bill: Bill) -> bytes:
        """The bill as PDF."""
        return render_bill(bill, self.rules.documents)

    def letter(self, bill: Bill, to: str, again: int = 0) -> OutgoingLetter:
        """The mail of the bill to its client's address; `again` counts copies. Dated with the moment of sending."""
        text = self.rules.documents.payment_text(bill)
        picture = render_qr_png(text) if text is not None else None
        paper = self.paper(bill)
        at = self.sending.begun_at
        return compose_bill(bill, paper, picture, self.rules.templates, to=to, now=at, again=again)


def refuse_examples(rules: ActiveRules) -> None:
    """RequestRefused while requisites or telephones are those of the package: nobody may pay to them, or call."""
    faults = []
    if not rules.payee.confirmed:
        faults.append(
            "В rules/bank.toml стоят реквизиты-образец. Скопируйте файл в свою папку rules_dir, впишите свои "
            "и поставьте confirmed = true."
        )
    if fault := check_channels(rules.rulebook.channels).fault:
        faults.append(fault)
    if faults:
        raise RequestRefused(*faults)
