"""Accounts of a letter against the register: what is known becomes sure, what is one slip off is doubted, and what no
label announces is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mailbot.model import Contacts, ExtractedValue, Letter, Span
from mailbot.model.ledger.register import Register
from mailbot.model.written_forms.number import differ_by_one_sign, number_key
from mailbot.model.written_forms.surname import surname_stem
from mailbot.understanding.number_roles.best_assignment import NumberRole
from mailbot.understanding.number_roles.model_values import ReadPart
from mailbot.understanding.numbers.number import NumberForm
from mailbot.understanding.register_lookup.account_notations import (
    MIN_DIGITS,
    AccountNotation,
    account_of,
    find_notations,
    is_long,
)
from mailbot.understanding.register_lookup.candidate_accounts import MeantAccounts, find_meant
from mailbot.understanding.register_lookup.client_names import with_clients_names
from mailbot.understanding.register_lookup.table_rows import account_cells

SURE = 0.95
ALONE = 0.75
"""An account that nothing but its number speaks for: a value or a telephone may hit one by chance."""

LABELLED = 0.9
"""One that a word before it announces, in whatever notation."""

SLIPPED = 0.5
"""Below the threshold at which a value is taken."""

_WHOLE = frozenset(
    {
        NumberForm.PLAIN,
        NumberForm.GROUPED,
        NumberForm.JOINED,
        NumberForm.SAID,
        NumberForm.SAID_JOINED,
        NumberForm.CODE,
    }
)
_OTHERS = frozenset(
    "phone taxid date sum paper value before difference norole_value serial hour area".split()
)
_LIKELY_OTHER = 0.5
_DIGIT_BEFORE = re.compile(r"(?:\d[-/.,]?|[+(])\Z")
_DIGIT_AFTER = re.compile(r"[-/.,]?\d")


@dataclass(frozen=True, slots=True)
class KnownContacts:
    """The contacts as the register has them; `meant` by sender and address; `notes` (Russian, for staff): what the
    register says of them; `named`: the stems of the words that the client's own name is made of."""

    contacts: Contacts
    meant: MeantAccounts
    notes: tuple[ExtractedValue[str], ...] = ()
    named: frozenset[str] = frozenset()

    @property
    def implied(self) -> tuple[ExtractedValue[str], ...]:
        """The one account that the address leads to, where the letter writes none."""
        there = self.meant.there
        if self.contacts.accounts or len(there) != 1 or self.meant.place is None:
            return ()
        return (ExtractedValue(there[0], self.meant.place.spans, self.meant.place.confidence),)


def with_register(
    letter: Letter, contacts: Contacts, read: Sequence[ReadPart], register: Register
) -> KnownContacts:
    """What the register makes of a letter's accounts; nothing without one."""
    if not register:
        return KnownContacts(contacts, MeantAccounts())
    meant = find_meant(letter, contacts, register)
    notes: list[ExtractedValue[str]] = []
    judged = [_judged(account, meant, register, notes) for account in contacts.accounts]
    known = [account for account in judged if account_of(account.value, register)]
    fresh = [
        item
        for item in _unannounced(contacts, read, meant, register)
        if item.value not in {other.value for other in known}
    ]
    fresh = list({account.value: account for account in reversed(fresh)}.values())[::-1]
    notes += [
        ExtractedValue(f"лицевой счёт {account.value} есть в реестре", account.spans) for account in fresh
    ]
    known += fresh
    unknown = [
        account
        for account in judged
        if account.value not in {good.value for good in known}
        and number_key(account.value) not in register.serials
    ]
    if meant.place is not None and meant.there:
        notes.append(
            ExtractedValue(f"по этому адресу в реестре счёт {', '.join(meant.there[:3])}", meant.place.spans)
        )
    place = (meant.place,) if meant.place is not None and not contacts.addresses else ()
    known.sort(key=lambda account: _place(account, letter))
    checked = replace(contacts, accounts=(*known, *unknown), addresses=(*contacts.addresses, *place))
    own = (*(account.value for account in known if account.confidence > SLIPPED), *meant.near)
    clients = [register.clients.get(number, "") for number in own]
    checked = replace(checked, names=with_clients_names(checked.names, clients, read))
    return KnownContacts(checked, meant, tuple(notes), _words_of_names(clients))


def _place(one: ExtractedValue[str], letter: Letter) -> tuple[int, int]:
    """Where it is written first; behind all that is written what is not."""
    order = {part.name: nth for nth, part in enumerate(letter.parts)}
    return min(((order.get(span.part, 0), span.start) for span in one.spans), default=(len(order), 0))


def _words_of_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(surname_stem(word) for name in names for word in re.findall(r"[^\W\d_]{3,}", name))


def _judged(
    one: ExtractedValue[str], meant: MeantAccounts, register: Register, notes: list[ExtractedValue[str]]
) -> ExtractedValue[str]:
    number = account_of(one.value, register)
    key = number_key(one.value)
    slipped = [own for own in sorted(meant.near) if differ_by_one_sign(key, number_key(own))]
    if number is not None and (number in meant.near or not slipped):
        notes.append(ExtractedValue(f"лицевой счёт {number} есть в реестре", one.spans))
        sure = SURE if number in meant.near or one.confidence > SLIPPED else one.confidence
        return replace(one, value=number, confidence=max(one.confidence, sure))
    near = slipped or accounts_within_slip(key, register)
    if near:
        notes.append(
            ExtractedValue(f"счёт {one.value} на один знак отличается от {', '.join(near[:3])}", one.spans)
        )
        return replace(one, value=number or one.value, confidence=min(one.confidence, SLIPPED))
    notes.append(ExtractedValue(f"лицевого счёта {one.value} в реестре нет", one.spans))
    return one


def accounts_within_slip(key: str, register: Register) -> list[str]:
    """The accounts that one slip leads to from a number of at least five digits."""
    if len(key) < MIN_DIGITS or not key.isdecimal():
        return []
    swapped = (key[:at] + key[at + 1] + key[at] + key[at + 2 :] for at in range(len(key) - 1))
    shorter = (key[:at] + key[at + 1 :] for at in range(len(key)))
    other = (key[:at] + digit + key[at + 1 :] for at in range(len(key)) for digit in "0123456789")
    longer = (key[:at] + digit + key[at:] for at in range(len(key) + 1) for digit in "0123456789")
    accounts: dict[str, None] = {}
    for keys in (swapped, shorter, other, longer):
        for slipped_key in set(keys) - {key}:
            accounts |= dict.fromkeys(register.named(register.accounts, slipped_key))
    return sorted(accounts)


def _unannounced(
    contacts: Contacts, read: Iterable[ReadPart], meant: MeantAccounts, register: Register
) -> Iterator[ExtractedValue[str]]:
    """Numbers that are an account in full, and that nothing shows to be something else."""
    taken = [span for contact in (*contacts.phones, *contacts.addresses) for span in contact.spans]
    for part in read:
        written = (
            *_numbers(part, register),
            *find_notations(part.seen.text, register),
            *account_cells(part, register),
        )
        for notation in written:
            span = Span(part.part, notation.start, notation.end)
            if not _is_whole(notation, part) or any(_meet(span, other) for other in taken):
                continue
            if notation.account in meant.near:
                yield ExtractedValue(notation.account, (span,), SURE)
            elif notation.labelled or not _is_other(notation, part.roles):
                yield ExtractedValue(notation.account, (span,), LABELLED if notation.labelled else ALONE)


def _numbers(part: ReadPart, register: Register) -> Iterator[AccountNotation]:
    """The numbers of a part that are an account, enough signs of it."""
    for number in part.seen.numbers:
        whole = number.form in _WHOLE and is_long(number.digits)
        account = account_of(number.digits, register) if whole else None
        if account is not None:
            yield AccountNotation(number.start, number.end, account, labelled=False)


def _is_whole(one: AccountNotation, part: ReadPart) -> bool:
    """Do no digits beside it belong to the same number, in the writer's own words?"""
    text = part.seen.text
    quoted = part.seen.is_quoted(one.start)
    before, after = text[max(0, one.start - 3) : one.start], text[one.end : one.end + 2]
    return not quoted and not _DIGIT_BEFORE.search(before) and not _DIGIT_AFTER.match(after)


def _is_other(one: AccountNotation, roles: Iterable[NumberRole]) -> bool:
    """Is the stretch likely a telephone, a value, a date …?"""
    return any(
        role.role in _OTHERS and role.probability >= _LIKELY_OTHER
        for role in roles
        if role.number.start < one.end and one.start < role.number.end
    )


def _meet(one: Span, other: Span) -> bool:
    return one.part == other.part and one.start < other.end and other.start < one.end
