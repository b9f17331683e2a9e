"""`rules/bank.toml`: who is paid, and on which account; the keys of both accounts are checked at start-up."""

from __future__ import annotations

from mailbot.billing.bank_keys import account_fits, correspondent_fits
from mailbot.model import RulebookError, SourceFile
from mailbot.model.bill.bill import Payee
from mailbot.toml import TableFields, TableLocation, parse_toml

FILE = "rules/bank.toml"

MAX_NAME_LENGTH, MAX_BANK_LENGTH = 160, 45
"""Characters that a payment QR holds of both names (ГОСТ Р 56042-2014)."""


def load_payee(source: SourceFile) -> Payee:
    """The payee of the file; RulebookError holds a line a fault: file, line, what to do."""
    faults: list[str] = []
    values = parse_toml(source, faults)
    if values is None:
        raise RulebookError(tuple(faults))
    fields = TableFields(source, TableLocation(), values, faults)
    payee = Payee(
        name=_name(fields, "name", MAX_NAME_LENGTH),
        inn=_digits(fields, "inn", 10, 12),
        kpp=_digits(fields, "kpp", 9) if fields.has("kpp") else "",
        account=_digits(fields, "account", 20),
        bank=_name(fields, "bank", MAX_BANK_LENGTH),
        bic=_digits(fields, "bic", 9),
        corr_account=_digits(fields, "corr_account", 20),
        address=fields.text("address"),
        confirmed=fields.flag("confirmed"),
    )
    if not faults:
        _check_keys(fields, payee)
    fields.close()
    if faults:
        raise RulebookError(tuple(faults))
    return payee


def _name(fields: TableFields, key: str, longest: int) -> str:
    """A name as it goes into the payment QR: «|» parts its values, and may stand in none of them."""
    value = fields.text(key)
    if "|" in value:
        fields.fault(
            key, f"поле «{key}»: знака «|» в названии быть не может, он разделяет поля QR-кода; уберите"
        )
    if len(value) > longest:
        fields.fault(key, f"поле «{key}»: не больше {longest} знаков, а сейчас {len(value)}; сократите")
    return value


def _digits(fields: TableFields, key: str, *lengths: int) -> str:
    """Digits alone, spaces left out; as many of them as one of `lengths` says."""
    value = "".join(fields.text(key).split())
    wanted = " или ".join(str(length) for length in lengths)
    if value and not (value.isascii() and value.isdecimal() and len(value) in lengths):
        fields.fault(key, f"поле «{key}»: нужно цифр: {wanted}, в кавычках; сверьте с карточкой предприятия")
        return ""
    return value


def _check_keys(fields: TableFields, payee: Payee) -> None:
    if not account_fits(payee.bic, payee.account):
        fields.fault(
            "account",
            f"счёт {payee.account} не подходит к БИК {payee.bic}: контрольная цифра не сходится; "
            "сверьте оба числа с карточкой предприятия",
        )
    if not correspondent_fits(payee.bic, payee.corr_account):
        fields.fault(
            "corr_account",
            f"корреспондентский счёт {payee.corr_account} не подходит к БИК {payee.bic}: контрольная цифра "
            "не сходится; сверьте оба числа",
        )
