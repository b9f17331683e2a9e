"""The text of a bill's payment QR (ГОСТ Р 56042-2014): what a bank's application fills its form with."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.model.bill.bill import Bill

HEAD = "ST00012"
"""Format, version 1, UTF-8: every letter that a name may hold can be written."""

SEPARATOR = "|"

MAX_BYTES = 666
"""As much as a code of version 20 holds at 15 % correction: printed 42 mm wide its modules are 0.4 mm, as a cheap phone
needs. A usual bill takes 500."""

MAX_PURPOSE_LENGTH = 210
"""Characters of a payment's purpose (положение Банка России 762-П)."""

OPTIONAL_FIELDS = ("PayerAddress", "MiddleName", "FirstName", "LastName")
"""What goes first, whole, where all does not fit: the account tells the payer, a name cut short tells a wrong one."""

Pair = tuple[str, str]


def build_payment_text(bill: Bill) -> bytes | None:
    """The bytes of the code, UTF-8; None where there is nothing to pay.

    The mandatory fields come first, in the order of the standard; `Sum` in whole kopecks; empty fields are left out.
    «|» parts the values, so in a value it becomes «/»; blanks of any kind become one space.
    """
    if bill.to_pay <= 0:
        return None
    pairs = [(key, _plain(value)) for key, value in _fields(bill)]
    pairs = [(key, value) for key, value in pairs if value]
    for key in OPTIONAL_FIELDS:
        if len(_written(pairs)) > MAX_BYTES:
            pairs = [pair for pair in pairs if pair[0] != key]
    return _written(pairs)


def _fields(bill: Bill) -> Iterator[Pair]:
    payee, account, month = bill.payee, bill.account, bill.month
    yield "Name", payee.name
    yield "PersonalAcc", payee.account
    yield "BankName", payee.bank
    yield "BIC", payee.bic
    yield "CorrespAcc", payee.corr_account
    yield "Sum", str(int(bill.to_pay * 100))
    yield "Purpose", _purpose(bill)
    yield "PayeeINN", payee.inn
    yield "KPP", payee.kpp
    if account.group.is_individual:
        yield from zip(
            ("LastName", "FirstName", "MiddleName"), _plain(bill.name).split(maxsplit=2), strict=False
        )
    yield "PayerAddress", account.premises.address
    yield "PersAcc", account.number
    yield "PaymPeriod", f"{month.number:02}{month.year}"
    yield "TechCode", "02"


def _purpose(bill: Bill) -> str:
    month = bill.month
    what = f"Оплата за тепловую энергию за {month.number:02}.{month.year}, л/с {bill.account.number}"
    if not bill.account.group.is_individual:
        what = f"Оплата по счёту {bill.number} за тепловую энергию за {month.number:02}.{month.year}"
    return what[:MAX_PURPOSE_LENGTH]


def _plain(value: str) -> str:
    """One line that a reader of the code takes apart again; half a surrogate pair is no letter at all."""
    text = "".join(
        "/" if character == SEPARATOR else character if character.isprintable() else " "
        for character in value
    )
    return " ".join(text.split())


def _written(pairs: list[Pair]) -> bytes:
    return SEPARATOR.join([HEAD, *(f"{key}={value}" for key, value in pairs)]).encode()
