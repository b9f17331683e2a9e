"""What the register says of each number of a text by itself: what the model of roles may weigh, and need not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mailbot.model.ledger.register import Register
from mailbot.model.written_forms.number import number_key
from mailbot.model.written_forms.phone import normalize_phone
from mailbot.understanding.dial_values.plausible_next_value import is_last, shows_next
from mailbot.understanding.numbers.number import NumberForm, WrittenNumber

Place = tuple[int, int, str]
"""Start, end and digits: which of the numbers that may stand there is meant."""

_MIN_KEY_LENGTH = 4
_TIMES = frozenset({NumberForm.DATE, NumberForm.CLOCK})
_PHONES = range(5, 12)


def number_facts(numbers: Iterable[WrittenNumber], register: Register) -> Mapping[Place, tuple[str, ...]]:
    """Facts of each number that has any; empty where no register is in hand."""
    if not register:
        return {}
    return {
        (number.start, number.end, number.digits): facts
        for number in numbers
        if (facts := tuple(_facts(number, register)))
    }


def _facts(number: WrittenNumber, register: Register) -> Iterator[str]:
    if number.form in _TIMES:
        return
    if number.form is not NumberForm.DECIMAL:
        yield from _names(number.digits, register)
    if number.form is NumberForm.CODE or len(number.digits) > 12:
        return
    dials = [dial for many in register.dials.values() for dial in many]
    value = number.value
    if any(shows_next(value, dial) for dial in dials):
        yield "next of a dial"
    elif any(is_last(value, dial) for dial in dials):
        yield "last of a dial"


def _names(digits: str, register: Register) -> Iterator[str]:
    key = number_key(digits)
    if len(key) < _MIN_KEY_LENGTH:
        return
    account, serial = key in register.accounts, key in register.serials
    phone = len(digits) in _PHONES and normalize_phone(digits) in register.phones
    if account:
        yield (
            "own account"
            if set(register.named(register.accounts, key)) & register.dials.keys()
            else "account"
        )
    if serial:
        yield "serial"
    if phone:
        yield "phone"
    if not (account or serial or phone):
        yield "unknown"
