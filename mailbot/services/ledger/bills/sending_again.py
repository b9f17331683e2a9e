"""A bill sent again at a client's word: the same bill, a new letter, and only to an address of the register."""

from __future__ import annotations

from datetime import datetime

from mailbot.model import DeliveryState, OutgoingLetter, RequestRefused
from mailbot.model.case.staff_act import OfficeAct
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod, Month
from mailbot.policy.sending_gate import why_unfit_address
from mailbot.services.in_force.rules_and_templates import ActiveRules
from mailbot.services.ledger.bills.delivery_way import choose_delivery
from mailbot.services.ledger.bills.month_sending import issue_day
from mailbot.services.ledger.bills.press import BillRenderer, refuse_examples
from mailbot.store import Store
from mailbot.store.bills import monthly_sending, sending_status
from mailbot.store.mail import account_letter_failures
from mailbot.store.staff import audit_log

ON_ITS_WAY = (DeliveryState.READY, DeliveryState.SENDING)


def send_again(
    store: Store, number: str, month: Month, rules: ActiveRules, *, by: str, now: datetime
) -> OutgoingLetter:
    """Put the account's bill of the month into the outbox once more, before the machine's letters; the letter.

    The figures are those of the first letter. RequestRefused where the month's bills have not been sent, no address of the
    register could take a letter, or an earlier letter with this bill is still on its way.
    """
    refuse_examples(rules)
    sending = store.ask(monthly_sending.sending, month)
    if sending is None or not store.ask(sending_status.of_month, month, None, [number]):
        raise RequestRefused(
            f"Квитанции счёта {number} за {month} ещё не было. Сначала: mailbot bill send --month {month} "
            f"--account {number}"
        )
    press, to = BillRenderer(rules, sending), address_of(store, number, rules)
    (bill,) = store.ask(press.bills, [number])
    times = len(store.ask(sending_status.letters, number, month))
    letter = press.letter(bill, to, times)
    with store.write() as transaction:
        monthly_sending.hold(transaction, number, month)
        before = sending_status.letters(transaction, number, month)
        if len(before) > times or any(letter.state in ON_ITS_WAY for letter in before):
            raise RequestRefused(f"Письмо с квитанцией {bill.number} уже в очереди и скоро уйдёт. Подождите.")
        day = issue_day(rules, now)
        outbox_id = monthly_sending.queue_unasked(
            transaction, number, month, letter, None, day, now, again_by=by
        )
        monthly_sending.point_to_letter(transaction, number, month, outbox_id, letter.recipient)
        event = f"квитанция {bill.number} отправлена ещё раз на {letter.recipient}"
        account_letter_failures.log_bill_event(transaction, number, event, by, now)
        audit_log.log_act(transaction, by, OfficeAct.BILL_AGAIN, number, event, now)
    return letter


def address_of(store: Store, number: str, rules: ActiveRules) -> str:
    """The address of the register to which the account's bill would go; RequestRefused where there is none that could."""
    _, contacts = store.ask(monthly_sending.addresses, [number])[number]
    way = choose_delivery(DeliveryMethod.EMAIL, contacts, rules.rulebook)
    if way.recipient is None:
        raise RequestRefused(
            f"Счёт {number}: {way.why or 'адреса нет'}. Внесите адрес в реестр или выдайте квитанцию на бумаге."
        )
    if (unfit := why_unfit_address(way.recipient, rules.rulebook)) is not None:
        raise RequestRefused(f"{unfit.reason} Внесите в реестр другой адрес клиента.")
    return way.recipient
