"""Which way a bill goes: by mail to one address of its client, on paper, by ЭДО. Never to anybody else."""

from __future__ import annotations

from collections.abc import Sequence

from mailbot.composing.message.recipient import to_ascii_address
from mailbot.model import Rulebook
from mailbot.model.bill.sending import BillRoute
from mailbot.model.ledger.accounts_and_meters import DeliveryMethod
from mailbot.policy.sending_gate import why_unfit_address
from mailbot.store.accounts.register_record import AccountContact

NO_ADDRESS = "клиент ждёт квитанцию на почту, но адреса в реестре нет"
BAD_ADDRESS = "клиент ждёт квитанцию на почту, но письмо на {} отправить нельзя"


def choose_delivery(
    wanted: DeliveryMethod, contacts: Sequence[AccountContact], rulebook: Rulebook
) -> BillRoute:
    """The way of an account whose client wants it so and has these addresses, the best proven first.

    One mail, to the first address that can take one: a second copy would be a second bill, which people pay twice. An
    address behind which nobody reads is taken only where there is no better: the gate holds that letter and shows
    it. A client who wants mail and has no address that a letter could go to gets paper: the bill is owed (ПП 354 п. 69).
    """
    if wanted is not DeliveryMethod.EMAIL:
        return BillRoute(wanted)
    if not contacts:
        return BillRoute(DeliveryMethod.PAPER, None, NO_ADDRESS)
    able = [address for contact in contacts if (address := to_ascii_address(contact.value)) is not None]
    if not able:
        return BillRoute(DeliveryMethod.PAPER, None, BAD_ADDRESS.format(contacts[0].value))
    read = (address for address in able if why_unfit_address(address, rulebook) is None)
    return BillRoute(DeliveryMethod.EMAIL, next(read, able[0]))
