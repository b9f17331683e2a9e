"""A bill looked at before bills leave: the letter and paper of an account as files, a specimen to one's own address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from mailbot.composing import NoRecipient
from mailbot.composing.message.recipient import to_ascii_address
from mailbot.documents.specimens import bills as bills_of_nobody
from mailbot.model import RequestRefused
from mailbot.model import SendResult as Delivered
from mailbot.model.bill.bill import Bill
from mailbot.model.bill.sending import BillSending
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.delivery_way import choose_delivery
from mailbot.services.ledger.bills.month_bills import bill_of
from mailbot.services.ledger.bills.month_sending import issue_day
from mailbot.services.ledger.bills.press import BillRenderer
from mailbot.store import Store
from mailbot.store.bills import monthly_sending
from mailbot.transport import SmtpClient

NO_RECIPIENT = "primer@primer.example"
"""Stands in the letter of an account that has no address."""


def preview(
    store: Store, month: Month, rules: ActiveRules, number: str, folder: Path, *, now: datetime
) -> tuple[Path, ...]:
    """Write the account's letter (.eml) and bill (.pdf) as they would leave; nothing is kept or sent."""
    sending = store.ask(monthly_sending.sending, month) or _trial(month, rules, now)
    press = BillRenderer(rules, sending)
    bill = store.ask(bill_of, number, month, rules, sending.issued_on, sending.begun_at)
    _, contacts = store.ask(monthly_sending.addresses, [number])[number]
    to = choose_delivery(DeliveryMethod.EMAIL, contacts, rules.rulebook).recipient or NO_RECIPIENT
    written = {
        folder / f"{bill.number}.eml": press.letter(bill, to).content,
        folder / f"{bill.number}.pdf": press.paper(bill),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in written.items():
            path.write_bytes(content)
    except OSError as error:
        raise RequestRefused(f"{folder}: записать не удалось ({error.strerror}).") from None
    return tuple(written)


def send_specimen(
    smtp: SmtpClient, month: Month, rules: ActiveRules, address: str, *, now: datetime
) -> Delivered:
    """Send a bill of nobody's to an address of the staff's own; what the server said.

    No client's figures are in it: an address mistyped here must bring nobody's bill to a stranger.
    """
    to = to_ascii_address(address)
    if to is None:
        raise RequestRefused(f"На адрес «{address}» письмо отправить нельзя: проверьте его.")
    sending = _trial(month, rules, now)
    press = BillRenderer(rules, sending)
    try:
        letter = press.letter(specimen(rules, sending.issued_on), to)
    except NoRecipient as error:
        raise RequestRefused(str(error)) from None
    return smtp.send(to, letter.content)


def _trial(month: Month, rules: ActiveRules, now: datetime) -> BillSending:
    return BillSending(month, now, issue_day(rules, now), None, "проба")


def specimen(rules: ActiveRules, issued_on: date) -> Bill:
    """A bill of a flat that is not there, with the company's own requisites."""
    (made, *_) = bills_of_nobody()
    account = replace(made.account, number="0000000")
    return replace(
        made,
        account=account,
        name="Образец Образцович",
        charge=replace(made.charge, account=account),
        issued_on=issued_on,
        notices=("Это образец: такого счёта нет, платить по нему не нужно.",),
        payee=rules.payee,
        channels=rules.rulebook.channels,
    )
